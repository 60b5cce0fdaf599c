"""The pages about people: the list, one person, the service book at two dates, a decree that arrives late, and what a
reader of other units is shown: nothing."""
import csv
import io
import re

import office
import pytest
import walk

TAXED = "060000115"      # Endang Sulistyowati: a decree of June 2008, in effect from October 2006, came in September
RENUMBERED = "060000217"  # Ketut Sudarma: a court corrected the day of birth, and with it the number
OLD_NUMBER = "060000117"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = office.Office(tmp_path_factory.mktemp("people"))
    yield house
    house.stop()


def names(page):
    """The numbers of the people that a page links to."""
    return [m[1] for m in (re.fullmatch(r"/people/([\w.-]+)", link) for link in page.links) if m and m[1] != "sheet"]


def test_the_list_is_by_name_and_pages_to_its_end(house):
    hr, seen = house.visit("hr"), []
    address = "/people?rank=III/b"
    while address:
        page = house.page(hr, address)
        seen += names(page)
        address = next((link for link in page.links if "after=" in link), None)
    assert len(seen) == len(set(seen)) > 50
    sheet = hr.get("/people/sheet?rank=III/b")
    rows = list(csv.DictReader(io.StringIO(sheet.text)))
    assert [r["staff_number"] for r in rows] == seen
    assert {r["rank"] for r in rows} == {"III/b"}
    assert [r["name"].casefold() for r in rows] == sorted(r["name"].casefold() for r in rows)


def test_seniority_begins_with_the_highest_rank(house):
    page = house.page(house.visit("hr"), "/people?sort=seniority")
    ranks = re.findall(r"0600\d{5} [^,]+, (I{1,3}V?|IV)/([a-e])", page.text)
    height = [(["I", "II", "III", "IV"].index(group), grade) for group, grade in ranks]
    assert height == sorted(height, reverse=True) and len(height) == 50


@pytest.mark.parametrize("asked", [OLD_NUMBER, RENUMBERED, "0600 00117", "ketut sudarma"])
def test_every_number_a_person_ever_had_finds_them(house, asked):
    """proves: MP-20"""
    page = house.page(house.visit("hr"), f"/people?q={asked}")
    assert RENUMBERED in names(page)
    assert "Ketut Sudarma" in page.text


def test_an_old_number_opens_the_file_and_both_stand_on_it(house):
    page = house.page(house.visit("hr"), f"/people/{OLD_NUMBER}")
    assert page.headings[0] == "Ketut Sudarma"
    assert f"{RENUMBERED} · until 2008: {OLD_NUMBER}" in page.text


def test_one_page_says_what_lies_ahead(house):
    """proves: MP-93"""
    page = house.page(house.visit("hr"), "/people/060000101")
    for words in ("Penata Muda Tingkat I, III/b from 1 Apr 2004", "Grade service 8 years 5 months", "Next increment 1 April 2010",
                  "Next rank Penata, III/c", "Retirement 31 March 2031", "Superior Ratna Kusumawardani"):
        assert words in page.text, words


def test_what_the_page_judges_is_what_a_round_judges(house):
    """One person alone, and everybody at once: the same sentences."""
    said = house.store.must("round explain", house.open, "060000105", "--for", "committee")
    page = house.page(house.visit("hr"), "/people/060000105")
    for words in ("not yet: the next rank would be above the limit", "complete since 1 October 2007"):
        assert words in said and words in page.text, words


# ---- the service book at two dates -----------------------------------------------------------------------------------

def test_the_book_as_it_was_known_then(house):
    """proves: DP-10"""
    hr = house.visit("hr")
    now = house.page(hr, f"/people/{TAXED}/book?as_of=2008-09-30")
    then = house.page(hr, f"/people/{TAXED}/book?as_of=2008-09-30&known_at=2008-08-31")
    assert "KEP-1102/UP.3/2008" in now.text
    assert "KEP-1102/UP.3/2008" not in then.text
    assert "KEP-2101/UP.3/2002" in then.text


def test_the_book_as_things_stood_then(house):
    page = house.page(house.visit("hr"), f"/people/{TAXED}/book?as_of=2005-01-01")
    assert "KEP-2101/UP.3/2002" in page.text
    assert "KEP-1102/UP.3/2008" not in page.text


def test_a_correction_shows_what_was_believed_before(house):
    """proves: DP-10"""
    answer = house.visit("hr").get(f"/people/{RENUMBERED}/book")
    struck = " ".join(re.findall(r"<del.*?</del>", answer.text, re.S))
    assert "12 Jun 1953" in struck
    assert "12 Jun 1955" in re.sub(r"<del.*?</del>", "", answer.text, flags=re.S)
    assert "The District Court of Denpasar ruled" in answer.text


