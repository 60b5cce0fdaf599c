"""The generic pages over HTTP, as an office uses them: find, list, enter a late decree, correct a rating, two writers, a
form sent twice, a stale form, spreadsheets good and bad, and what is out of reach."""
import random
import re
import urllib.parse

import browser
import merit
import pytest
import walk


class Office:
    def __init__(self, folder):
        self.store = merit.new("sqlite", folder)
        said = self.store.must("demo")
        self.users = {role: (user, password) for role, user, password in re.findall(r"^ *([\w-]+) +([\w.-]+) +(\S+)$", said, re.M)}
        self.server = browser.Server(self.store)

    def visit(self, role, lang="en"):
        visit = walk.Visit(self.server.url, lang)
        visit.sign_in(*self.users[role])
        return visit


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("face"))
    yield office
    office.server.stop()


@pytest.fixture(scope="module")
def hr(office):
    return office.visit("officer")


def form_of(answer, field):
    """The form of a page that has this field."""
    forms = walk.Page(answer.text).forms
    return next(f for f in forms if f["main"] and (field in f["fields"] or field in f["choices"] or field in f["files"]))


def sheet(visit, name):
    answer = visit.get(f"/sheet/{name}")
    assert answer.status_code == 200, answer.text
    heads, *rows = [line.split(",") for line in answer.text.splitlines()]
    return heads, rows


@pytest.fixture(scope="module")
def person(hr):
    """Somebody with a rating and at least one rank."""
    _, ratings = sheet(hr, "rating")
    return ratings[0][0]


def fact(answer, entity):
    """The addresses at which facts of a kind are corrected, as a page shows them."""
    return re.findall(rf'href="(/enter/{entity}/[^/"]+/\d+)"', answer.text)


# ---- looking --------------------------------------------------------------------------------------------------------


def test_a_decree_leads_to_whom_it_is_about(office, hr):
    def found(number):
        """Where it leads, or what stands on the page where several rest on one decree."""
        answer = hr.get("/find?" + urllib.parse.urlencode({"q": number}))
        return answer.url + answer.text

    assert "/people/060000100" in found("KEP-118/UP.3/1983")
    assert "/people/060000100" in found("KEP-41/UP.11/2005")
    assert "/people/060000118" in found("KEP-52/UP.6/2005")
    for stranger in ("manager-other", "staff"):
        assert "060000100" not in office.visit(stranger).get("/find?q=KEP-118/UP.3/1983").text
    # of a sanction only for who may read of sanctions, and noted
    assert "/people/060000112" in found("KEP-33/UP.9/2007")
    for stranger in ("manager-other", "staff"):
        assert "060000112" not in office.visit(stranger).get("/find?q=KEP-33/UP.9/2007").text
    read = office.store.must("export", "file_read", "--all")
    assert any("060000112" in line and ",sanction," in line for line in read.splitlines())


def test_a_number_leads_straight_to_the_person(hr, person):
    answer = hr.get("/find?" + urllib.parse.urlencode({"q": person}))
    assert answer.status_code == 200 and answer.url.endswith(f"/people/{person}")


def test_a_list_is_filtered_ordered_and_paged(hr):
    first = hr.get("/list/post")
    assert "1 to 50 of" in first.text
    onward = next(link for link in walk.Page(first.text).links if "after=" in link)
    second = hr.get(onward)
    assert "51 to 100 of" in second.text
    assert first.text.count("<tr>") == second.text.count("<tr>")
    rows = lambda answer: set(re.findall(r'<tr><td><a href="([^"]+)"', answer.text))
    assert not rows(first) & rows(second)
    assert "Nothing fits these filters" in hr.get("/list/post?q=zzzzzz").text


def lists_of(visit):
    """The addresses to which the page of lists leads."""
    inbox = re.search(r'<ul class="inbox">(.*?)</ul>', visit.get("/list").text, re.S)
    return re.findall(r'href="([^"]+)"', inbox[1])


