"""The matrix page x role x reach: every page of the program, asked for as every role of the demo.

A page opens exactly when its right is held, and never breaks. What is outside a reader's reach is not there: not on its own page,
not in lists, search, spreadsheets or the API, and it is not counted. What is confidential needs its right. A page whose address has a
part in braces must stand in SAMPLES, so that no new page escapes.
"""
import csv
import io
import json
import re
import sqlite3

import browser
import merit
import pytest
import requests

NUMBER = re.compile(r"\b0\d{8}\b")
# What stands in braces, inside the reach of everybody who reaches the fixed people.
SAMPLES = {
    "person": "060000101", "unit": "PERS-1A", "user": "employee", "round": "1", "number": "1", "fact": "1", "facts": "rating",
    "pack": "indonesia-2008", "table": "ranks", "kind": "rank",
}
# Where a name means something else on each page.
SPECIAL = {
    "/list/{name}": ["/list/post", "/list/rating"], "/sheet/{name}": ["/sheet/post"], "/list/{name}/new": ["/list/post/new"],
    "/list/{name}/{key}": ["/list/person/060000101"], "/list/{name}/{key}/change": ["/list/person/060000101/change"],
    "/enter/{name}/{key}": ["/enter/rating/060000101"], "/enter/{name}/{key}/{fact}": ["/enter/rating/060000101/1"],
    "/upload/{name}": ["/upload/rating"], "/upload/{name}/{number}": ["/upload/rating/1"],
    "/upload/{name}/{number}/problems": ["/upload/rating/1/problems"],
    "/rules/policies/{kind}/{name}": ["/rules/policies/rank/as-regulated"],
    "/rounds/{round}/people/{number}": ["/rounds/1/people/060000101"],
    "/rounds/{round}/people/{number}/proof": ["/rounds/1/people/060000101/proof"],
    "/rounds/{round}/people/{number}/otherwise": ["/rounds/1/people/060000101/otherwise"],
    "/api/v1/{name}": ["/api/v1/person"], "/api/v1/{name}/{key}": ["/api/v1/person/060000101"],
    "/api/v1/{name}/{key}/{facts}": ["/api/v1/person/060000101/rating"],
    "/health/people": ["/health/people?fault=1"], "/health/doubles/pair": ["/health/doubles/pair?a=060000116&b=060000216"], "/find": ["/find?q=a"],
    "/people/{person}/since": ["/people/060000101/since?from=1"], "/proof/code": ["/proof/code?code=1"],
}
OUT = {"/out"}  # ends the session that asks
# What a demo has not got yet: an upload, a sealed round, a fact of that number.
NOTHING_THERE = {"/upload/{name}/{number}", "/upload/{name}/{number}/problems", "/enter/{name}/{key}/{fact}", "/rounds/{round}/people/{number}/proof",
                 "/rounds/{round}/check", "/rounds/{round}/proof"}


class Office:
    """The demo behind a server; who is who in it, by its own exports."""

    def __init__(self, folder):
        self.store = merit.new("sqlite", folder)
        self.store.must("demo")
        self.store.must("round open", "--unit", "MOF", "--as-of", "2008-10-01")
        self.pages = json.loads(merit.run("describe", "--pages", "--json").stdout)
        self.users = {u["user"]: u for u in json.loads(self.store.must("user list", "--json", "--demo"))}
        self.roles = {r["code"]: {k for k, v in r.items() if v == "true"} for r in self.table("user_role")}
        self.parent = {u["code"]: u["parent"] for u in self.table("unit")}
        post = {p["code"]: p["unit"] for p in self.table("post")}
        self.unit = {p["staff_number"]: None for p in self.table("person")}
        for held in sorted(self.table("post_history"), key=lambda h: h["valid_from"]):
            if held["valid_from"] <= "2008-09-15" and held["acting"] != "true":
                over = held["until"] and held["until"] < "2008-09-15"
                self.unit[held["staff_number"]] = None if over else post[held["post"]]
        self.server = browser.Server(self.store)
        self.readers = {}

    def table(self, entity):
        return list(csv.DictReader(io.StringIO(self.store.must("export", entity))))

    def under(self, unit, top):
        while unit:
            if unit == top:
                return True
            unit = self.parent.get(unit)
        return False

    def may(self, user, *rights):
        return set(rights) <= self.roles[self.users[user]["role"]]

    def within(self, user, number):
        """Whether the user's duty reaches a person."""
        over = self.users[user].get("unit")
        return not over or self.under(self.unit[number], over)

    def reader(self, user):
        if user not in self.readers:
            self.readers[user] = Reader(self, user)
        return self.readers[user]


