"""What an office does in a day, done in a real browser with scripts off, at the width of a desk and of a phone, and one
whole job by keyboard alone: finding, entering, correcting, deciding, asking why; two at once; the line cut; a session ended."""
import re
import socket

import browser
import office
import pytest
import walk
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

pytestmark = pytest.mark.browser
OLD, NEW = "060000117", "060000217"  # Ketut Sudarma, before and after the court's ruling
LATE, RATED, TWICE = "060000101", "060000102", "060000103"
SIZES = pytest.mark.parametrize("size", [browser.DESKTOP, browser.PHONE], ids=["desk", "phone"])


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = office.Office(tmp_path_factory.mktemp("trial"))
    yield house
    house.stop()


@pytest.fixture(scope="module")
def window():
    with browser.Browser() as b:
        b.scripts(False)
        yield b


@pytest.fixture(scope="module")
def other():
    with browser.Browser() as b:
        b.scripts(False)
        yield b


def sign_in(window, house, user, address="/"):
    window.driver.delete_all_cookies()
    window.open(f"{house.url}/in?next={address}")
    credentials(window, user)


def credentials(window, user):
    window.type("main input[autocomplete=username]", user)
    window.type("main input[type=password]", office.PASSWORD)
    window.press(window.one("main form button"))
    assert not window.all("main input[type=password]"), window.text()


def form(window, field="form_step"):
    return next(f for f in window.all("main form[method=post]") if f.find_elements(By.NAME, field))


def put(window, **values):
    for name, value in values.items():
        controls = window.all(f"main [name='{name}']")
        assert controls, f"no field {name} on {window.driver.current_url}"
        kind = controls[0].get_attribute("type")
        if controls[0].tag_name == "select":
            Select(controls[0]).select_by_value(value)
        elif kind == "radio":
            next(c for c in controls if c.get_attribute("value") == value).click()
        elif kind == "date":
            window.run("arguments[0].value = arguments[1]", controls[0], value)
        else:
            controls[0].clear()
            controls[0].send_keys(value)


def go(window, words):
    """Presses the link or the button that says this."""
    found = [e for e in window.all("main a, main button") if e.text.strip() == words]
    assert found, f"nothing on {window.driver.current_url} says {words}: {window.text()[:800]}"
    window.press(found[0])


def value(window, name):
    return window.one(f"main [name='{name}']").get_attribute("value")


def fits(window):
    assert not window.sideways(), (window.driver.current_url, window.sideways())


def find(window, words):
    window.type("header input[type=search]", words)
    window.press(window.one("header form[role=search] button"))


# ---- one after the other, as the issue tells it ----------------------------------------------------------------------


@SIZES
def test_an_old_number_finds_the_person(house, window, size):
    window.size(size)
    sign_in(window, house, "hr")
    fits(window)
    find(window, OLD)
    assert window.one("h1").text == "Ketut Sudarma" and NEW in window.text()
    fits(window)


@SIZES
def test_a_late_decree_tells_what_it_changes_before_it_is_saved(house, window, size):
    window.size(size)
    sign_in(window, house, "hr")
    find(window, LATE)
    go(window, "Decree on rank")
    decree, day = ("KEP-LATE/1", "2007-10-01") if size == browser.DESKTOP else ("KEP-LATE/2", "2008-04-01")
    put(window, valid_from=day, rank="III/c", decree=decree, decree_date="2007-09-20", grade_years="7", grade_months="6",
        proof="proved")
    fits(window)
    go(window, "Check the answers")
    text = window.text()
    assert "What this changes" in text and "This reaches back" in text and decree in text, text
    assert decree not in house.store.must("export", "rank_history")
    fits(window)
    if size == browser.PHONE:  # let it be: looking changes nothing
        return
    window.press(form(window).find_element(By.CSS_SELECTOR, "button"))
    assert "Saved. Receipt" in window.text()
    assert decree in house.store.must("export", "rank_history")


@SIZES
def test_a_rating_recorded_wrongly_leaves_both_readings(house, window, size):
    window.size(size)
    person = RATED if size == browser.DESKTOP else TWICE
    sign_in(window, house, "hr", f"/people/{person}/book")
    link = next(a for a in window.all("main a[href*='/enter/rating/']"))
    window.press(link)
    before = value(window, "score")
    put(window, score="88.25", form_how="wrongly", why="the sheet of another year was copied")
    go(window, "Check the answers")
    assert "88.25" in window.one("ins").text and before in window.one("del").text
    fits(window)
    window.press(form(window).find_element(By.CSS_SELECTOR, "button"))
    assert "Saved. Receipt" in window.text()
    window.open(f"{house.url}/people/{person}/book?known_at=2008-08-31")
    assert "88.25" not in window.text() and before in window.text()
    window.open(f"{house.url}/people/{person}/book")
    assert "88.25" in window.text() and "the sheet of another year was copied" in window.text()
    assert any(before in e.text for e in window.all("del")), "what was believed before is gone"
    fits(window)


