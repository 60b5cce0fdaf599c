"""A store of a whole ministry, served, for measurements: made once a folder, then kept there."""
import os
import pathlib
import re
import subprocess
import urllib.parse

import requests

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MERIT = os.environ.get("MERIT_BIN", str(ROOT / "build/merit"))
PACK = ROOT / "packs/indonesia-2008"
PASSWORD = "three-quiet-boats"


def store(folder, staff):
    """The demo of so many people in the folder."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"demo-{staff}.db"
    if not path.exists():
        subprocess.run([MERIT, "init", path, "--pack", PACK], check=True)
        subprocess.run([MERIT, "demo", path, "--staff", str(staff)], check=True, stdout=subprocess.DEVNULL)
    return path


def pages():
    """The addresses of the program's pages, each once, in the order of its table."""
    text = subprocess.run([MERIT, "describe", "--pages"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return list(dict.fromkeys(line.split()[0] for line in text.splitlines()))


class Server:
    """merit serve over a store, until it is left."""

    def __init__(self, path):
        self.child = subprocess.Popen([MERIT, "serve", path, "--listen", "127.0.0.1:0", "--access-log", "/dev/null"],
                                      stdout=subprocess.PIPE, text=True)
        self.url = self.child.stdout.readline().split()[-1].rstrip("/")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()

    @property
    def port(self):
        return urllib.parse.urlsplit(self.url).port

    def cpu(self):
        """Seconds of processor that it has used."""
        words = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """The most memory that it has had, in MB."""
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def sign_in(self, name):
        """A requests.Session of this user."""
        s = requests.Session()
        page = s.get(self.url + "/in").text
        answer = s.post(self.url + "/in", data={**hidden(page), "name": name, "password": PASSWORD}, allow_redirects=False)
        if answer.status_code != 303:
            raise SystemExit(f"{name} cannot sign in: {answer.status_code}\n{answer.text}")
        return s


def hidden(page, action="/in"):
    """The hidden fields of the form that goes to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.S)[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