def test_the_page_of_lists_leads_where_its_reader_may_go_and_nowhere_else(office, hr):
    staff = office.visit("staff")
    ours, theirs = lists_of(hr), lists_of(staff)
    assert {"/people", "/organisation", "/list/post", "/list/rating"} <= set(ours)
    assert "/list/course" in theirs, "a catalogue is everybody's"
    assert set(theirs) < set(ours)
    for visit, lists in ((hr, ours), (staff, theirs)):
        assert len(lists) == len(set(lists))
        for address in lists:
            answer = visit.get(address)
            assert answer.status_code == 200 and answer.text.count("<h1") == 1, address
    for address in set(ours) - set(theirs):
        assert staff.get(address).status_code in (403, 404), address


def test_a_spreadsheet_has_the_columns_that_can_be_sent_back(hr, office):
    heads, rows = sheet(hr, "unit")
    exported = office.store.must("export", "unit").splitlines()
    assert ",".join(heads) == exported[0]
    assert sorted(",".join(row) for row in rows) == sorted(exported[1:])


def test_two_dates_of_a_record(hr):
    heads, rows = sheet(hr, "course")
    answer = hr.get(f"/list/course/{rows[0][0]}?as_of=2008-01-01&known_at=2008-09-01")
    assert answer.status_code in (200, 422) or "not known then" in answer.text
    assert hr.get(f"/list/course/{rows[0][0]}?as_of=2008-02-30").text.count("cannot be read") >= 1


# ---- entering -------------------------------------------------------------------------------------------------------


def check(visit, at, values):
    """Fills in a form, and gives the page of answers to check."""
    form = form_of(at, "form_step")
    return visit.send(at.url, form, {**values, "form_step": "check"})


def save(visit, at):
    return visit.send(at.url, form_of(at, "form_step"))


def test_a_late_decree_is_previewed_and_then_saved(hr, person):
    at = hr.get(f"/enter/rank_history/{person}")
    ranks = form_of(at, "decree")
    assert at.status_code == 200 and "rank" in at.text and ranks
    codes = re.findall(r'<option value="([^"]+)"', at.text)
    page = check(hr, at, {"valid_from": "2007-10-01", "rank": codes[-1], "decree": "SK-LATE/1", "decree_date": "2007-09-20",
                          "grade_years": "9", "grade_months": "0", "proof": "proved"})
    assert page.status_code == 200, page.text
    assert "Check the answers" in page.text and "SK-LATE/1" in page.text and "What this changes" in page.text
    assert "SK-LATE/1" not in hr.get(f"/sheet/rank_history?q={person}").text
    done = save(hr, page)
    assert done.status_code == 200 and "Saved. Receipt" in done.text
    assert "SK-LATE/1" in hr.get(f"/sheet/rank_history?q={person}").text


def test_a_rating_recorded_wrongly_keeps_both_readings(hr, person, office):
    places = fact(hr.get(f"/enter/rating/{person}"), "rating")
    at = hr.get(places[0])
    before = form_of(at, "score")["fields"]["score"]
    after = "77.5" if before != "77.5" else "78.5"
    refused = check(hr, at, {"score": after, "form_how": "wrongly", "why": ""})
    assert refused.status_code == 422 and "no reason is given" in refused.text and f'value="{after}"' in refused.text
    page = check(hr, at, {"score": after, "form_how": "wrongly", "why": "copied wrongly"})
    assert page.status_code == 200 and "copied wrongly" in page.text
    assert "Saved. Receipt" in save(hr, page).text
    assert after in hr.get(places[0]).text
    assert any(after in line for line in office.store.must("export", "rating").splitlines() if line.startswith(person))


@pytest.fixture(scope="module")
def course(hr):
    """The two answers to the form of a new course that was sent twice."""
    at = hr.get("/list/course/new")
    form = form_of(at, "form_step")
    values = {"code": "TWICE", "title": "Sent twice", "pass_mark": "60", "mode": "classroom", "form_step": "save"}
    return [hr.send(at.url, form, values) for _ in range(2)]


def test_a_form_sent_twice_writes_once(hr, course):
    first, second = course
    assert first.status_code == second.status_code == 200
    assert first.url == second.url and "TWICE" in second.url
    heads, rows = sheet(hr, "course")
    assert [row[0] for row in rows].count("TWICE") == 1