@SIZES
def test_a_round_from_its_opening_to_its_seal_and_why(house, window, size):
    window.size(size)
    sign_in(window, house, "secretary", "/rounds")
    day = "2008-10-01" if size == browser.DESKTOP else "2009-04-01"
    put(window, unit="PERS", **{"as-of": day})
    window.press(form(window, "as-of").find_element(By.CSS_SELECTOR, "button"))
    number = re.search(r"/rounds/(\d+)$", window.driver.current_url)
    assert number, window.text()
    fits(window)
    papers(window)
    sign_in(window, house, "decider", f"/rounds/{number[1]}/seal")
    button = window.one("main form[method=post] button")
    assert not button.get_attribute("disabled")
    window.one("main input[name=sure]").click()
    fits(window)
    window.press(button)
    assert "This round is decided" in window.text(), window.text()
    fits(window)


def papers(window):
    """Who is held up by a paper, and each with the paper that lacks."""
    links = [a for a in window.all("main a") if a.text == "Work through the missing papers"]
    if not links:
        assert "Papers missing\n0" in window.text(), window.text()
        return
    window.press(links[0])
    people = window.all("main a[href^='/rounds/'][href*='/people/']")
    assert people, "nobody to work through"
    window.press(people[0])
    assert "missing" in window.text().lower(), window.text()
    fits(window)
    go(window, "Open the file")
    assert "Facts that wait for their paper" in window.text()


@SIZES
def test_an_employee_reads_why_and_who_has_read(house, window, size):
    window.size(size)
    sign_in(window, house, "employee", "/mine")
    own = window.driver.current_url.rstrip("/").rsplit("/", 1)[1]
    fits(window)
    go(window, "Why, in the newest round")
    assert own in window.driver.current_url and "failed" not in window.text().lower()
    fits(window)
    window.open(f"{house.url}/people/{own}/readers")
    assert "Who can read this file" in window.text()
    fits(window)
    house.page(house.visit("hr"), f"/people/{own}/book")
    window.open(f"{house.url}/people/{own}/readers")
    assert "Sri Handayani" in window.one("main table").text, window.text()


@SIZES
def test_an_auditor_draws_a_sample_and_verifies(house, window, size):
    window.size(size)
    sign_in(window, house, "auditor")
    window.open(f"{house.url}/proof/sample?seed=harian-2008-09-15&n=3")
    cases = window.all("main a[href$='/proof'][href*='/people/']")
    assert len(cases) == 3 and "as sealed, the rules give it" in window.text()
    fits(window)
    window.open(f"{house.url}/rounds/{house.sealed}/check")
    assert window.text().count("yes") >= 3
    fits(window)
    window.open(f"{house.url}/proof")
    window.press(window.one("main form[method=post] button"))
    assert "all is sound" in window.text(), window.text()
    fits(window)


def test_another_units_manager_is_shown_nothing(house, window):
    window.size(browser.PHONE)
    sign_in(window, house, "manager.other")
    for words in (OLD, NEW, "Ketut Sudarma"):
        find(window, words)
        assert "Ketut" not in window.text().replace(words, "") and not window.all(f"main a[href*='{NEW}']")
    for address in (f"/people/{NEW}", f"/people/{NEW}/book", f"/rounds/{house.sealed}/people/{NEW}"):
        window.open(house.url + address)
        assert window.status == 404 and "Ketut" not in window.text()
    fits(window)


def test_two_save_the_same(house, window, other):
    """Yours, theirs and what was before; nothing that was typed is gone."""
    window.size(browser.DESKTOP)
    other.size(browser.PHONE)
    address = f"/list/person/{LATE}/change"
    for b, user in ((window, "hr"), (other, "data")):
        sign_in(b, house, user, address)
        if b.status != 200 or not b.all("main [name=name]"):
            sign_in(b, house, "hr", address)
    before = value(window, "name")
    for b, name in ((other, "Dewi A. Lestari"), (window, "Dewi Anggraeni Lestari")):
        put(b, name=name, form_how="wrongly", why="as on the certificate of birth")
        go(b, "Check the answers")
    other.press(form(other).find_element(By.CSS_SELECTOR, "button"))
    assert "Saved. Receipt" in other.text()
    window.press(form(window).find_element(By.CSS_SELECTOR, "button"))
    assert window.status == 409
    text = window.text()
    for words in (before, "Dewi Anggraeni Lestari", "Dewi A. Lestari", "Keep yours", "Keep theirs"):
        assert words in text, (words, text)
    assert value(window, "why") == "as on the certificate of birth", "the reason that was typed is gone"
    window.size(browser.PHONE)
    fits(window)
    put(window, name="Dewi Anggraeni Lestari")
    window.press(form(window).find_element(By.CSS_SELECTOR, "button"))
    window.press(form(window).find_element(By.CSS_SELECTOR, "button"))
    assert "Saved. Receipt" in window.text(), window.text()
    assert "Dewi Anggraeni Lestari" in house.store.must("export", "person")


# ---- what goes wrong on the way --------------------------------------------------------------------------------------


