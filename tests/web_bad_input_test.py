"""What the server's own tests try on a small site, here on the real pages: each refusal is a clear page in the reader's
language with the right status, and nothing is written. Forms twice, stale or without their mark
are tried in face_test.py; reach in access_test.py."""
import re
import socket

import office
import pytest
import walk

PERSON = "060000101"
SAYS_TOO_MUCH = ("SELECT", "/src/", ".c:", "sqlite", "Traceback", "errno")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = office.Office(tmp_path_factory.mktemp("bad"))
    yield house
    house.stop()


@pytest.fixture(scope="module")
def hr(house):
    return house.visit("hr")


SITTING = {}


def sitting(house, lang):
    """Who is signed in with this language: the pages are in it, refusals too."""
    if lang not in SITTING:
        SITTING[lang] = house.visit("hr", lang)
    return SITTING[lang]


SOUND = {"valid_from": "2008-04-01", "rank": "III/c", "decree": "KEP-BAD/1", "proof": "proved", "form_step": "save"}
REFUSED = [
    ("/people/nobody", 404), ("/people/../duty", 404), ("/people/%2e%2e/duty", 404), ("/people/%ff", 400), ("/people/a%00b", 400),
    ("/people/060000101?known_at=yesterday", (400, 422)), ("/rounds/999999", 404), ("/rounds/x", (400, 404)), ("/enter/nothing/" + PERSON, 404),
    ("/enter/rating/nobody", 404), ("/list/nothing", 404), ("/upload/nothing", 404), ("/find?q=%c0%af", 400), ("/" + "a" * 9000, 414),
]


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("address, status", REFUSED, ids=[a[:30] for a, _ in REFUSED])
def test_a_refusal_is_a_clear_page(house, address, status, lang):
    visit = sitting(house, lang)
    # by a raw line: a client of ours would mend the path first
    host, port = house.url.split("//")[1].split(":")
    cookies = "; ".join(f"{c.name}={c.value}" for c in visit.session.cookies)
    with socket.create_connection((host, int(port))) as line:
        line.sendall(f"GET {address} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    assert int(head.split()[1]) in (status if isinstance(status, tuple) else (status,)), answer[:600]
    page = walk.Page(body)
    assert len(page.headings) == 1 and page.headings[0] and page.title and page.lang == lang
    assert not [w for w in SAYS_TOO_MUCH if w in body], body


def entries(house):
    return next(line for line in house.store.must("verify").splitlines() if line.startswith("entries"))


@pytest.mark.parametrize("values, status", [
    ({"decree": b"\xff\xfe"}, 400), ({"decree": "x" * 10_000_000}, 413), ({"decree": "x" * 5000}, 422), ({"rank": "XX/z"}, 422),
    ({"valid_from": "2008-02-30"}, 422), ({"grade_years": "9" * 40}, 422), ({"proof": "sworn"}, 422),
], ids=["no text", "ten megabytes", "too long", "no rank", "no day", "no number", "no word"])
def test_what_cannot_be_written_is_not(house, hr, values, status):
    at = hr.get(f"/enter/rank_history/{PERSON}")
    form = next(f for f in walk.Page(at.text).forms if "decree" in f["fields"])
    before = entries(house)
    answer = hr.send(at.url, form, {**SOUND, **values})
    assert answer.status_code == status, walk.Page(answer.text).text[:600]
    assert len(walk.Page(answer.text).headings) == 1
    assert entries(house) == before and "KEP-BAD/1" not in house.store.must("export", "rank_history")
    if status == 422 and len(str(values)) < 100:
        assert "KEP-BAD/1" in answer.text, "what was typed is gone"


# ---- every case that the work names, in both languages -----------------------------------------------------------------

ENTER = f"/enter/rank_history/{PERSON}"


def form_of(visit, address=ENTER):
    at = visit.get(address)
    return at, next(f for f in walk.Page(at.text).forms if "decree" in f["fields"])


def sent_twice(house, visit, lang):
    at, form = form_of(visit)
    values = {**SOUND, "decree": f"KEP-TWICE/{lang}", "valid_from": "2008-05-01" if lang == "en" else "2008-06-01"}
    first = visit.send(at.url, form, values, allow_redirects=False)
    again = visit.send(at.url, form, values, allow_redirects=False)
    assert first.headers["Location"] == again.headers["Location"] and house.store.must("export", "rank_history").count(values["decree"]) == 1
    return again


def stale(house, visit, lang):
    """Another wrote it after the form was drawn."""
    units = "/list/unit/PERS-1A/change"
    at = visit.get(units)
    form = next(f for f in walk.Page(at.text).forms if "form_how" in f["fields"] or "name" in f["fields"])
    for who, name in ((house.visit("hr", lang), f"First {lang}"), (visit, f"Second {lang}")):
        mine = form if who is visit else next(f for f in walk.Page(who.get(units).text).forms if "name" in f["fields"])
        values = {"name": name, "form_how": "wrongly", "why": "misspelt", "form_step": "save"}
        answer = who.send(at.url, mine, values, allow_redirects=False)
    return answer


def token(value):
    def case(house, visit, lang):
        at, form = form_of(visit)
        fields = {**form["fields"], **SOUND, "form_token": value}
        return visit.session.post(at.url, data={k: v for k, v in fields.items() if v is not None}, timeout=60, allow_redirects=False)
    return case


def another_ones_token(house, visit, lang):
    _, form = form_of(house.visit("data", lang))
    return token(form["fields"]["form_token"])(house, visit, lang)


def wrong_method(house, visit, lang):
    return visit.session.delete(house.url + ENTER, timeout=60)


def ten_megabytes(house, visit, lang):
    at, form = form_of(visit)
    return visit.send(at.url, form, {**SOUND, "decree": "x" * 10_000_000})


def header_of_a_megabyte(house, visit, lang):
    host, port = house.url.split("//")[1].split(":")
    cookies = "; ".join(f"{c.name}={c.value}" for c in visit.session.cookies)
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nAccept-Language: {lang}\r\nCookie: {cookies}\r\n".encode())
        try:
            line.sendall(b"X-Long: " + b"x" * 1_000_000 + b"\r\n\r\n")
        except OSError:
            pass  # it was refused before its end
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except OSError:
            pass
    return int(answer.split()[1]) if answer else 431


def address(path):
    return lambda house, visit, lang: visit.get(path, allow_redirects=False)


def outside(house, visit, lang):
    return house.visit("manager.other", lang).get(f"/people/{PERSON}")


def session_ended(house, visit, lang):
    """While somebody typed: the way back is the door, and what was typed waits behind it."""
    clerk, elsewhere = house.visit("hr", lang), house.visit("hr", lang)
    at, form = form_of(clerk)
    settings = elsewhere.get("/settings")
    elsewhere.send(settings.url, next(f for f in walk.Page(settings.text).forms if "elsewhere" in f["fields"]))
    SITTING.clear()
    led = clerk.send(at.url, form, {**SOUND, "decree": f"KEP-LATE/{lang}"}, allow_redirects=False)
    assert led.status_code == 303 and led.headers["Location"].startswith("/in?next=")
    door = clerk.get(led.headers["Location"])
    inside = clerk.send(door.url, next(f for f in walk.Page(door.text).forms if "password" in f["fields"]),
                        {"name": "hr", "password": office.PASSWORD})
    assert inside.url.endswith("/kept") and f"KEP-LATE/{lang}" in inside.text
    return inside


CASES = {
    "a form sent twice": (sent_twice, 303), "a stale form": (stale, 409), "no token": (token(None), 403), "a made-up token": (token("x" * 64), 403),
    "another one's token": (another_ones_token, 403), "a wrong method": (wrong_method, 405), "ten megabytes": (ten_megabytes, 413),
    "dots in the path": (address("/people/%2e%2e/duty"), 404), "no text": (address("/find?q=%c0%af"), 400), "an unknown id": (address("/people/nobody"), 404),
    "an id out of reach": (outside, 404), "a session that ended": (session_ended, 200), "a header of a megabyte": (header_of_a_megabyte, 431),
}


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("case", CASES, ids=[c.replace(" ", "-") for c in CASES])
def test_bad_input_is_answered_in_the_readers_language(house, case, lang):
    what, status = CASES[case]
    answer = what(house, sitting(house, lang), lang)
    if isinstance(answer, int):
        assert answer == status
        return
    assert answer.status_code == status, walk.Page(answer.text).text[:800]
    if status == 303:
        return
    page = walk.Page(answer.text)
    assert page.lang == lang and len(page.headings) == 1 and not [w for w in SAYS_TOO_MUCH if w in answer.text]
    english = re.findall(r"\b(?:the|nothing|what|not)\b", page.text, re.I)
    assert bool(english) == (lang == "en"), (english, page.text[:1500])


@pytest.mark.parametrize("head", [
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 5\r\nContent-Length: 30\r\n", "Content-Length : 5\r\n",
    "Content-Length: -5\r\n", "Transfer-Encoding: xchunked\r\n", "Host: another\r\n", "Content-Length: 5\r\n 0\r\n", "Content-Length:\r\n\t5\r\n", "X-Fold: a\r\n b\r\n",
    "X-Fold: a\r\n b\r\nX-After: c\r\n", "Transfer-Encoding:\r\n chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Content-Length: 18446744073709551615\r\n",
], ids=["two ways to end", "two lengths", "a blank before the colon", "less than nothing", "an unknown coding", "two hosts", "a folded length",
        "a length on a line of its own", "a folded header", "a folded header and another", "a folded coding", "two codings", "a length without end"])
def test_no_request_hides_in_another(house, head):
    """What a proxy before Merit may read otherwise is not answered as a page."""
    host, port = house.url.split("//")[1].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(f"GET /help HTTP/1.1\r\nHost: {host}:{port}\r\n{head}\r\nabcdeGET /help/words HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        line.settimeout(3)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except TimeoutError:
            pass
    assert b"HTTP/1.1 200" not in answer, answer[:400]


def test_idle_and_slow_connections_slow_nobody(house):
    """Three hundred that send nothing, ten that never finish their head, and one that does not read."""
    host, port = house.url.split("//")[1].split(":")
    lines = [socket.create_connection((host, int(port)), timeout=20) for _ in range(310)]
    try:
        for line in lines[300:]:
            line.sendall(b"GET /people HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        visit = sitting(house, "en")
        cookies = "; ".join(f"{c.name}={c.value}" for c in visit.session.cookies)
        lines[0].sendall(f"GET /sheet/rank_history HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n\r\n".encode())
        for _ in range(20):
            assert visit.get("/people").status_code == 200
    finally:
        for line in lines:
            line.close()
