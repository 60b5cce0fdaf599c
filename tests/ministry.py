"""The invented ministry of the demo before a browser and the judges of pages: what the tests of all pages share."""
import os
import re

import browser
import merit
import pytest
import walk

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
    """At the width of a phone each page must fit; axe is asked again of one in four, of all with ./check --all."""
    wrong, present = [], None
    for nth, (role, address) in enumerate(pages):
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
            if label == "desktop" or nth % 4 == 0 or merit.ALL:
                bench.look(window, name, again=label == "phone")
    return wrong