def sent_in_part(window, house, address, head, body, whole):
    """The first bytes of a request, by the session of the window; then the line is cut."""
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in window.driver.get_cookies())
    host, port = house.url.split("//")[1].split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(f"POST {address} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n{head}\r\n"
                     f"Content-Length: {whole}\r\n\r\n{body}".encode())
        line.shutdown(socket.SHUT_WR)
        line.settimeout(10)
        return line.recv(20000)


def test_the_line_is_cut_in_a_form_and_in_an_upload(house, window):
    window.size(browser.DESKTOP)
    sign_in(window, house, "hr", f"/enter/document/{LATE}")
    token = value(window, "form_token")
    sent_in_part(window, house, f"/enter/document/{LATE}", "Content-Type: application/x-www-form-urlencoded",
                 f"form_token={token}&form_step=save&number=HALF-1&dated=2008-01", 4000)
    window.open(f"{house.url}/upload/document")
    edge = "x" * 20
    sent_in_part(window, house, "/upload/document", f"Content-Type: multipart/form-data; boundary={edge}",
                 f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nstaff_number,valid_from', 90000)
    assert "HALF-1" not in house.store.must("export", "document", "--all")
    window.open(f"{house.url}/people/{LATE}")
    assert window.status == 200, "a line that was cut hinders the next page"
    # what was to be sent when the line was dead is sent once it is there again
    window.open(f"{house.url}/enter/document/{LATE}")
    put(window, number="WHOLE-1", signed_by="Personnel Bureau", dated="2008-02-01")
    window.run("for (const e of document.querySelectorAll('main [required]')) e.required = false")
    window.line(browser.NO_LINE)
    window.one("main form[method=post] button:not([type=button])").click()
    window.wait_until(lambda: not window.all("main"))
    window.line(browser.FULL_LINE)
    window.driver.refresh()
    window.wait_until(lambda: window.all("main [name=number]"))
    assert value(window, "number") == "WHOLE-1" and value(window, "signed_by") == "Personnel Bureau"


def test_a_session_that_ended_while_typing(house, window):
    window.size(browser.PHONE)
    sign_in(window, house, "hr", f"/enter/rank_history/{RATED}")
    put(window, valid_from="2008-04-01", rank="III/c", decree="KEP-TYPED/1", signed_by="The Minister")
    elsewhere = house.visit("hr")
    settings = elsewhere.get("/settings")
    elsewhere.send(settings.url, next(f for f in walk.Page(settings.text).forms if "elsewhere" in f["fields"]))
    window.press(window.one("main form[method=post] button:not([type=button])"))
    assert window.all("main input[type=password]"), window.text()
    credentials(window, "hr")
    assert "What you had typed" in window.text() or value(window, "decree") == "KEP-TYPED/1", window.text()
    fits(window)
    if not window.all("main [name=decree]:not([type=hidden])"):
        window.press(window.one("main form[method=post] button"))
    assert "KEP-TYPED/1" in window.source and "The Minister" in window.source


# ---- a whole job by keyboard alone -----------------------------------------------------------------------------------


class Keyboard:
    def __init__(self, window):
        self.window = window

    def here(self):
        return self.window.driver.switch_to.active_element

    def to(self, css, words=None):
        for _ in range(120):
            self.here().send_keys(Keys.TAB)
            here = self.here()
            if here in self.window.all(css) and (words is None or here.text.strip() == words):
                shown = self.window.run("const s = getComputedStyle(arguments[0]); return s.outlineStyle !== 'none' || "
                                        "s.boxShadow !== 'none'", here)
                assert shown, f"one does not see that {css} has the focus"
                return here
        raise AssertionError(f"Tab does not lead to {css} {words or ''} on {self.window.driver.current_url}")

    def enter(self, css, words=None):
        self.window.press_key(self.to(css, words), Keys.ENTER)


def test_a_late_decree_by_keyboard_alone(house, window):
    window.size(browser.DESKTOP)
    window.driver.delete_all_cookies()
    window.open(house.url + "/in")
    keys = Keyboard(window)
    keys.to("main input[autocomplete=username]").send_keys("hr")
    keys.to("main input[type=password]").send_keys(office.PASSWORD)
    keys.enter("main form button")
    keys.to("header input[type=search]").send_keys("060000106")
    window.press_key(keys.here(), Keys.ENTER)
    assert window.one("h1").text == "Wahyu Hidayat"
    keys.enter("main a", "Decree on rank")
    day = keys.to("main input[name=valid_from]")
    day.send_keys("04012008")
    keys.to("main select[name=rank]").send_keys("Penata, III/c")
    keys.to("main input[name=decree]").send_keys("KEP-KEYS/1")
    keys.to("main input[name=grade_years]").send_keys("8")
    keys.to("main input[name=proof]").send_keys(Keys.ARROW_DOWN)
    keys.enter("main form button", "Check the answers")
    assert "What this changes" in window.text() and "1 April 2008" in window.text(), window.text()
    keys.enter("main form[method=post] button")
    assert "Saved. Receipt" in window.text()
    assert "KEP-KEYS/1" in house.store.must("export", "rank_history")
