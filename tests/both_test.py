"""The same ministry behind a server of pages, once in a file and once in PostgreSQL: each page says the same."""
import re

import merit
import office
import pytest
import walk

ROLES = ["hr", "manager", "employee", "auditor", "admin"]
SHEETS = ["/due/sheet", "/people/sheet", "/seniority/sheet"]
# What no two stores have alike: their keys, hashes and roots, and what the clock of the computer says.
OWN = r"[0-9a-f]{16,}|[A-Za-z0-9+/]{43}=|merit/[0-9a-z-]+|\b\d\d:\d\d(:\d\d)?\b|t[0-9a-f]{12}"


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    if not merit.PG:
        pytest.skip("MERIT_TEST_PG names no server; tests/private-postgres starts one")
    both = [office.Office(tmp_path_factory.mktemp(kind), kind=kind) for kind in ("sqlite", "postgres")]
    yield both
    for each in both:
        each.stop()


def said(answer):
    if "text/html" not in answer.headers.get("Content-Type", ""):
        return ""
    return re.sub(OWN, "…", walk.Page(answer.text).text)


@pytest.mark.parametrize("role", ROLES)
def test_pages_say_the_same(offices, role):
    walks = [each.visit(role).everywhere(most=120) for each in offices]
    assert not walks[0][1] and not walks[1][1], (walks[0][1][:5], walks[1][1][:5])
    here, there = ({address: (answer.status_code, said(answer)) for address, (answer, _) in pages.items()
                    if not address.startswith("/proof")}  # which shows the store's own key and root
                   for pages, _ in walks)
    assert list(here) == list(there) and len(here) > 10
    assert not [(address, here[address], there[address]) for address in here if here[address] != there[address]]


def test_sheets_are_the_same(offices):
    visits = [each.visit("hr") for each in offices]
    for address in SHEETS:
        here, there = (visit.get(address) for visit in visits)
        assert here.status_code == there.status_code == 200 and here.content.count(b"\n") > 5, address
        assert here.content == there.content, address


def test_what_is_entered_is_there(offices):
    """Through the one writer: a course stands in its list, and the ledger is intact."""
    for each in offices:
        visit = each.visit("data")
        at = visit.get("/list/course/new")
        form = next(f for f in walk.Page(at.text).forms if f["main"] and "title" in f["fields"])
        after = visit.send(at.url, form, {"code": "TIDES", "title": "Reading tide tables", "mode": form["choices"]["mode"][-1],
                                          "pass_mark": "60", "form_step": "save"})
        assert after.status_code == 200 and "Reading tide tables" in after.text, walk.Page(after.text).text[:600]
        assert "Reading tide tables" in each.page(visit, "/list/course").text
        assert "every row, entry and checkpoint verifies" in each.store.must("verify")
