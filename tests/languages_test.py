"""What people read stands in every language that is offered, and the checker of the translations finds what it is there to
find. Pages in Indonesian hold no text of the program in English; the sign-in page greets in Thai and Khmer too."""
import html
import re
import sqlite3
import subprocess

import browser
import merit
import office
import pytest
import scratch
import walk


@pytest.fixture(scope="module")
def ministry(tmp_path_factory):
    ministry = office.Office(tmp_path_factory.mktemp("languages"))
    yield ministry
    ministry.stop()


def texts(po):
    """{text: translation} of a file, without what is filled in later."""
    plain = subprocess.run(["msgcat", "--no-wrap", po], check=True, stdout=subprocess.PIPE, text=True).stdout
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', plain, re.M)
    return {text: said for text, said in pairs if "%" not in text and "{" not in text and "\\" not in text}


def said_on(answer):
    """The texts of a page, each element's or attribute's apart."""
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", answer.text)
    shown = re.findall(r">([^<]+)<", page) + re.findall(r' (?:title|aria-label|placeholder|alt)="([^"]+)"', page)
    return {re.sub(r"\s+", " ", html.unescape(s)).strip() for s in shown}


def test_what_was_found_is_read_by_each_in_their_own_language(tmp_path):
    """One verifies in Indonesian, and the next reader of the page has chosen English; and the other way round."""
    store = merit.new("sqlite", tmp_path)
    store.must("demo", "--staff", 300)
    with sqlite3.connect(store.where) as db:
        db.execute("UPDATE rating SET score = 6000 WHERE vid = 1")
    server = browser.Server(store)
    try:
        seen = {}
        for by in ("id", "en"):
            visits = {lang: walk.Visit(server.url, lang) for lang in ("id", "en")}
            for visit in visits.values():
                visit.sign_in("auditor", office.PASSWORD)
            form = next(f for f in walk.Page.of(visits[by].get("/proof")).forms if f["method"] == "post" and f.get("main"))
            assert visits[by].send(server.url + "/proof", form, {}).status_code == 200
            for lang, first in (("en", r"The first: ([^.<]+)"), ("id", r"Yang pertama: ([^.<]+)")):
                seen[by, lang] = re.search(first, visits[lang].get("/proof").text)[1]
        assert seen["id", "en"] == seen["en", "en"] and seen["id", "id"] == seen["en", "id"]
        assert seen["en", "en"].startswith("Yearly rating: ") and seen["id", "id"].startswith(INDONESIAN["Yearly rating"] + ": ")
        assert seen["en", "en"].partition(": ")[2] != seen["id", "id"].partition(": ")[2]
    finally:
        server.stop()


INDONESIAN = {text: said for text, said in texts(scratch.ROOT / "locale/id.po").items() if said != text}
# One word may be the name of somebody or something; three are a sentence of ours.
SENTENCES = {text for text in INDONESIAN if text.count(" ") >= 2}


@pytest.mark.parametrize("user", ["hr", "manager", "employee", "auditor", "decider", "admin"])
def test_an_indonesian_reader_meets_no_english_sentence_of_ours(ministry, user):
    pages, _ = ministry.visit(user, "id-ID,id;q=0.9,en;q=0.1").everywhere(most=150)
    assert len(pages) > 20
    for address, (answer, page) in pages.items():
        if "text/html" in answer.headers.get("Content-Type", ""):
            assert page.lang == "id", address
            assert not said_on(answer) & SENTENCES, address


def test_days_numbers_and_ranks_are_written_as_indonesians_do(ministry):
    visit = ministry.visit("hr", "id")
    assert '<time datetime="2008-09-15">15 September 2008</time>' in visit.get("/").text
    people = visit.get("/people").text
    assert "Penata Muda, III/a" in people or "Pengatur, II/c" in people
    # the same name of the rank in English, where dates are English
    assert re.search(r"(Penata|Pengatur|Juru|Pembina)[A-Za-z ]*, I", ministry.visit("hr").get("/people").text)
    assert re.search(r"\d Okt 2008|\d Agu 2008|\d Mei 20\d\d|\d Des 20\d\d", visit.get("/due?months=12").text)


