"""merit demo: the same ministry for the same seed, exact shares, people who show what they are there to show."""
import collections
import csv
import fractions
import io
import json
import os
import subprocess
import sys

import merit as shared
import pytest
import scratch

MERIT = scratch.ROOT / "build/merit"
PACK = scratch.ROOT / "packs/indonesia-2008"
ORACLE = scratch.ROOT / "tests/oracle_rank.py"
DAY = "2008-10-01"
FILES = ("unit post person rank_history post_history rating exam_result course_result sanction status_history "
         "document citation job_class job_element competency job_competency").split()
PRINTED = {"structural": 8619, "functional": 5759, "general": 46864}


def merit(*words, status=0, **environment):
    done = subprocess.run([MERIT, *map(str, words)], capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == status, done.stderr or done.stdout
    return done.stdout if status == 0 else done.stderr


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def fresh(folder, name="ministry.db"):
    store = folder / name
    merit("init", store, "--pack", PACK)
    return store


def demo(folder, *options, name="ministry.db", **environment):
    store = fresh(folder, name)
    merit("demo", store, *options, **environment)
    return store


def export(store, entity):
    return rows(merit("export", store, entity, "--all"))


def root(store):
    return next(line for line in merit("verify", store).splitlines() if line.startswith("root "))


def everything(store):
    return [merit("export", store, entity, "--all") for entity in FILES] + [root(store)]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("small"), "--staff", 100)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("usual"))


@pytest.fixture(scope="module")
def listed(small):
    """What both policies say of the fixed people's unit."""
    found = {}
    for policy in ("as-reported", "as-regulated"):
        number = merit("round", "open", small, "--kind", "rank", "--policy", policy, "--unit", "PERS", "--as-of", DAY).strip()
        found[policy] = {r["staff_number"]: r for r in rows(merit("round", "list", small, number, "--format", "csv"))}
    return found


# ---------------------------------------------------------------- the same again


def test_the_same_seed_gives_the_same_bytes_whatever_the_threads(tmp_path, small):
    for workers in ("1", "5"):
        again = demo(tmp_path, "--staff", 100, name=f"{workers}.db", MERIT_WORKERS=workers)
        assert everything(again) == everything(small)
        for file in ("key", "key.pub", "checkpoints"):
            assert (tmp_path / f"{workers}.db.d" / file).read_bytes() == (small.parent / "ministry.db.d" / file).read_bytes()


def test_another_seed_gives_another_ministry_around_the_same_fixed_people(tmp_path, small):
    other = demo(tmp_path, "--staff", 100, "--seed", 2)
    assert root(other) != root(small)
    ours, theirs = ({r["staff_number"]: r["name"] for r in export(s, "person")} for s in (small, other))
    fixed = {n for n in ours if n < "060001000"}
    assert len(fixed) == 25 and {n: ours[n] for n in fixed} == {n: theirs[n] for n in theirs if n < "060001000"}
    assert ours != theirs


def test_it_verifies_and_says_that_it_is_a_demo(small):
    said = merit("verify", small)
    assert "this is a demo: its people are invented" in said
    assert "every row, entry and checkpoint verifies" in said
    assert "a demo: these people are invented" in merit("show", small, "person", "060000101")


def test_its_rules_are_those_of_the_store_byte_for_byte(small):
    assert "stands in the store already" in merit("pack", "load", small, PACK)


# ---------------------------------------------------------------- sizes and shares


def shares(staff):
    """Largest remainder, computed in another way than the program does."""
    exact = {c: fractions.Fraction(staff * n, sum(PRINTED.values())) for c, n in PRINTED.items()}
    given = {c: int(e) for c, e in exact.items()}
    for c in sorted(exact, key=lambda c: given[c] - exact[c])[: staff - sum(given.values())]:
        given[c] += 1
    return given