def test_two_people_change_the_same(office, hr, course):
    other = office.visit("data")
    target = "/list/course/TWICE/change"
    mine, theirs = hr.get(target), other.get(target)
    if theirs.status_code != 200:
        other, theirs = office.visit("officer"), hr.get(target)
    how = {"form_how": "wrongly", "why": "spelt wrongly", "form_step": "save"}
    saved = other.send(theirs.url, form_of(theirs, "form_step"), {**how, "title": "Theirs"})
    assert saved.status_code == 200
    conflict = hr.send(mine.url, form_of(mine, "form_step"), {**how, "title": "Mine"})
    assert conflict.status_code == 409
    assert all(words in conflict.text for words in ("Sent twice", "Mine", "Theirs", "Keep yours", "Keep theirs"))
    chosen = hr.send(conflict.url, form_of(conflict, "title"), {"title": "Mine", "form_step": "check"})
    assert chosen.status_code == 200 and "Check the answers" in chosen.text, chosen.text
    assert "Saved. Receipt" in save(hr, chosen).text
    assert "Mine" in hr.get("/list/course/TWICE").text


def test_a_draft_outlives_the_window(hr, person, office):
    at = hr.get(f"/enter/document/{person}")
    form = form_of(at, "form_step")
    kept = hr.send(at.url, {**form, "action": "/draft"}, {"number": "HALF-TYPED"})
    assert kept.status_code == 200
    again = office.visit("officer")
    listed = again.get("/draft")
    onward = next(link for link in walk.Page(listed.text).links if "draft=" in link)
    assert 'value="HALF-TYPED"' in again.get(onward).text
    assert "HALF-TYPED" not in office.visit("data").get("/draft").text


def test_a_draft_kept_while_typing_is_not_yet_the_sending(hr, person, office):
    at = hr.get(f"/enter/document/{person}")
    form = form_of(at, "form_step")
    values = {"kind": "other", "number": "SLOW-LINE", "dated": "2008-01-02", "filed_on": "2008-02-01"}
    kinds = re.findall(r'<option value="([^"]+)"', at.text)
    values["kind"] = kinds[0]
    for _ in range(2):
        kept = hr.send(at.url, {**form, "action": "/draft"}, values, headers={"X-Draft": "1"}, allow_redirects=False)
        assert kept.status_code == 200
    page = hr.send(at.url, form, values)
    assert "Check the answers" in page.text, page.url
    assert "Saved. Receipt" in save(hr, page).text
    assert "SLOW-LINE" in hr.get(f"/sheet/document?q={person}").text
    # a paper is found by its number, and leads to whose file it is in
    assert hr.get("/find?q=SLOW-LINE").url.endswith(f"/people/{person}")
    assert person not in office.visit("manager-other").get("/find?q=SLOW-LINE").text


def test_a_foreign_token_changes_nothing(hr, person):
    at = hr.get(f"/enter/document/{person}")
    form = form_of(at, "form_step")
    answer = hr.send(at.url, form, {"form_token": "x" * 43, "form_step": "save", "number": "FORGED"})
    assert answer.status_code == 403 and "FORGED" not in hr.get(f"/sheet/document?q={person}").text


# ---- spreadsheets ---------------------------------------------------------------------------------------------------


def send_sheet(visit, name, text):
    at = visit.get(f"/upload/{name}")
    return visit.send(at.url, form_of(at, "file"), files={"file": ("sent.csv", text, "text/csv")})


def test_a_good_spreadsheet_is_looked_at_then_taken(hr):
    page = send_sheet(hr, "course", "code,title,mode,pass_mark\nUP-1,From a sheet,classroom,60\n")
    assert page.status_code == 200 and "no problems; nothing is written yet" in page.text, page.text
    assert "UP-1" not in hr.get("/sheet/course").text
    done = hr.send(page.url, next(f for f in walk.Page(page.text).forms if f["fields"].get("form_step") == "take"))
    assert "Taken in. Receipt" in done.text
    assert "UP-1" in hr.get("/sheet/course").text
    assert "sent.csv" in hr.get("/").text


def test_a_bad_spreadsheet_names_rows_and_takes_nothing(hr):
    page = send_sheet(hr, "course", "code,title,mode,pass_mark\nUP-2,Fine,classroom,60\nUP-3,,swimming,160\n")
    assert page.status_code == 200 and "nothing was written" in page.text
    assert "pass_mark" in page.text and '<td class="n">3</td>' in page.text
    link = next(link for link in walk.Page(page.text).links if link.endswith("/problems"))
    assert "3,pass_mark," in hr.get(link).text
    assert "UP-2" not in hr.get("/sheet/course").text