class Reader:
    def __init__(self, office, user):
        self.office, self.user, self.http = office, user, requests.Session()
        page = self.get("/in").text
        self.token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
        done = self.post("/in", name=user, password=office.users[user]["password"])
        assert done.status_code == 303 and done.headers["Location"] == "/", f"{user} cannot sign in: {done.status_code}"
        self.token = re.search(r'name="form_token" value="([^"]+)"', self.get("/settings").text)[1]

    def get(self, address):
        return self.http.get(self.office.server.url + address, allow_redirects=False, timeout=60)

    def post(self, address, **form):
        return self.http.post(self.office.server.url + address, data={"form_token": self.token, **form}, allow_redirects=False, timeout=60)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    yield office
    office.server.stop()


def addresses(path):
    if path in SPECIAL:
        return SPECIAL[path]
    names = re.findall(r"\{(\w+)\}", path)
    lacking = [n for n in names if n not in SAMPLES]
    assert not lacking, f"{path} is a new page: say in SAMPLES or SPECIAL what stands for {lacking}"
    for name in names:
        path = path.replace("{%s}" % name, SAMPLES[name])
    return [path]


def needed(text):
    return [r for r in text.split(",") if r]


USERS = ["hr", "hr.tax", "manager", "manager.other", "employee", "auditor", "decider", "secretary", "data", "admin"]