def check_size(store, staff):
    people = {r["staff_number"]: r for r in export(store, "person")}
    assert len(people) == staff
    assert collections.Counter(r["category"] for r in people.values()) == shares(staff)
    posts = {r["code"]: r for r in export(store, "post")}
    held = {}
    for r in sorted(export(store, "post_history"), key=lambda r: r["valid_from"]):
        if r["acting"] == "false":
            held[r["staff_number"]] = r["post"]
    assert set(held) == set(people), "everybody has a post"
    assert all(posts[post]["category"] == people[who]["category"] for who, post in held.items())
    assert len(set(held.values())) == staff, "and nobody shares one"
    assert 0.015 < 1 - staff / len(posts) < 0.035
    heads = collections.Counter(p["unit"] for p in posts.values() if p["heads_unit"] == "true")
    assert heads == {u["code"]: 1 for u in export(store, "unit")}, "each unit has one head's post"
    assert all(bool(p["rank_low"]) == (p["category"] == "structural") == bool(p["echelon"]) for p in posts.values())
    return people, posts, held


@pytest.mark.parametrize("staff", (100, 101, 257))
def test_so_many_people_in_the_printed_shares(tmp_path, staff):
    check_size(demo(tmp_path, "--staff", staff), staff)


def test_the_usual_ministry_looks_like_one(usual):
    people, posts, held = check_size(usual, 2000)
    scores = [float(r["score"]) for r in export(usual, "rating")]
    mean = sum(scores) / len(scores)
    assert 78.5 < mean < 79.7
    assert 2.6 < (sum((s - mean) ** 2 for s in scores) / len(scores)) ** 0.5 < 3.6
    assert sum(s >= 91 for s in scores) < len(scores) / 100
    facts = [r for e in ("rank_history", "post_history", "rating", "exam_result", "course_result") for r in export(usual, e)]
    assert 0.02 < sum(r["proof"] == "claimed" for r in facts) / len(facts) < 0.04
    days = collections.Counter(r["valid_from"][5:] for r in export(usual, "rank_history") if r["valid_from"] >= "2004")
    assert days["04-01"] + days["10-01"] > 0.9 * sum(days.values())
    vacant_heads = [p for c, p in posts.items() if p["heads_unit"] == "true" and c not in held.values()]
    assert len(vacant_heads) > 3, "so that some look further up for their superior"
    born = collections.Counter(r["birth_date"][:4] for r in people.values())
    assert sum(born[str(y)] for y in range(1953, 1957)) > 1.4 * sum(born[str(y)] for y in range(1968, 1972))
    one_word = sum(" " not in r["name"] for r in people.values())
    assert 0.08 < one_word / len(people) < 0.2
    assert all(len(n) == 9 and n.isdigit() for n in people)


def test_the_files_of_a_demo_are_read_back_by_another_store(tmp_path, small):
    other = fresh(tmp_path)
    for entity in FILES[:10]:
        (tmp_path / "file.csv").write_text(merit("export", small, entity, "--all"))
        merit("import", other, entity, tmp_path / "file.csv")
        assert merit("export", other, entity, "--all") == merit("export", small, entity, "--all")


