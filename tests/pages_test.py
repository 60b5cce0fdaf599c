"""Every page that links lead to, as each role of the demo sees it: by plain requests, then in a browser before four judges,
at the width of a desk and of a phone, in both languages; and what a browser does that requests do not.
"""
import os
import re

import browser
import judges
import merit
import pytest
import walk
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("MERIT_SHOTS")  # set: pictures of all pages in build/shots
ROLES = ["officer", "officer-tax", "manager", "manager-other", "staff", "auditor", "decider", "secretary", "data", "admin"]
# Who is looked over whose shoulder in the browser: together they see every shape of page.
WATCHED = ["officer", "staff", "manager", "auditor", "admin"]


class Demo:
    """The invented ministry behind a server, who may sign in, and two rounds: one open, one sealed."""

    def __init__(self, folder):
        self.store = merit.new("sqlite", folder)
        said = self.store.must("demo")
        self.users = {role: (user, password) for role, user, password in re.findall(r"^  ([\w-]+) +([\w.]+) +(\S+)$", said, re.M)}
        for unit, policy in (("MOF-0101", "as-regulated"), ("MOF-01", "as-reported")):
            self.round = self.store.must("round open", "--kind", "rank", "--policy", policy, "--unit", unit,
                                         "--as-of", "2008-10-01").strip()
            if unit == "MOF-0101":
                self.store.must("round seal", self.round)
        self.server = browser.Server(self.store, "--access-log", folder / "access.log")
        self.url = self.server.url
        self.walked = {}

    def visit(self, role, lang="en"):
        visit = walk.Visit(self.url, lang)
        visit.sign_in(*self.users[role])
        return visit

    def pages(self, role):
        if role not in self.walked:
            self.walked[role] = self.visit(role).everywhere()
        return self.walked[role]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    demo = Demo(tmp_path_factory.mktemp("demo"))
    yield demo
    demo.server.stop()


@pytest.fixture(scope="module")
def window():
    with browser.Browser() as b:
        yield b


def sign_in(window, demo, role, lang="en"):
    window.driver.delete_all_cookies()
    window.size(browser.DESKTOP)
    window.open(demo.url + "/in")
    user, password = demo.users[role]
    window.type("main input[autocomplete=username]", user)
    window.type("main input[type=password]", password)
    window.press(window.one("main form button"))
    assert not window.all("main input[type=password]"), f"{role} cannot sign in: {window.text()}"
    other = window.all(f"header button[name=lang][value={lang}]")
    if other:
        window.press(other[0])
    assert window.one("html").get_attribute("lang") == lang


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_to_a_sound_page(demo, role):
    pages, wrong = demo.pages(role)
    assert not wrong, "\n".join(wrong)
    assert len(pages) > 30, f"only {list(pages)}"


def first_of_each_shape(demo):
    """(role, address) of each shape of page once, from the first who comes to it; each one's desk."""
    seen = set()
    for role in WATCHED:
        for address, (answer, _) in demo.pages(role)[0].items():
            kind = walk.shape(address)
            if "text/html" in answer.headers.get("Content-Type", "") and (kind not in seen or kind == "/"):
                seen.add(kind)
                yield role, address


def judged(window, demo, bench, pages, lang):
    wrong, present = [], None
    for role, address in pages:
        if role != present:
            sign_in(window, demo, role, lang)
            present = role
        for label, size in (("desktop", browser.DESKTOP), ("phone", browser.PHONE)):
            name = f"{lang} {role} {address}, {label}"
            window.size(size)
            window.open(demo.url + address)
            wrong += [f"{name}: sideways {what}" for what in window.sideways()]
            wrong += [f"{name}: {what}" for what in window.complaints()]
            if SHOTS:
                window.shot(f"{lang}-{role}{re.sub(r'[^a-z0-9]+', '-', walk.shape(address))}-{label}")
            bench.look(window, name, again=label == "phone")
    return wrong


def test_every_page_before_the_judges(demo, window):
    bench = judges.Judges()
    wrong = judged(window, demo, bench, first_of_each_shape(demo), "en")
    assert not wrong + bench.read(), "\n".join(wrong + bench.findings)


