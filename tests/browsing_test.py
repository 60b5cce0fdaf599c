"""The pages of the demo in a browser: in the other language, with wrong forms and empty lists, by keyboard alone, without
scripts, on a slow line and on one that is cut.
"""
import base64
import re
import subprocess

import browser
import judges
import pytest
import walk
from ministry import SHOTS, demo, first_of_each_shape, judged, sign_in, window  # noqa: F401
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser


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


def test_conditions_are_read_on_a_phone_without_scrolling(demo, window):
    """Four columns of sentences: on a phone they stand under each other, each with its head; on a desk side by side."""
    sign_in(window, demo, "officer")
    tables = """return Array.from(document.querySelectorAll('table.stacks'), t => {
        const cells = Array.from(t.tBodies[0].rows[0].cells), tops = new Set(cells.map(c => Math.round(c.getBoundingClientRect().top)));
        return [t.parentElement.scrollWidth - t.parentElement.clientWidth, tops.size, cells.length,
                cells.slice(1).map(c => getComputedStyle(c, '::before').content.slice(1, -1)),
                Array.from(t.tHead.rows[0].cells, h => h.textContent).slice(1)]; })"""
    for address in ("/rules/policies/rank/as-regulated", "/rules/policies/rank/as-reported"):
        for size in (browser.DESKTOP, browser.PHONE):
            window.size(size)
            window.open(demo.url + address)
            assert window.status == 200 and not window.sideways()
            (over, lines, cells, labels, heads), = window.run(tables)
            assert over <= 0, f"{address}: {over} px must be scrolled at {size}"
            assert cells == 4 and lines == (1 if size == browser.DESKTOP else 4)
            assert size == browser.DESKTOP or labels == heads
    window.size(browser.DESKTOP)


def printed(window):
    """Width and height of the first sheet of paper, and how far the page reaches over what the sheet leaves."""
    pdf = base64.b64decode(window.cdp("Page.printToPDF", preferCSSPageSize=True)["data"])
    wide, high = (float(x) for x in re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    window.size((int((wide / 72 - 32 / 25.4) * 96), 1000))
    window.media(paper=True)
    over = window.sideways()
    window.media()
    window.size(browser.DESKTOP)
    return wide, high, over


def test_paper_lies_across_where_a_table_is_wide(demo, window):
    sign_in(window, demo, "officer")
    for address, across in (("/seniority?print=1", True), ("/people/060000101/book", False)):
        window.open(demo.url + address)
        wide, high, over = printed(window)
        assert (wide > high) == across and not over, (address, wide, high, over)
    window.media(paper=True)
    assert not any(a.is_displayed() for a in window.all("main a[href^='/enter/']")), "paper asks nobody to type"
    window.media()


def test_a_unit_is_drawn_whole_on_a_phone(demo, window):
    sign_in(window, demo, "officer")
    window.size(browser.PHONE)
    window.open(demo.url + "/organisation/PERS")
    drawn = window.run("""return Array.from(document.querySelectorAll('main svg'), s => {
        const box = s.getBoundingClientRect(); return [s.getAttribute('width') - box.width, s.getAttribute('height') - box.height]; })""")
    assert drawn and all(lost == [0, 0] for lost in drawn), drawn
    window.size(browser.DESKTOP)


def test_bars_and_their_figures_are_whole_on_a_phone(demo, window):
    sign_in(window, demo, "officer")
    window.size(browser.PHONE)
    window.open(demo.url + "/figures")
    ends = window.run("""return Array.from(document.querySelectorAll('.bars .measure'), m =>
        Math.max(...Array.from(m.children, x => x.getBoundingClientRect().right)) - document.documentElement.clientWidth)""")
    assert len(ends) > 20 and max(ends) <= 0, ends
    longest = window.run("""return Array.from(document.querySelectorAll('.bars'), b => Math.max(...Array.from(
        b.querySelectorAll('svg'), s => s.getBoundingClientRect().width)))""")
    assert longest and min(longest) > 200, longest
    window.size(browser.DESKTOP)


@pytest.mark.parametrize("tag", ["th", "km"])
def test_thai_and_khmer_are_drawn_with_their_letters(demo, window, tag):
    """The sign-in page in a language of which the system has a font: no boxes in place of letters."""
    window.driver.delete_all_cookies()
    window.size(browser.PHONE)
    window.cdp("Network.setExtraHTTPHeaders", headers={"Accept-Language": tag})
    try:
        window.open(demo.url + "/in")
    finally:
        window.cdp("Network.setExtraHTTPHeaders", headers={})
    assert window.one("html").get_attribute("lang") == tag and not window.sideways()
    said = subprocess.run(["fc-list", f":lang={tag}", "family"], capture_output=True, text=True, check=True).stdout
    able = {family for line in said.splitlines() for family in line.split(",")}
    drawn = window.fonts("h1")
    assert drawn and drawn <= able, f"drawn with {drawn}; {tag} is in {able}"


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
