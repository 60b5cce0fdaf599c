"""merit serve as a program: its one line, its signals, its neighbours at the same store and the same address."""
import shutil
import signal
import subprocess

import merit
import pytest
import requests
import walk


@pytest.fixture
def demo(tmp_path):
    store = merit.new("sqlite", tmp_path)
    store.must("demo", "--staff", "100")
    return store


class Serving:
    def __init__(self, store, *words):
        self.child = subprocess.Popen([merit.BIN, "serve", store.where, *words], stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, text=True)
        self.line = self.child.stdout.readline()
        self.url = self.line.split()[-1].rstrip("/")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.child.poll() is None:
            self.child.kill()
        self.child.communicate()

    def stop(self, sign):
        self.child.send_signal(sign)
        out, err = self.child.communicate(timeout=30)
        return self.child.returncode, out, err


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_serves_and_stops_when_asked(demo, sign):
    with Serving(demo, "--listen", "127.0.0.1:0") as server:
        assert server.line.startswith("Merit serves http://127.0.0.1:")
        assert requests.get(server.url + "/in").status_code == 200
        status, out, err = server.stop(sign)
    assert (status, out) == (0, "")
    assert " GET /in 200 " in err  # the access log
    demo.must("verify")


def test_a_second_server_at_the_same_address_is_not_let_in(demo):
    with Serving(demo, "--listen", "127.0.0.1:0") as server:
        where = server.url.removeprefix("http://")
        second = demo("serve", "--listen", where)
        assert second.returncode == 3 and "another program listens there already" in second.stderr
        assert requests.get(server.url + "/in").status_code == 200
    wrong = demo("serve", "--listen", "nowhere")
    assert wrong.returncode == 2 and "is no address" in wrong.stderr


def test_the_access_log_goes_to_a_file_without_names(demo, tmp_path):
    log = tmp_path / "access.log"
    with Serving(demo, "--listen", "127.0.0.1:0", "--access-log", str(log)) as server:
        requests.get(server.url + "/in?who=Rina", allow_redirects=False)
        requests.get(server.url + "/list/person/198503152007012001", allow_redirects=False)
        assert server.stop(signal.SIGTERM)[2] == ""
    text = log.read_text()
    assert text.count("\n") == 2 and "Rina" not in text and "1985" not in text and "127.0.0.1" not in text


def test_rules_that_another_process_brings_into_force_are_there_at_once(demo, tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(merit.PACK, pack)
    text = (pack / "pack.yaml").read_text()
    (pack / "pack.yaml").write_text(text.replace("version: 2008.1", "version: 2008.77"))
    with Serving(demo, "--listen", "127.0.0.1:0", "--access-log", "/dev/null") as server:
        visit = walk.Visit(server.url)
        visit.sign_in("data", "three-quiet-boats")
        seen = lambda: {"2008.77" in visit.session.get(server.url + "/rules").text for _ in range(8)}
        assert seen() == {False}
        demo.must("pack load", pack)
        assert seen() == {True}


def test_behind_tls_cookies_and_browsers_keep_to_it(demo):
    with Serving(demo, "--listen", "127.0.0.1:0", "--behind-tls") as server:
        answer = requests.get(server.url + "/in")
        assert "max-age" in answer.headers["Strict-Transport-Security"]
        assert "; Secure" in answer.headers["Set-Cookie"]