@pytest.mark.parametrize("user", USERS)
def test_every_page_opens_exactly_to_its_right(office, user):
    """proves: DP-07"""
    wrong = []
    for page in office.pages:
        if not page["draw"] or page["path"] in OUT:
            continue
        for address in addresses(page["path"]):
            status = office.reader(user).get(address).status_code
            public, held = "public" in page["flags"], office.may(user, *needed(page["see"]))
            if status >= 500:
                wrong.append(f"{address}: breaks with {status}")
            elif not public and not held and status != 403:
                wrong.append(f"{address}: answers {status} without {page['see']}")
            elif held and status == 403 and page["see"]:
                wrong.append(f"{address}: answers 403 though {page['see']} is held")
            elif user == "hr" and held and status not in (200, 303) and page["path"] not in NOTHING_THERE:
                wrong.append(f"{address}: answers {status} to who may see everybody")
            elif status in (401, 405):
                wrong.append(f"{address}: answers {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("user", USERS)
def test_nothing_is_written_without_its_right(office, user):
    wrong = []
    for page in office.pages:
        if not page["write"] or "api" in page["flags"] or page["path"] in OUT | {"/in", "/activate", "/language"}:
            continue
        for address in addresses(page["path"]):
            reader, held = office.reader(user), office.may(user, *needed(page["act"]))
            foreign = reader.http.post(office.server.url + address, data={"form_token": "x" * 64}, allow_redirects=False, timeout=60)
            if foreign.status_code not in (403, 404):
                wrong.append(f"{address}: takes a form without our token: {foreign.status_code}")
            if not held and (status := reader.post(address).status_code) != 403:
                wrong.append(f"{address}: answers {status} without {page['act']}")
    assert not wrong, "\n".join(wrong)


def test_nobody_comes_in_without_a_name(office):
    """Who is not signed in is led to the door, or told that a token is needed."""
    wrong = []
    for page in office.pages:
        for address in addresses(page["path"]) if page["draw"] and "public" not in page["flags"] else []:
            answer = requests.get(office.server.url + address, allow_redirects=False, timeout=60)
            led = answer.status_code == 303 and answer.headers["Location"].startswith("/in")
            if not led and not ("api" in page["flags"] and answer.status_code == 401):
                wrong.append(f"{address}: {answer.status_code} {answer.headers.get('Location')}")
    assert not wrong, "\n".join(wrong)


# ---- reach ------------------------------------------------------------------------------------------------------------

def some_outside(office, user, n=5):
    return [p for p in sorted(office.unit) if not office.within(user, p)][:n]


# Pages about one person; what they ask beside the reach.
ABOUT_ONE = ["/people/{}", "/people/{}/book", "/people/{}/readers", "/people/{}/since?from=1", "/list/person/{}", "/api/v1/person/{}",
             "/api/v1/person/{}/rating", "/enter/rating/{}", "/list/person/{}/change", "/rounds/1/people/{}",
             "/rounds/1/people/{}/proof"]


@pytest.mark.parametrize("user", ["hr.tax", "manager", "manager.other"])
def test_outside_the_reach_nobody_exists(office, user):
    """proves: DP-07"""
    outside, nobody, reader, wrong = some_outside(office, user), "099999999", office.reader(user), []
    assert outside
    for number in outside:
        for form in ABOUT_ONE:
            answer, unknown = reader.get(form.format(number)), reader.get(form.format(nobody))
            if answer.status_code != unknown.status_code or answer.status_code not in (403, 404):
                wrong.append(f"{form.format(number)}: {answer.status_code}, of nobody {unknown.status_code}")
            if number in answer.text.replace(form.format(number), ""):
                wrong.append(f"{form.format(number)}: the refusal names the person")
    assert not wrong, "\n".join(wrong)


LISTS = ["/people", "/people?sort=seniority", "/people?q=a", "/people/sheet", "/find?q=0", "/find?q=a", "/find?q=s", "/list/person", "/list/rating",
         "/list/sanction", "/list/post", "/list/post_history", "/sheet/person", "/sheet/rating", "/due", "/due/sheet", "/due/letters",
         "/seniority", "/seniority/sheet", "/health", "/health/people", "/health/doubles", "/figures", "/rounds", "/rounds/1",
         "/rounds/1/sheet", "/rounds/1/compare?with=as-reported", "/api/v1/person?limit=500", "/api/v1/rating?limit=500",
         "/api/v1/post_history?limit=500", "/api/v1/find?q=a", "/api/v1/rounds/1/people", "/organisation", "/organisation/PERS", "/organisation/PERS-1A",
         "/organisation/MOF", "/organisation/MOF-01", "/", "/mine", "/duty/letters?unit=PERS-1A"]


@pytest.mark.parametrize("user", ["hr.tax", "manager", "manager.other", "employee"])
def test_no_list_names_anybody_outside_the_reach(office, user):
    """proves: DP-07"""
    reader, wrong = office.reader(user), []
    own = re.findall(NUMBER, reader.get("/mine").headers.get("Location", ""))
    inside = {p for p in office.unit if office.may(user, "people") and office.within(user, p)} | set(own)
    for address in LISTS + [f"/find?q={n}" for n in some_outside(office, user)]:
        answer = reader.get(address)
        assert answer.status_code < 500, address
        said = re.sub(r'(value|href|content)="[^"]*"', "", answer.text) if address.startswith("/find") else answer.text
        foreign = {n for n in NUMBER.findall(said) if n in office.unit} - inside
        foreign -= {n for n in foreign if f"q={n}" in address}
        if foreign:
            wrong.append(f"{address}: {sorted(foreign)[:3]} and {len(foreign)} in all")
    assert not wrong, "\n".join(wrong)


def test_counts_are_of_the_reach(office):
    reader = office.reader("manager")
    inside = sum(office.within("manager", p) for p in office.unit)
    total = re.search(r'class="total">[^<]* of ([\d,]+)', reader.get("/people").text)
    assert inside > 5 and int(total[1].replace(",", "")) == inside


# ---- confidential parts -------------------------------------------------------------------------------------------------

def test_confidential_parts_need_their_right(office):
    """The only 91 twice: nobody sees the scores but whoever may.

    proves: DP-07
    """
    pages = ["/people/060000104", "/people/060000104/book", "/list/person/060000104", "/api/v1/person/060000104/rating", "/list/rating", "/sheet/rating",
             "/people/060000104/since?from=1", "/rounds/1/people/060000104"]
    scores, shown = ("92.5", "91.25", "9250", "9125"), {}
    for user in ("hr", "data", "auditor", "employee", "admin"):
        shown[user] = [p for p in pages if any(s in office.reader(user).get(p).text for s in scores)]
    assert "/people/060000104/book" in shown["hr"] and "/api/v1/person/060000104/rating" in shown["hr"]
    assert {u: p for u, p in shown.items() if u != "hr" and p} == {}


def test_no_asking_by_what_is_confidential(office):
    """Order, filter and spreadsheet columns tell nothing to who may not see."""
    data, hr = office.reader("data"), office.reader("hr")
    by_score = data.get("/list/rating?sort=score")
    assert by_score.status_code < 500
    rows = lambda text: re.findall(NUMBER, text)
    assert rows(by_score.text) == rows(data.get("/list/rating").text)
    assert "score" not in data.get("/sheet/rating").text.splitlines()[0]
    assert "score" in hr.get("/sheet/rating").text.splitlines()[0]


def test_a_reading_is_written_down_before_it_is_shown(office):
    """proves: DP-07 MP-223"""
    manager, auditor = office.reader("manager"), office.reader("auditor")
    count = lambda: len(office.table("file_read"))
    before = count()
    assert manager.get("/people/060000105/book").status_code == 200
    after = office.table("file_read")
    assert len(after) > before and after and any(r["reader"] == "manager" and r["staff_number"] == "060000105" for r in after)
    assert "Ratna Kusumawardani" in auditor.get("/duty/reads").text
    assert "Ratna Kusumawardani" in auditor.get("/people/060000105/readers").text
    between = count()
    employee = office.reader("employee")
    assert employee.get("/people/060000101/book").status_code == 200
    assert count() == between, "nobody is noted as a reader of the own file"
    assert "Who can read this file" in employee.get("/people/060000101/readers").text


def test_every_reading_stands_on_some_page_of_the_readers(office):
    """proves: DP-07"""
    manager, auditor = office.reader("manager"), office.reader("auditor")
    for _ in range(55):
        assert manager.get("/people/060000105/book").status_code == 200
    written = sum(r["staff_number"] == "060000105" for r in office.table("file_read"))
    page, shown, pages = auditor.get("/people/060000105/readers"), 0, 0
    while page:
        table = re.search(r"Who has read the confidential parts.*?</table>", page.text, re.S)[0]
        shown += table.count("<tr") - 1
        earlier = re.search(r'href="(/people/060000105/readers\?before=\d+)"', page.text)
        page = earlier and auditor.get(earlier[1])
        pages += 1
    assert shown == written and pages > 1


@pytest.mark.parametrize("user", USERS)
def test_users_and_secrets_are_nobodys_list(office, user):
    reader = office.reader(user)
    for entity in ("user_password", "user_session", "user_token", "user_setting", "sign_in_wait", "sent_form", "kept_form", "draft"):
        for form in ("/list/{}", "/sheet/{}", "/api/v1/{}", "/list/{}/new", "/upload/{}"):
            assert reader.get(form.format(entity)).status_code in (403, 404), form.format(entity)
    for entity, right in (("merit_user", "users"), ("user_role", "users"), ("user_letter", "users"), ("file_read", "audit")):
        status = reader.get(f"/api/v1/{entity}").status_code
        assert status in (200, 404) and (status == 404 or office.may(user, right)), (entity, status)


# ---- deputies, letters, tokens --------------------------------------------------------------------------------------------

def test_a_deputy_reaches_what_was_handed_over(office):
    manager, other = office.reader("manager"), office.reader("manager.other")
    assert other.get("/people/060000101").status_code == 404
    assert manager.post("/away", deputy="manager.other", **{"from": "2008-09-15"}, until="2008-09-20", reason="leave").status_code == 303
    assert other.get("/people/060000101").status_code == 200
    number = re.search(r'name="end" value="(\d+)"', manager.get("/away").text)[1]
    assert manager.post("/away", end=number).status_code == 303
    assert other.get("/people/060000101").status_code == 404


def test_the_users_of_a_demo_are_listed_with_their_password(office):
    lines = office.store.must("user list", "--demo").splitlines()
    assert {line.split()[0] for line in lines} == set(office.users) and all(line.endswith("three-quiet-boats") for line in lines)


def test_the_unit_of_letters_is_found_by_code_and_by_name(office):
    hr = office.reader("hr")
    by_code, by_name = (hr.get(f"/duty/letters?unit={unit}").text for unit in ("PERS-1A1", "office of decrees"))
    people = re.findall(r"<li>[^<]+<span class=.under.>(\d+)", by_code)
    assert people and people == re.findall(r"<li>[^<]+<span class=.under.>(\d+)", by_name)


def test_whoever_is_back_has_no_deputy_any_more(office, tmp_path):
    sheet = tmp_path / "deputies.csv"
    sheet.write_text("user,number,valid_from,until,deputy,role,reason\ntono,1,2008-09-01,2008-09-30,tini,,leave\n")
    for user, role in (("tono", "line-manager"), ("tini", "employee")):
        office.store.must("user add", user, "--name", user, "--role", role, "--unit", "PERS-1A", "--from", "2008-09-01")
        office.store.must("user password", user, "--stdin", input="three-quiet-boats\n")
        office.users[user] = {"user": user, "role": role, "unit": "PERS-1A", "password": "three-quiet-boats"}
    office.store.must("import", "user_deputy", sheet)
    tono, tini = office.reader("tono"), office.reader("tini")
    assert tini.get("/people/060000102").status_code == 200
    page = tono.get("/away").text
    assert page.count('name="end"') == 1
    assert tono.post("/away", end=re.search(r'name="end" value="(\d+)"', page)[1]).status_code == 303
    assert tini.get("/people/060000102").status_code == 404
    assert 'name="end"' not in tono.get("/away").text, "what is over is not listed, nor offered to be ended again"


def test_a_duty_given_from_a_day_to_come_is_shown(office):
    admin = office.reader("admin")
    rows = lambda: re.findall(r"<tr><td>.*?</tr>", admin.get("/duty/user/auditor").text, re.S)
    before = len(rows())
    assert admin.post("/duty/user/auditor", give="duty", role="line-manager", unit="PERS-1A", **{"from": "2008-12-01"}, until="").status_code == 303
    after = rows()
    assert len(after) == before + 1 and "1 Dec 2008" in after[-1] and "Ends today" not in after[-1], after


def test_a_letter_works_once(office):
    hr = office.reader("hr")
    page = hr.post("/duty/letters", unit="PERS-1A1").text
    code, word = re.search(r"<code>(\d+)</code>.*?<code>([A-Z0-9-]{11})</code>", page, re.S).groups()
    person = requests.Session()
    url = office.server.url

    def send(address, **form):
        token = re.search(r'name="form_token" value="([^"]+)"', person.get(url + address).text)[1]
        return person.post(url + address, data={"form_token": token, **form}, allow_redirects=False)

    assert send("/activate", name=code, word="AAAAA-AAAAA").status_code == 422
    came = send("/activate", name=code, word=word.lower())
    assert (came.status_code, came.headers["Location"]) == (303, "/password")
    assert person.get(url + "/mine", allow_redirects=False).headers["Location"] == "/password"
    assert send("/password", new="short", again="short").status_code == 422
    assert send("/password", new="green chair tuesday", again="green chair tuesday").status_code == 303
    assert person.get(url + "/mine", allow_redirects=False).headers["Location"] == f"/people/{code}"
    person.cookies.clear()
    assert send("/activate", name=code, word=word).status_code == 422


def test_the_desk_of_who_manages_users_tells_whom_to_help(office):
    """Who has not come in, who is kept waiting, whose deputy ends; nobody else is told."""
    def desk(user="admin"):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", office.reader(user).get("/").text))

    def figure(words):
        return int(re.search(rf"([\d,]+) {words}", desk())[1])

    hr, manager = office.reader("hr"), office.reader("manager")
    before = {words: figure(words) for words in ("Letters not used yet", "Deputies ending within a week",
                                                 "Waiting after wrong passwords")}
    page = hr.post("/duty/letters", unit="PERS-1A2").text
    letters = len(re.findall(r"<code>[A-Z0-9]{5}-[A-Z0-9]{5}</code>", page))
    assert letters and figure("Letters not used yet") == before["Letters not used yet"] + letters
    assert "the word of the letter works until" in desk()
    assert manager.post("/away", deputy="manager.other", **{"from": "2008-09-15"}, until="2008-09-20", reason="leave").status_code == 303
    assert figure("Deputies ending within a week") == before["Deputies ending within a week"] + 1
    assert "until 20 September 2008" in desk()
    number = re.search(r'name="end" value="(\d+)"', manager.get("/away").text)[1]
    assert manager.post("/away", end=number).status_code == 303
    assert figure("Deputies ending within a week") == before["Deputies ending within a week"]
    url, stranger = office.server.url, requests.Session()
    for _ in range(6):
        token = re.search(r'name="form_token" value="([^"]+)"', stranger.get(url + "/in").text)[1]
        stranger.post(url + "/in", data={"form_token": token, "name": "somebody.unknown", "password": "not this one"})
    assert figure("Waiting after wrong passwords") > before["Waiting after wrong passwords"]
    assert "Nobody has verified everything since this program was started." in desk()
    office.reader("auditor").post("/proof")
    assert "all is sound" in desk()
    for other in ("hr", "manager", "employee", "auditor"):
        assert "have not come in yet" not in desk(other)


def test_a_token_never_does_more_than_its_user(office):
    manager = office.reader("manager")
    page = manager.post("/tokens", name="sheet", days="30", people="true", users="true").text
    token = {"Authorization": "Bearer " + re.search(r'class="code">([^<]+)<', page)[1]}
    ask = lambda address: requests.get(office.server.url + address, headers=token, allow_redirects=False, timeout=60)
    assert ask("/api/v1/person/060000101").status_code == 200
    assert "score" not in ask("/api/v1/person/060000101/rating").text
    assert ask(f"/api/v1/person/{some_outside(office, 'manager')[0]}").status_code == 404
    assert ask("/api/v1/merit_user").status_code == 404
    assert ask("/people").status_code == 303, "pages take sessions only"


def test_wrong_names_and_wrong_passwords_are_told_alike(office):
    def told(name):
        person = requests.Session()
        token = re.search(r'name="form_token" value="([^"]+)"', person.get(office.server.url + "/in").text)[1]
        answer = person.post(office.server.url + "/in", data={"form_token": token, "name": name, "password": "not the one"})
        return answer.status_code, re.sub(r'value="[^"]*"', "", re.search(r'role="alert".*?</div>', answer.text, re.S)[0])
    assert told("data") == told("nobody-of-this-name")
    for _ in range(4):
        last = told("data")
    assert last[0] == 429


def test_what_a_deputy_writes_names_both(office):
    hr, deputy, number = office.reader("hr"), office.reader("employee"), "060000105"
    assert hr.post("/away", deputy="employee", role="hr-officer", **{"from": "2008-09-15"}, until="2008-09-20", reason="leave").status_code == 303
    page = deputy.post("/tokens", name="late papers", days="1", people="true", people_write="true", closed="true").text
    token = {"Authorization": "Bearer " + re.search(r'class="code">([^<]+)<', page)[1]}
    fact = {"kind": "oral-reprimand", "decided_on": "2008-09-10", "grace_until": "", "decree": "KEP-9/2008"}
    written = requests.post(f"{office.server.url}/api/v1/person/{number}/sanction", headers=token, json=fact, timeout=60)
    assert written.status_code in (200, 201, 204), written.text
    with sqlite3.connect(f"file:{office.store.where}?mode=ro", uri=True) as db:
        user = dict(db.execute("SELECT code, id FROM merit_user"))
        last = db.execute("SELECT actor, on_behalf FROM entry WHERE action NOT IN ('read', 'user.deputy') ORDER BY seq DESC").fetchone()
    assert last == (user["employee"], user["hr"])
    back = re.search(r'name="end" value="(\d+)"', hr.get("/away").text)[1]
    assert hr.post("/away", end=back).status_code == 303
    assert requests.get(f"{office.server.url}/api/v1/person/{number}", headers=token, timeout=60).status_code == 404


# ---- from the command line ------------------------------------------------------------------------------------------------

def test_the_first_administrator_comes_from_the_command_line(store):
    store.must("user add", "boss", "--name", "The first", "--role", "administrator")
    assert re.fullmatch(r"[A-Z0-9]{5}-[A-Z0-9]{5}\n", store.must("user password", "boss"))
    assert store("user password", "boss", "--stdin", input="short\n").returncode == 1
    assert store("user password", "boss", "--stdin", input="three quiet boats\n").returncode == 0
    assert json.loads(store.must("user list", "--json")) == [{"user": "boss", "name": "The first", "role": "administrator"}]
    assert store.must("user list", "--demo").split() == ["boss", "administrator", "all", "The", "first"], "no password but of a demo"
    twice = store("user add", "boss", "--name", "Another")
    assert twice.returncode == 1 and "belongs to another" in twice.stderr
    store.must("user grant", "boss", "--role", "auditor", "--until", "2099-12-31")
    assert store("user grant", "boss", "--role", "no-such-role").returncode == 1
    assert store("user", "boss").returncode == 2
    for secret in ("user_password", "user_session", "user_token"):
        assert store("export", secret).returncode == 2
    assert "every row, entry and checkpoint verifies" in store.must("verify")


def test_figures_count_the_reach(office):
    """proves: DP-07"""
    for user in ("hr.tax", "manager"):
        inside = sum(office.within(user, p) for p in office.unit)
        for page in ("/figures", "/health") if office.may(user, "figures") else ():
            told = re.search(r"People in service</dt><dd>([\d,]+)", office.reader(user).get(page).text)
            assert told and 0 < int(told[1].replace(",", "")) <= inside < len(office.unit), page