def test_what_changed_since(house):
    hr = house.visit("hr")
    later = house.page(hr, f"/people/{RENUMBERED}/since?from=2008-09-01")
    assert "12 Jun 1955" in later.text and "The District Court" in later.text
    assert "KEP-615/UP.3/2001" not in later.text
    everything = house.page(hr, f"/people/{RENUMBERED}/since")
    assert "KEP-615/UP.3/2001" in everything.text


def test_a_date_that_is_none_is_said(house):
    answer = house.visit("hr").get(f"/people/{TAXED}/book?known_at=yesterday")
    assert answer.status_code in (400, 422)


# ---- who may see what ------------------------------------------------------------------------------------------------

def test_another_units_manager_is_shown_nothing(house):
    """proves: DP-07"""
    other = house.visit("manager.other")
    for address in (f"/people/{TAXED}", f"/people/{TAXED}/book", f"/people/{TAXED}/since", f"/people/{OLD_NUMBER}",
                    "/due?unit=PERS-1A", "/seniority?unit=PERS-1A"):
        assert other.get(address).status_code in (403, 404), address
    for address in (f"/people?q={TAXED}", "/people?q=Endang%20Sulistyowati", "/people?unit=PERS-1A"):
        page = house.page(other, address)
        assert TAXED not in page.text.replace(f"value {TAXED}", ""), address
        assert not re.search(r"\d+ to \d+ of \d+", page.text), address


def test_a_manager_reads_the_own_people(house):
    manager = house.visit("manager")
    assert "060000101" in names(house.page(manager, "/people"))
    assert "79.5" in house.page(manager, "/people/060000103/book").text


def test_without_clearance_secrets_are_neither_shown_nor_told(house):
    """proves: DP-07"""
    data = house.visit("data")
    page = house.page(data, "/people/060000103/book")
    assert "KEP-656/UP.3/2004" in page.text and "confidential" in page.text
    assert not re.search(r"79[.]5|Lowest component", page.text)
    for address in ("/people/060000112/book", "/people/060000112", "/people/060000112/since"):
        assert "KEP-33/UP.9/2007 ✓" not in house.page(data, address).text.replace("Decree: KEP", "KEP")
        assert "Delay of the rise" not in house.page(data, address).text
    assert "End of a sanction" not in house.page(data, "/due?unit=PERS-1A&months=12&kind=").text.replace(
        "Retirement End of a sanction Within", "")
    assert "sanction-end" not in data.get("/due/sheet?unit=PERS-1A&months=12").text


def test_an_employee_reads_the_own_file_and_no_other(house):
    employee = house.visit("employee")
    page = house.page(employee, "/people/060000101")
    assert page.headings[0] == "Dewi Anggraini Lestari"
    assert "83.5" in house.page(employee, "/people/060000101/book").text
    assert employee.get("/people/060000103").status_code == 404
    assert employee.get("/people").status_code in (403, 404)


def test_each_reading_of_secrets_is_written_down(house):
    """proves: DP-07"""
    before = house.store.must("export", "file_read", "--all").count("060000104")
    house.page(house.visit("hr"), "/people/060000104/book")
    assert house.store.must("export", "file_read", "--all").count("060000104") > before


# ---- a decree that arrives late --------------------------------------------------------------------------------------

def test_a_late_decree_says_before_saving_what_it_changes(house):
    """proves: MP-27"""
    hr = house.visit("hr")
    answer = hr.get("/enter/rank_history/060000107")
    form = next(f for f in walk.Page(answer.text).forms if f["method"] == "post" and f["main"])
    decree = {"valid_from": "2006-10-01", "rank": "III/a", "decree": "KEP-77/UP.3/2008", "decree_date": "2008-05-02",
              "grade_years": "15", "grade_months": "6"}
    answer = hr.send(answer.url, form, decree)
    check = walk.Page(answer.text)
    assert answer.status_code == 200
    assert "Rank today Pengatur Tingkat I, II/d Penata Muda, III/a" in check.text
    assert "Next rank Penata Muda, III/a Penata Muda Tingkat I, III/b" in check.text
    assert f"Round {house.sealed} of" in check.text and "did not know this fact" in check.text
    assert "KEP-77/UP.3/2008" not in house.page(hr, "/people/060000107/book").text
    form = next(f for f in check.forms if f["method"] == "post" and f["main"])
    answer = hr.send(answer.url, form)
    assert answer.status_code == 200
    assert "KEP-77/UP.3/2008" in house.page(hr, "/people/060000107/book").text
    assert "Penata Muda, III/a from 1 Oct 2006" in house.page(hr, "/people/060000107").text


