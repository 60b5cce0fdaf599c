"""A late decree asks for the review of a sealed round, and whoever decides rounds answers; and who acts for the head of a
unit reads its files."""
import re

import office
import pytest

LATE = "060000109"
DECREE = {"valid_from": "2007-10-01", "rank": "III/b", "decree": "KEP-9/UP.3/2008", "decree_date": "2008-06-01", "grade_years": "2",
          "grade_months": "6"}
OFFER = ("form_also", "1")
BELOW = "060000112"
ACTING = "060000126"  # acts for the head of the Section of Ranks from March 2008


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = office.Office(tmp_path_factory.mktemp("reviews"))
    yield house
    house.stop()


def typed(house, visit, **other):
    """The page that checks a late decree."""
    page = house.fill(visit, f"/enter/rank_history/{LATE}", {**DECREE, **other}, form=0)
    assert page.status == 200 and "Check the answers" in page.headings[0], page.text[:900]
    return page


def test_a_late_decree_asks_for_a_review_which_is_answered(house):
    """proves: MP-27"""
    hr, decider = house.visit("hr"), house.visit("decider")
    assert "No review is asked." in house.page(decider, "/reviews").text
    assert "Reviews asked" not in house.page(decider, "/").text
    page = typed(house, hr)
    assert "Save and ask for review of round 1 of 1 April 2008" in page.text
    form = next(f for f in page.forms if OFFER in f["buttons"])
    done = hr.send(page.url, form, button=OFFER)
    receipt = re.search(r"Saved\. Receipt (\d+)", done.text)[1]
    asked = house.page(decider, f"/reviews/{LATE}/1").text
    assert f"Receipt {receipt}," in asked, "the fact and the request are one entry"
    # Where it is seen, and by whom it is not.
    assert "Open requests" in house.page(hr, f"/people/{LATE}").text
    assert "wait for the decider" in house.page(hr, "/").text
    assert "wait for an answer" in house.page(decider, "/").text
    assert "Rank held 1 October 2007" in house.page(decider, f"/rounds/{house.sealed}").text
    for other in ("hr.tax", "manager.other", "data", "auditor"):
        assert "Rudi Gultom" not in house.visit(other).get("/reviews").text, other
    hr_page = house.page(hr, "/reviews")
    assert "waits for the decider" in hr_page.text and f"/reviews/{LATE}/1" not in hr_page.links
    assert hr.get(f"/reviews/{LATE}/1").status_code in (403, 404)
    # Asked once is enough.
    again = typed(house, hr, valid_from="2007-04-01", rank="III/a", decree="KEP-8/UP.3/2008")
    assert not any(OFFER in f["buttons"] for f in again.forms)
    # Answered with a reason.
    none = house.fill(decider, f"/reviews/{LATE}/1", {"decided": "anew", "note": " "})
    assert none.status == 422 and "no reason is given" in none.text
    done = house.fill(decider, f"/reviews/{LATE}/1", {"decided": "anew", "note": "The decree makes the years complete."})
    assert done.status == 200 and "to be decided anew" in done.text and "The decree makes the years complete." in done.text
    assert "Open requests" not in house.page(hr, f"/people/{LATE}").text
    assert "wait for the decider" not in house.page(hr, "/").text
    assert all(f["class"] == "quiet" or "note" not in f["fields"] for f in house.page(decider, f"/reviews/{LATE}/1").forms)
    assert house.store("verify").returncode == 0


def test_a_round_out_of_question_is_not_asked_about(house):
    hr = house.visit("hr")
    page = house.fill(hr, "/enter/rank_history/060000110", {**DECREE, "valid_from": "2008-09-01", "decree": "KEP-10"}, form=0)
    assert not any(name == "form_also" for f in page.forms for name, _ in f["buttons"])
    page = house.fill(hr, "/enter/rank_history/060000110", {**DECREE, "decree": "KEP-11"}, form=0)
    form = next(f for f in page.forms if OFFER in f["buttons"])
    assert hr.send(page.url, form, button=("form_also", house.open)).status_code == 404
    assert "KEP-11" not in house.page(hr, "/people/060000110/book").text, "what was not asked rightly is not saved either"


def test_who_acts_for_the_head_reads_the_unit(house):
    """proves: DP-07"""
    house.store.must("user add", "acts", "--name", "Yuliana Rumbiak", "--person", ACTING)
    house.store.must("user password", "acts", "--stdin", input=office.PASSWORD + "\n")
    visit = house.visit("acts")
    assert "My people" in house.page(visit, "/").text
    assert house.page(visit, f"/people/{BELOW}/book").text
    assert visit.get(f"/people/{LATE}/book").status_code == 404, "of another unit"
    assert visit.get(f"/enter/rank_history/{BELOW}").status_code in (403, 404), "heads read, they do not write files"
    hr = house.visit("hr")
    acting = "Yuliana Rumbiak Acting head (Plt., Plh.)"
    assert acting in house.page(hr, f"/people/{BELOW}/readers").text
    assert acting not in house.page(hr, f"/people/{LATE}/readers").text
    assert acting not in house.page(hr, f"/people/{ACTING}/readers").text


def test_all_that_is_wrong_is_said_at_once_and_stays_typed(house):
    page = house.fill(house.visit("hr"), f"/enter/rank_history/{LATE}", {"valid_from": "2006-10-01", "rank": "", "decree": "",
                                                                        "grade_years": "99"}, form=0)
    assert page.status == 422 and "3 things to mend" in page.text, page.text[:800]
    form = next(f for f in page.forms if "grade_years" in f["fields"])
    assert form["fields"]["grade_years"] == "99" and form["fields"]["valid_from"] == "2006-10-01"


def test_more_reviews_than_a_page_shows_are_told_of(house, tmp_path):
    people = [line.split(",")[0] for line in house.store.must("export", "person").splitlines()[1:]]
    sheet, answers = tmp_path / "round_review.csv", tmp_path / "round_review_answer.csv"
    sheet.write_text("staff_number,valid_from,number,round,fact,fact_from\n" + "".join(
        f"{person},2008-09-10,50,R{house.sealed},rating,2007-12-31\n" for person in people[:101]))
    house.store.must("import", "round_review", sheet)
    decider = house.visit("decider")
    page = house.page(decider, "/reviews")
    assert page.text.count("Answer it") == 100 and "More wait than are shown here" in page.text
    assert "101 wait for an answer" in house.page(decider, "/").text
    answers.write_text("staff_number,valid_from,number,decided,note\n" + "".join(
        f"{person},2008-09-11,50,stays,It was known\n" for person in people[:99]))
    house.store.must("import", "round_review_answer", answers)
    page = house.page(decider, "/reviews")
    assert page.text.count("Answer it") == 2 and "More wait" not in page.text
    assert page.text.count("stays as it was decided") == 98 and "2 wait for an answer" in house.page(decider, "/").text
