"""The independent judge of rank rounds gives what was written down by hand before it ran."""
import csv
import os
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = os.path.join(HERE, "..", "oracle_rank.py")
PACK = os.path.join(HERE, "..", "..", "packs", "indonesia-2008")
POLICIES = ["as-reported", "as-regulated"]


def oracle(*arguments):
    return subprocess.run([sys.executable, ORACLE, HERE, PACK, "--unit", "MOF", *arguments],
                          capture_output=True, text=True)


def listed(policy):
    run = oracle("--as-of", "2008-10-01", "--policy", policy)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize("policy", POLICIES)
def test_outcomes_are_those_written_by_hand(policy):
    computed = {r["staff_number"]: r["outcome"] for r in csv.DictReader(listed(policy).splitlines())}
    with open(os.path.join(HERE, "cases.csv"), encoding="utf-8") as f:
        by_hand = {r["staff_number"]: r[policy.replace("-", "_")] for r in csv.DictReader(f)}
    assert computed == {number: outcome for number, outcome in by_hand.items() if outcome != "-"}


@pytest.mark.parametrize("policy", POLICIES)
def test_the_list_is_the_one_kept(policy):
    with open(os.path.join(HERE, f"expected-{policy}.csv"), encoding="utf-8") as f:
        assert listed(policy) == f.read()


def test_compare_names_each_difference(tmp_path):
    kept = os.path.join(HERE, "expected-as-reported.csv")
    same = oracle("--as-of", "2008-10-01", "--compare", kept)
    assert (same.returncode, same.stdout) == (0, "")
    with open(kept, encoding="utf-8") as f:
        text = f.read()
    changed = tmp_path / "list.csv"
    changed.write_text(text.replace("\n1001,III/a,III/b,meets", "\n1001,III/a,III/b,not-yet"), encoding="utf-8")
    other = oracle("--as-of", "2008-10-01", "--compare", str(changed))
    assert other.returncode == 1
    assert other.stdout == "1001 outcome: computed 'meets', listed 'not-yet'\n"


def test_another_day_is_refused_and_the_next_period_named():
    run = oracle("--as-of", "2008-10-02")
    assert run.returncode == 1
    assert "the next is 2009-04-01" in run.stderr