# ---- due, seniority, health, figures ---------------------------------------------------------------------------------

def test_due_is_what_the_command_says(house):
    """proves: MP-93"""
    rows = list(csv.DictReader(io.StringIO(house.store.must("due", "--unit", "PERS-1A", "--months", "12"))))
    sheet = house.visit("hr").get("/due/sheet?unit=PERS-1A&months=12")
    shown = list(csv.DictReader(io.StringIO(sheet.text)))
    key = lambda r: (r["due_on"], r["staff_number"], r["kind"])
    assert sorted(map(key, shown)) == sorted(map(key, rows)) and rows


def test_a_letter_an_increment(house):
    hr = house.visit("hr")
    page = hr.get("/due/letters?kind=increment&unit=PERS-1A&months=12")
    letters = page.text.split('class="letter"')[1:]
    counts = house.page(hr, "/due?kind=increment&unit=PERS-1A&months=12").text
    assert letters and f"of {len(letters)} " in counts
    wahyu = next(letter for letter in letters if "Wahyu Hidayat" in letter)
    assert "1 October 2008" in wahyu and "24 years" in wahyu and "1,984,200" in wahyu


def test_a_post_tells_who_holds_it_to_who_may_see_people(house):
    assert "/people/060000101" in house.page(house.visit("hr"), "/list/post/PERS-1A.01").links
    for outside in ("manager.other", "admin"):
        page = house.page(house.visit(outside), "/list/post/PERS-1A.01")
        assert "held" in page.text and "Dewi" not in page.text and not any("/people/" in link for link in page.links), outside


def test_letters_are_found_before_a_kind_is_chosen(house):
    hr = house.visit("hr")
    for address, kinds in (("/due", {"increment", "retirement"}), ("/due?kind=retirement", {"retirement"}), ("/due?kind=rank", set())):
        links = [link for link in house.page(hr, address).links if link.startswith("/due/letters?")]
        assert {re.search("kind=([a-z]+)", link)[1] for link in links} == kinds, (address, links)


def test_the_seniority_list_of_the_year(house):
    rows = list(csv.DictReader(io.StringIO(house.store.must("seniority", "--unit", "PERS", "--as-of", "2007-12-31"))))
    page = house.page(house.visit("hr"), "/seniority?unit=PERS")
    assert names(page) == [r["staff_number"] for r in rows]
    assert "31 December 2007" in page.text


def test_two_files_of_one_person_are_suspected(house):
    """proves: HR-19"""
    hr = house.visit("hr")
    page = house.page(hr, "/health/doubles")
    assert "Muhammad Yusuf Harahap" in page.text and "M. Yusuf Harahap" in page.text
    pair = next(link for link in page.links if "060000116" in link and "pair" in link)
    side = house.page(hr, pair)
    assert "1 decree on rank stands in both files." in side.text


def test_health_counts_who_it_names(house):
    for user in ("data", "hr"):
        visit = house.visit(user)
        n = int(re.search(r"A fact waits for its paper (\d+)", house.page(visit, "/health?unit=PERS").text)[1])
        assert len(names(house.page(visit, "/health/people?fault=1&unit=PERS"))) == n > 0, user


def test_figures_add_up(house):
    page = house.page(house.visit("data"), "/figures")
    people = int(re.search(r"People in service ([\d,]+)", page.text)[1].replace(",", ""))
    category = page.text[page.text.index("Category People"):]
    counts = re.match(r"Category People Structural ([\d,]+) Functional ([\d,]+) General ([\d,]+)", category)
    assert sum(int(n.replace(",", "")) for n in counts.groups()) == people > 250


# ---- the desk --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("who, shown, hidden", [
    ("hr", ["Due within a month", "What the files lack", "Rounds"], ["Sample and verify", "My people"]),
    ("manager", ["My people", "people in your units"], ["Due within a month", "Sample and verify"]),
    ("employee", ["My file", "What lies ahead of me", "Open my file"], ["My people", "Due within a month", "What the files lack"]),
    ("auditor", ["Sample and verify", "decisions that depart from the rules"], ["Due within a month"]),
    ("decider", ["Rounds to seal"], ["Due within a month", "Sample and verify"]),
])
def test_each_desk_shows_what_waits_for_its_reader(house, who, shown, hidden):
    page = house.page(house.visit(who), "/")
    for words in shown:
        assert words in page.text, words
    for words in hidden:
        assert words not in page.text, words
