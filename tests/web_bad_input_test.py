"""What the server's own tests try on a small site, here on the real pages: each refusal is a clear page in the reader's
language with the right status, and nothing is written. Forms twice, stale or without their mark
are tried in face_test.py; reach in access_test.py."""
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


SOUND = {"valid_from": "2008-04-01", "rank": "III/c", "decree": "KEP-BAD/1", "proof": "proved", "form_step": "save"}
REFUSED = [
    ("/people/nobody", 404), ("/people/../duty", 404), ("/people/%2e%2e/duty", 404), ("/people/%ff", 400), ("/people/a%00b", 400),
    ("/people/060000101?known_at=yesterday", (400, 422)), ("/rounds/999999", 404), ("/rounds/x", (400, 404)), ("/enter/nothing/" + PERSON, 404),
    ("/enter/rating/nobody", 404), ("/list/nothing", 404), ("/upload/nothing", 404), ("/find?q=%c0%af", 400), ("/" + "a" * 9000, 414),
]


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("address, status", REFUSED, ids=[a[:30] for a, _ in REFUSED])
def test_a_refusal_is_a_clear_page(house, address, status, lang):
    visit = walk.Visit(house.url, lang)
    visit.session.cookies.update(house.visit("hr").session.cookies)
    # by a raw line: a client of ours would mend the path first
    host, port = house.url.split("//")[1].split(":")
    cookies = "; ".join(f"{c.name}={c.value}" for c in visit.session.cookies)
    with socket.create_connection((host, int(port))) as line:
        line.sendall(f"GET {address} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    assert int(head.split()[1]) in (status if isinstance(status, tuple) else (status,)), answer[:600]
    page = walk.Page(body)
    assert len(page.headings) == 1 and page.headings[0] and page.title and page.lang
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