@pytest.mark.parametrize("policy", ("as-reported", "as-regulated"))
def test_an_independent_judge_agrees(tmp_path, usual, policy):
    number = merit("round", "open", usual, "--kind", "rank", "--policy", policy, "--unit", "MOF", "--as-of", DAY).strip()
    (tmp_path / "list.csv").write_text(merit("round", "list", usual, number, "--format", "csv"))
    for entity in FILES[:10]:
        (tmp_path / f"{entity}.csv").write_text(merit("export", usual, entity, "--all"))
    done = subprocess.run([sys.executable, ORACLE, tmp_path, PACK, "--unit", "MOF", "--as-of", DAY, "--policy", policy,
                           "--compare", tmp_path / "list.csv"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "0 differences" in done.stderr


# ---------------------------------------------------------------- the fixed people

# number: outcome as regulated, and what speaks against it: criterion, value, complete on
REGULATED = {
    "060000101": ("meets",),
    "060000102": ("not-yet", "time_in_rank", "47", "2008-10-02"),
    "060000103": ("not-yet", "rating", "75;77", ""),
    "060000104": ("meets",),
    "060000105": ("not-yet", "ceiling", "III/b", ""),
    "060000106": ("meets",),
    "060000107": ("not-yet", "exam", "service-1", ""),
    "060000108": ("meets",),
    "060000109": ("meets",),
    "060000110": ("not-yet", "superior", "III/d", ""),
    "060000111": ("other-kind",),
    "060000112": ("meets",),
    "060000113": ("not-yet", "sanction", "promotion-delay", "2008-10-02"),
    "060000114": ("not-yet", "time_in_rank", "0", "2012-10-01"),
    "060000115": ("not-yet", "time_in_rank", "24", "2010-10-01"),
    "060000116": ("not-yet", "time_in_rank", "42", "2009-04-01"),
    "060000216": ("incomplete",),
    "060000217": ("not-yet", "ceiling", "III/c", ""),
    "060000118": ("not-yet", "time_in_rank", "36", "2009-09-30"),
    "060000119": ("meets",),
    "060000123": ("not-yet", "time_in_rank", "30", "2010-04-01"),
    "060000124": ("meets",),
    "060000126": ("not-yet", "time_in_rank", "36", "2009-10-01"),
}


@pytest.mark.parametrize("number", sorted(REGULATED))
def test_each_shows_the_case_under_the_regulation(listed, number):
    outcome, *against = REGULATED[number]
    row = listed["as-regulated"][number]
    assert row["outcome"] == outcome
    speaks = [c[:-4] for c in row if c.endswith("_met") and row[c] == "no"]
    assert speaks == against[:1], "nothing else stands in the way"
    if against:
        name, value, complete_on = against
        assert (row[name + "_value"], row[name + "_complete_on"]) == (value, complete_on)


def test_one_alone_is_let_through_as_reported(listed):
    assert [n for n, r in listed["as-reported"].items() if r["outcome"] == "meets"] == ["060000104"]
    assert listed["as-reported"]["060000104"]["rating_value"] == "92.5;91.25"


def test_a_course_stands_for_the_examination(listed):
    assert listed["as-regulated"]["060000108"]["exam_value"] == "diklatpim-4"


def test_one_below_the_band_rises_a_year_after_the_oath(small, listed):
    assert listed["as-regulated"]["060000109"]["time_in_rank_complete_on"] == "2008-09-20"
    post = next(p for p in export(small, "post") if p["code"] == "PERS-1A1.00")
    assert post["rank_low"] == listed["as-regulated"]["060000109"]["next"]


def test_whoever_acts_as_head_is_the_superior(small, listed):
    """Seven months on the day of the round; the head's own post is vacant."""
    acting = [r for r in export(small, "post_history") if r["acting"] == "true"]
    assert [(r["staff_number"], r["post"], r["valid_from"]) for r in acting] == [("060000126", "PERS-1A2.00", "2008-03-01")]
    assert listed["as-regulated"]["060000112"]["superior_value"] == "III/c"


def test_a_late_decree_was_not_known_before_it_came(small):
    before = merit("show", small, "person", "060000115", "--as-of", DAY, "--known-at", "2008-09-03")
    now = merit("show", small, "person", "060000115", "--as-of", DAY)
    assert "KEP-1102/UP.3/2008" not in before
    assert "KEP-1102/UP.3/2008" in now and "2006-10-01" in now


def test_a_court_gave_another_day_of_birth_and_the_office_another_number(small):
    before = merit("show", small, "person", "060000117", "--known-at", "2008-09-03")
    now = merit("show", small, "person", "060000117")
    assert "1953-06-12" in before and "1955-06-12" not in before
    assert "1955-06-12" in now
    assert merit("show", small, "person", "060000217") == now
    person = next(r for r in export(small, "person") if r["staff_number"] == "060000217")
    assert (person["former_number"], person["number_from"]) == ("060000117", "2008-09-08")


def test_a_new_diploma_lifts_the_ceiling_from_its_day(small, listed):
    versions = [(r["valid_from"], r["education"]) for r in export(small, "person") if r["staff_number"] == "060000106"]
    assert versions == [("1979-10-01", "senior-high"), ("2008-02-20", "bachelor")]
    assert listed["as-regulated"]["060000106"]["ceiling_value"] == "III/d"


def test_a_director_retires_at_the_end_of_the_month(small):
    due = rows(merit("due", small, "--unit", "PERS", "--as-of", DAY, "--months", 12))
    assert ("060000123", "retirement", "2008-10-31") in {(r["staff_number"], r["kind"], r["due_on"]) for r in due}


def test_one_person_has_two_files(small):
    files = [r for r in export(small, "person") if r["staff_number"] in ("060000116", "060000216")]
    assert len({(r["birth_date"], r["joined_on"], r["sex"]) for r in files}) == 1
    assert len({r["name"] for r in files}) == 2


def test_whoever_was_missing_is_back(small):
    away = [(r["status"], r["valid_from"]) for r in export(small, "status_history") if r["staff_number"] == "060000124"]
    assert away[1:] == [("missing", "2005-02-14"), ("active", "2006-01-09")]


def test_papers_stand_only_for_the_fixed_people_and_each_cited_one_is_there(small):
    papers = {(r["staff_number"], r["number"]) for r in export(small, "document")}
    assert papers and all(number < "060001000" for number, _ in papers)
    assert {(r["staff_number"], r["document"]) for r in export(small, "citation")} <= papers


def test_the_guide_lists_every_fixed_person(small):
    page = (scratch.ROOT / "docs/guide/demo-people.md").read_text()
    for r in export(small, "person"):
        if r["staff_number"] < "060001000":
            assert r["staff_number"] in page and r["name"] in page


# ---------------------------------------------------------------- what is refused


def test_a_demo_is_not_told_twice(small):
    assert "not fresh from merit init" in merit("demo", small, status=1)


def test_a_store_in_use_is_left_alone(tmp_path):
    store = fresh(tmp_path)
    (tmp_path / "unit.csv").write_text("code,name,parent,kind,valid_from\nX,A unit,,ministry,2000-01-01\n")
    merit("import", store, "unit", tmp_path / "unit.csv")
    before = everything(store)
    assert "not fresh from merit init" in merit("demo", store, status=1)
    assert everything(store) == before
    assert not list(tmp_path.glob("*.tmp"))


def test_a_store_that_is_not_there(tmp_path):
    assert "there is no such store" in merit("demo", tmp_path / "none.db", status=3)


def test_both_databases_hold_the_same_ministry(tmp_path):
    """Same seed, same root, whichever database holds it; and a server's schema is emptied only when fresh from init."""
    if not shared.PG:
        pytest.skip("MERIT_TEST_PG names no server")
    roots = []
    for kind in ("sqlite", "postgres"):
        folder = tmp_path / kind
        folder.mkdir()
        store = shared.new(kind, folder)
        store.must("demo", "--staff", "300")
        told = json.loads(store.must("verify", "--json"))
        assert told["ok"]
        roots.append(told["root"])
        again = store("demo")
        assert again.returncode == 1 and "not fresh from merit init" in again.stderr
    assert roots[0] == roots[1]


@pytest.mark.parametrize("options", (("--staff", "99"), ("--staff", "many"), ("--seed", "x"), ("--staff", "600000")))
def test_sizes_and_seeds_that_cannot_be(tmp_path, options):
    assert "usage: merit demo" in merit("demo", fresh(tmp_path), *options, status=2)


def test_nothing_is_left_beside_the_store(tmp_path):
    (tmp_path / "tmp").mkdir()
    demo(tmp_path, "--staff", 100, TMPDIR=str(tmp_path / "tmp"))
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["checkpoints", "key", "key.pub", "ministry.db", "ministry.db.d", "tmp"]