def test_problems_of_a_form_are_said_in_the_language_of_the_page(ministry):
    visit = walk.Visit(ministry.url, "id")
    answer = visit.get("/in")
    form = next(f for f in walk.Page(answer.text).forms if "password" in f["fields"])
    answer = visit.send(answer.url, form, {"name": "nobody", "password": "wrong"})
    assert answer.status_code == 422
    assert "nama atau kata sandi tidak benar" in answer.text


@pytest.mark.parametrize("tag, day", [("th", "15 กันยายน 2551"), ("km", "15 កញ្ញា 2008")])
def test_the_sign_in_page_greets_in_a_language_that_only_it_has(ministry, tag, day):
    visit = walk.Visit(ministry.url, f"{tag},en;q=0.5")
    answer = visit.get("/in")
    assert walk.Page(answer.text).lang == tag
    assert f'<time datetime="2008-09-15">{day}</time>' in answer.text
    assert not said_on(answer) & (SENTENCES | {"Password", "Sign in", "Help"})
    # what is behind it is whole in English, and not half in each
    visit = ministry.visit("hr", f"{tag},en;q=0.5")
    assert walk.Page(visit.get("/people").text).lang == "en"


def test_who_wants_a_language_that_is_not_there_is_answered_in_english(ministry):
    for wanted in ("nl", "", "*", "xx;q=1, de"):
        assert walk.Page(walk.Visit(ministry.url, wanted).get("/in").text).lang == "en"


# ---- the checker of the translations ---------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path):
    return scratch.copy(tmp_path)


def change(tree, pattern, by, file="locale/id.po"):
    path = tree / file
    text = path.read_text()
    changed, n = re.subn(pattern, lambda m: by.replace("\\1", m[1] if m.groups() else ""), text, count=1)
    assert n == 1, f"{pattern} does not stand in {file}"
    path.write_text(changed)


COLUMN = r'(msgid "column %s"\n)msgstr ".*"'
SPLIT = r'(msgid "row %zu has the same key; keep one of the two"\n)msgstr ".*"'
FAULTS = [
    (COLUMN, '\\1msgstr ""', "not translated: column %s"),
    (COLUMN, '\\1msgstr "kolom %d"', "format specifications in 'msgid' and 'msgstr'"),
    (COLUMN, '\\1msgstr "kolom %s "', "begins or ends with a blank"),
    (COLUMN, '\\1msgstr "kolom %1$s"', "changes the order of what is filled in"),
    (COLUMN, "", "missing: column %s"),
    (r'(\n)msgid "column %s"', '\\1#, fuzzy, c-format\nmsgid "column %s"', "fuzzy: column %s"),
    (r'(\n)msgid "column %s"', '\\1msgid "nobody says this"\nmsgstr "x"\n\nmsgid "column %s"',
     "the program does not say it: nobody says this"),
    (SPLIT, '\\1msgstr "simpan salah satunya; baris %zu"', 'does not fill in the same before the last "; "'),
    (r'(msgid "not yet: \{value\} runs until \{sanction_until\}"\n)msgstr ".*"', '\\1msgstr "{nilai}"',
     "fills in what the text does not have"),
]


@pytest.mark.parametrize("pattern, by, said", FAULTS, ids=range(len(FAULTS)))
def test_a_planted_fault_is_found(tree, pattern, by, said):
    change(tree, pattern, by)
    status, words = scratch.run(tree, "locale/check")
    assert status == 1
    assert said in words


def test_a_new_text_is_missing_until_it_is_translated(tree):
    with open(tree / "src/face/frame.c", "a") as file:
        file.write('const char *const planted = N_("a text that is new");\n')
    status, words = scratch.run(tree, "locale/check")
    assert status == 1
    assert "id.po: missing: a text that is new" in words
    scratch.run(tree, "locale/update")
    assert 'msgid "a text that is new"\nmsgstr ""' in (tree / "locale/id.po").read_text()