def test_pages_in_indonesian_before_the_judges(demo, window):
    """What the language can change: words that are longer, and marks in them. The source of every page, some in the browser."""
    bench = judges.Judges()
    person = next(a for a in demo.pages("officer")[0] if re.fullmatch(r"/people/\d+", a))
    some = ["/", "/people", person, person + "/book", "/figures", "/due", "/rounds/" + demo.round, "/rules", "/organisation", "/help"]
    wrong = judged(window, demo, bench, [("officer", address) for address in some], "id")
    visit = demo.visit("officer", "id")
    for role, address in first_of_each_shape(demo):
        if role == "officer":
            answer = visit.get(address)
            page = walk.Page(answer.text)
            wrong += [f"id {address}: {what}" for what in walk.faults(answer, page)]
            bench.keep(f"id {address}", answer.text)
    assert not wrong + bench.read(), "\n".join(wrong + bench.findings)


def test_forms_that_are_wrong_and_lists_that_are_empty(demo, window):
    bench, wrong = judges.Judges(), []
    sign_in(window, demo, "officer")
    person = next(a for a in demo.pages("officer")[0] if re.fullmatch(r"/people/\d+", a)).rsplit("/", 1)[1]
    for address in (f"/enter/rank_history/{person}", f"/enter/document/{person}", "/list/course/new"):
        window.open(demo.url + address)
        for control in window.all("main [required]"):
            window.run("arguments[0].removeAttribute('required')", control)
        window.press(window.one("main form[method=post] button"))
        assert window.status == 422 and window.all("#problems a"), f"{address}: {window.status}"
        for link in window.all("#problems a"):
            assert window.all(link.get_attribute("href")[link.get_attribute("href").index("#"):]), "a problem leads to no field"
        assert window.driver.title.startswith("Problem")
        for label, size in (("desktop", browser.DESKTOP), ("phone", browser.PHONE)):
            window.size(size)
            wrong += window.sideways()
            if SHOTS:
                window.shot(f"wrong{re.sub('[^a-z]+', '-', address)}-{label}")
            bench.look(window, f"wrong {address}, {label}", again=label == "phone")
        window.size(browser.DESKTOP)
    long = "Gedung-Perbendaharaan" * 20
    for address in (f"/people?q={long}", f"/find?q={long}", "/find?q=zzzzzz", "/nowhere", "/people/000", "/due?months=x"):
        window.size(browser.PHONE)
        window.open(demo.url + address)
        wrong += window.sideways()
        bench.look(window, f"empty {address[:40]}")
    assert not wrong + bench.read(), "\n".join(map(str, wrong + bench.findings))


def test_sign_in_by_keyboard_alone_with_scripts_off(demo, window):
    window.driver.delete_all_cookies()
    window.size(browser.DESKTOP)
    window.scripts(False)
    window.open(demo.url + "/in")
    user, password = demo.users["officer"]

    def tab_to(css):
        for _ in range(40):
            window.driver.switch_to.active_element.send_keys(Keys.TAB)
            here = window.driver.switch_to.active_element
            if here in window.all(css):
                return here
        raise AssertionError(f"Tab does not lead to {css}")

    window.one("body").send_keys(Keys.TAB)
    assert window.driver.switch_to.active_element == window.one("a.skip")
    tab_to("main input[autocomplete=username]").send_keys(user)
    tab_to("main input[type=password]").send_keys(password)
    window.press_key(tab_to("main form button"), Keys.ENTER)
    tab_to("header input[type=search]").send_keys("060000101")
    window.press_key(window.driver.switch_to.active_element, Keys.ENTER)
    assert "060000101" in window.text()
    window.scripts(True)


def test_a_page_on_a_slow_line(demo, window):
    """256 kbit/s and 600 ms: the desk is there, whole, without a script having run."""
    sign_in(window, demo, "officer")
    window.complaints()  # those of pages before are not this one's
    window.line(browser.SLOW_LINE)
    window.open(demo.url + "/")
    window.line(browser.FULL_LINE)
    assert window.one("h1").text and not window.complaints()
    assert int(window.headers.get("content-length", 0)) < 20_000, "the desk travels uncompressed"


def test_a_draft_is_kept_and_the_line_is_cut(demo, window):
    sign_in(window, demo, "officer")
    person = next(a for a in demo.pages("officer")[0] if re.fullmatch(r"/people/\d+", a)).rsplit("/", 1)[1]
    window.open(f"{demo.url}/enter/rank_history/{person}")
    window.type("main input[name=decree]", "KEP-77/UP.3/2008")
    window.wait_until(lambda: window.all(".kept") and window.one(".kept").text)
    window.line(browser.NO_LINE)
    window.type("main input[name=decree]", "KEP-78/UP.3/2008")
    window.line(browser.FULL_LINE)
    window.open(f"{demo.url}/draft")
    assert window.all(f"main a[href*='/enter/rank_history/{person}']"), window.text()
