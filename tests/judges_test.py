"""The judges of pages and the style sheet: sample pages with every part pass, a page with faults is found out by each."""
import collections
import pathlib
import re

import browser
import judges
import merit
import pytest

pytestmark = pytest.mark.browser
SAMPLES = merit.ROOT / "tests/judges"
STYLE = merit.ROOT / "assets/style.css"


@pytest.fixture(scope="module")
def window():
    with browser.Browser() as b:
        yield b


def show(window, name, size=browser.DESKTOP, dark=False):
    window.size(size)
    window.media(dark=dark)
    window.open((SAMPLES / f"{name}.html").as_uri())


def test_samples_pass(window):
    """proves nothing of pages: that the parts they are made of pass, on both screens and in the dark."""
    bench = judges.Judges()
    for name in ("lists", "files"):
        for label, size, dark in (("desktop", browser.DESKTOP, False), ("phone", browser.PHONE, False),
                                  ("dark", browser.DESKTOP, True)):
            show(window, name, size, dark)
            assert window.sideways() == []
            bench.look(window, f"{name}, {label}")
            window.shot(f"sample-{name}-{label}")
    assert bench.read() == []


def test_faults_are_found(window):
    bench = judges.Judges()
    show(window, "bad", browser.PHONE)
    assert window.sideways()
    bench.look(window, "bad")
    found = collections.defaultdict(str)
    for line in bench.read():
        judge, rest = line.removeprefix("bad: ").split(" ", 1)
        found[judge] += rest + "\n"
    assert {"image-alt", "color-contrast", "label", "target-size", "html-has-lang"} <= set(re.findall(r"^[\w-]+", found["axe"], re.M))
    assert "H37" in found["HTML_CodeSniffer"] and "G18" in found["HTML_CodeSniffer"]
    assert "Duplicate ID" in found["Nu"] and "obsolete" in found["Nu"]
    assert "no-implicit-button-type" in found["html-validate"] and "no-dup-id" in found["html-validate"]


def test_same_without_scripts_and_on_a_slow_line(window):
    window.scripts(False)
    show(window, "files")
    assert not window.one("#problems") == window.driver.switch_to.active_element
    window.scripts(True)
    show(window, "files")
    assert window.one("#problems") == window.driver.switch_to.active_element


def test_style_sheet_is_small_and_pages_name_only_its_classes():
    sheet = STYLE.read_text()
    assert len(sheet.encode()) < 25_000
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet, flags=re.S)))
    quoted = re.findall(r"`([^`\n]+)`", (merit.ROOT / "assets/README.md").read_text())
    told = {word for words in quoted for word in re.findall(r"[a-z][a-z0-9-]*", words)} | {"s2", "s3", "s4"}
    assert styled - told == set(), "classes that assets/README.md does not name"
    used = collections.defaultdict(set)
    for path in pathlib.Path(merit.ROOT / "src").rglob("*.c"):
        if path.name.endswith("_test.c"):
            continue
        for names in re.findall(r'class=\\"([^"\\]*)\\"', path.read_text()):
            for name in names.split():
                used[name].add(str(path.relative_to(merit.ROOT)))
    unknown = {name: sorted(where) for name, where in used.items() if name not in styled and name not in told}
    assert not unknown, f"classes that assets/style.css does not know: {unknown}"