def test_a_foreign_column_is_left_out_when_told_so_and_no_page_names_an_option(hr):
    page = send_sheet(hr, "course", "code,title,mode,pass_mark,room\nUP-4,Fine,classroom,60,12\n")
    assert "or that it is passed over" in page.text and "--" not in walk.Page(page.text).text
    again = hr.send(page.url, next(f for f in walk.Page(page.text).forms if f["fields"].get("form_step") == "look"))
    assert "no problems; nothing is written yet" in again.text, walk.Page(again.text).text
    page = send_sheet(hr, "course", "code,title,mode,pass_mark\nUP-1,Another title,classroom,60\n")
    assert "mark below that rows that differ were recorded wrongly" in page.text and "--" not in walk.Page(page.text).text


# ---- reach ----------------------------------------------------------------------------------------------------------


def test_a_manager_of_another_unit_is_shown_nothing(office, person):
    other = office.visit("manager-other")
    reach = re.findall(r'href="/people/([^"/?]+)"', other.get("/people").text)
    assert person not in reach
    for target in (f"/people/{person}", f"/list/person/{person}", f"/list/person/{person}/change", f"/enter/rating/{person}"):
        answer = other.get(target)
        assert answer.status_code == 404 and "Nothing is found here" in answer.text, target
    found = other.get("/find?" + urllib.parse.urlencode({"q": person}))
    assert f"/people/{person}" not in found.text + found.url


def test_indonesian_is_one_press_away(office):
    visit = office.visit("officer")
    at = visit.get("/help")
    form = next(f for f in walk.Page(at.text).forms if f["action"] == "/language")
    assert visit.send(at.url, form, button=("lang", "id")).status_code == 200
    assert walk.Page(visit.get("/help").text).lang == "id"
    form = next(f for f in walk.Page(visit.get("/help").text).forms if f["action"] == "/language")
    assert visit.send(at.url, form, button=("lang", "en")).status_code == 200


# ---- hostile requests -----------------------------------------------------------------------------------------------

HOSTILE = ["", "0", "-1", "9" * 30, "<script>", "\"'><x", "%00", "a" * 5000, "../../etc", "2008-02-30", "9999-12-31", "0001-01-01", "true", "1e9",
           "\u202e", " ", "\t\n", "18446744073709551616", "-9223372036854775808", "100.001", "1.e", "1.n5", "2005", "2007-05-01", "79.5", "MOF"]


def test_whatever_is_typed_is_answered_with_words(hr, person, course):
    draw = random.Random(20080915)
    targets = [f"/enter/{name}/{person}" for name in ("rank_history", "post_history", "rating", "sanction", "document", "person_number")]
    targets += ["/list/unit/new", "/list/course/new", "/list/job_class/new", f"/list/person/{person}/change", "/list/course/TWICE/change"]
    for target in targets:
        at = hr.get(target)
        form = form_of(at, "form_step")
        for number in range(6):
            names = [n for n in [*form["fields"], *form["choices"]] if n not in ("form_token", "form_path")]
            values = {n: draw.choice(HOSTILE) for n in names if draw.random() < 0.5}
            values |= {"form_once": f"{target}{number}"[-60:], "form_step": draw.choice(["check", "save"]),
                       "form_how": draw.choice(["changed", "wrongly", "never", "x"]), "why": draw.choice(["because", ""])}
            answer = hr.send(at.url, form, values)
            assert answer.status_code in (200, 404, 409, 422), (target, values, answer.status_code)


def test_whatever_is_asked_is_answered_with_words(hr, person, course):
    draw = random.Random(20080916)
    names = ["q", "sort", "down", "after", "from", "is_unit", "is_category", "as_of", "known_at", "draft", "check", "of"]
    for target in ("/", "/list/post", "/list/rating", "/list/course", "/list/course/TWICE", "/find", "/sheet/course", f"/enter/rating/{person}"):
        for _ in range(10):
            asked = {n: draw.choice(HOSTILE) for n in draw.sample(names, 4)}
            answer = hr.get(target + "?" + urllib.parse.urlencode(asked))
            assert answer.status_code in (200, 400, 404, 414), (target, asked, answer.status_code)
