"""What a file can have wrong: each its own message with file, row and column and what to do; nothing half imported."""
import os
import signal
import stat
import subprocess
import time

import merit
import pytest

UNITS = "code,name,parent,kind,valid_from\nMOF,Ministry,,ministry,2000-01-01\nDIR,Directorate,MOF,directorate,2000-01-01\n"
POSTS = ("code,title,unit,category,echelon,rank_low,rank_high,valid_from\nP1,Clerk,DIR,general,,,,2000-01-01\n"
         "P2,Clerk,DIR,general,,,,2000-01-01\n")
PEOPLE = ("staff_number,name,sex,birth_date,education,joined_on,category\n100,Siti Aminah,F,1970-02-03,bachelor,1995-03-01,general\n"
          "200,Budi,M,1971-02-03,senior-high,1996-03-01,general\n")
RANKS = "staff_number,rank,valid_from,decree\n"
POST_HELD = "staff_number,post,valid_from,decree\n"
RATINGS = "staff_number,tool,year,score\n"


@pytest.fixture
def office(store, tmp_path):
    for record, text in (("unit", UNITS), ("post", POSTS), ("person", PEOPLE)):
        (tmp_path / f"{record}.csv").write_text(text)
    store.load(tmp_path)
    return store


# record, bytes, words that the message holds beside the file's name
BAD = [
    ("rating", "staff_number,tool,year,score\n100,DP3,2007,91\xe9\n".encode("latin-1"), "row 2", "UTF-8"),
    ("rating", b'staff_number,tool,year,score\n100,DP3,2007,"91\n', "row 2", "quotation mark"),
    ("rating", b"staff_number,tool,year,score\n100,DP3,2007\n", "row 2", "cells"),
    ("rating", b"staff_number,tool,year,points\n100,DP3,2007,91\n", "column points", "no such column"),
    ("rating", b"staff_number,tool,year,score\n100,DP3,2007,91\n100,DP3,2007,92\n", "row 3", "same key"),
    ("rating", b"staff_number,tool,year,score\n100,DP3,2007,140\n", "row 2, column score", "100"),
    ("rating", b"staff_number,tool,year,score\n100,DP3,2007,91.555\n", "row 2, column score", "decimals"),
    ("rating", b"staff_number,tool,year,score\n999,DP3,2007,91\n", "row 2, column staff_number", "no person has"),
    ("rank_history", b"staff_number,rank,valid_from,decree\n100,III/x,2004-04-01,SK\n", "row 2, column rank", "III/a"),
    ("rank_history", b"staff_number,rank,valid_from,decree\n100,III/a,2004-02-30,SK\n", "row 2, column valid_from", "2004-02-30"),
    ("rank_history", b"staff_number,rank,valid_from,decree\n100,III/a,1960-04-01,SK\n", "row 2, column valid_from", "3 February 1970"),
    ("post_history", b"staff_number,post,valid_from,decree\n100,P1,2004-04-01,SK\n200,P1,2005-04-01,SK\n", "row 3, column post", "held by 100"),
    ("post_history", b"staff_number,post,valid_from,decree\n100,P9,2004-04-01,SK\n", "row 2, column post", "no post has the code P9"),
    ("unit", b"code,name,parent,kind,valid_from\nA,A,B,section,2000-01-01\nB,B,A,section,2000-01-01\n", "column parent", "itself"),
    ("person", b"staff_number,name,sex,birth_date,education,joined_on,category\n300,X,Q,1970-01-01,bachelor,1995-01-01,general\n",
     "row 2, column sex", "F"),
    ("person", b"staff_number,name,sex,birth_date,education,joined_on,category\n300,X,F,1970-01-01,bachelor,1960-01-01,general\n",
     "row 2, column joined_on", "birth_date"),
    ("post", b"code,title,unit,category,echelon,rank_low,rank_high,valid_from\nP7,Head,DIR,structural,IIIA,,IV/b,2000-01-01\n",
     "row 2, column rank_low", "structural"),
]


@pytest.mark.parametrize("record,data,where,what", BAD)
def test_each_fault_has_its_own_words(office, tmp_path, record, data, where, what):
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    before = office.must("export", record, "--all")
    done = office("import", record, path)
    assert done.returncode == 1, done.stdout
    assert str(path) in done.stderr and where in done.stderr and what in done.stderr, done.stderr
    assert ";" in done.stderr, "what to do is said"
    assert office.must("export", record, "--all") == before


def test_a_short_row_does_not_hide_what_else_is_wrong(office, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("staff_number,tool,year,score\n100,DP3,2007\n100,DP3,2006,140\n\n999,DP3,2006,91,1\n999,DP3,2007,91\n200,DP3,2007,91\n")
    done = office("import", "rating", path)
    assert done.returncode == 1
    for where in ("row 2, column score", "row 3, column score", "row 5", "row 6, column staff_number"):
        assert f"{path}, {where}" in done.stderr, done.stderr
    assert office.must("export", "rating", "--all").count("\n") == 1
    path.write_text("staff_number,tool,year,score\n100,DP3,2007\n200,DP3,2007,91\n")  # all that is whole is right
    assert office("import", "rating", path).returncode == 1
    assert office.must("export", "rating", "--all").count("\n") == 1


def test_all_problems_are_counted_and_the_first_thousand_listed(office, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text(RATINGS + "".join(f"100,DP3,{1950 + i % 50},{140 + i}\n" for i in range(1500)))
    done = office("import", "rating", path)
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1 and len(lines) == 1001, len(lines)
    assert "more problems" in lines[-1]


@pytest.mark.parametrize("data", [
    b"\xef\xbb\xbfstaff_number,tool,year,score\r\n100,DP3,2007,91\r\n",
    b"staff_number;tool;year;score\n100;DP3;2007;91\n",
    b'"staff_number","tool","year","score"\n"100","DP3","2007","91"\n',
    b"staff_number,tool,year,score\n100,DP3,2007,91",
])
def test_the_ways_in_which_offices_write_files(office, tmp_path, data):
    path = tmp_path / "good.csv"
    path.write_bytes(data)
    assert "1 added" in office.must("import", "rating", path)


def test_no_rows_are_fine(office, tmp_path):
    path = tmp_path / "none.csv"
    path.write_text(RATINGS)
    assert "0 rows" in office.must("import", "rating", path)


def test_mapping_extra_columns_and_dry_run(office, tmp_path):
    path, mapping = tmp_path / "theirs.csv", tmp_path / "map.csv"
    path.write_text("NIP,tool,year,nilai,remark\n100,DP3,2007,91,good\n")
    mapping.write_text("file_column,column\nNIP,staff_number\nnilai,score\nremark,\n")
    assert office("import", "rating", path).returncode == 1
    dry = office.must("import", "rating", path, "--map", mapping, "--dry-run")
    assert "1 added" in dry and "nothing was written" in dry
    assert office.must("export", "rating").count("\n") == 1
    office.must("import", "rating", path, "--map", mapping)
    assert office.must("export", "rating").count("\n") == 2
    extra = tmp_path / "extra.csv"
    extra.write_text("staff_number,tool,year,score,remark\n100,DP3,2006,91,good\n")
    assert "remark" in office("import", "rating", extra).stderr
    office.must("import", "rating", extra, "--ignore-extra")


def test_the_same_key_later_is_a_problem_unless_corrected(office, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(RATINGS + "100,DP3,2007,80\n")
    office.must("import", "rating", path)
    path.write_text(RATINGS + "100,DP3,2007,81\n")
    assert "row 2" in office("import", "rating", path).stderr
    assert office("import", "rating", path, "--correct").returncode == 2
    assert "1 corrected" in office.must("import", "rating", path, "--correct", "--reason", "read from the signed list")
    assert ",81," in office.must("export", "rating")


def test_wrong_use_says_how_it_goes(office):
    for words in (["import", "nothing", "x"], ["round list"], ["round open"], ["show", "person"], ["export", "person", "--format", "pdf"]):
        done = office(words[0], *words[1:])
        assert done.returncode == 2 and "usage: merit" in done.stderr, words
    assert merit.run("nonsense").returncode == 2
    assert merit.run("round", "list", "--help").returncode == 0


def test_a_pack_with_faults_is_refused_by_place(tmp_path):
    import shutil
    pack = tmp_path / "pack"

    def changed(name, before, after):
        shutil.rmtree(pack, ignore_errors=True)
        shutil.copytree(merit.PACK, pack)
        text = (pack / name).read_text()
        assert before in text
        (pack / name).write_text(text.replace(before, after, 1))
        done = merit.run("pack", "check", pack)
        assert done.returncode == 1, name
        return done.stderr

    assert "min_education" in changed("ranks.csv", "min_education", "schooling")
    unknown = changed("policies/as-regulated.yaml", "years_in_rank@1", "years_in_rank@9")
    assert "as-regulated.yaml:" in unknown and "years_in_rank@9" in unknown
    assert "140" in changed("policies/as-reported.yaml", "minimum: 91", "minimum: 140")
    assert "as-reported.yaml:" in changed("policies/as-reported.yaml", "kind: rank", "kind: &a rank")


# ---- surroundings -------------------------------------------------------------------------------------------------------


def test_a_second_store_is_not_made_over_the_first(store):
    done = store("init", "--pack", merit.PACK)
    assert done.returncode == 1 and "exists" in done.stderr


def test_a_place_that_is_no_store(tmp_path):
    assert merit.run("verify", tmp_path / "none.db").returncode == 3
    foreign = tmp_path / "f.db"
    foreign.write_text("this is no database")
    done = merit.run("verify", foreign)
    assert done.returncode == 1 and "never a store" in done.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert merit.run("init", folder / "s.db", "--pack", merit.PACK).returncode == 3


def test_a_full_disk_loses_nothing_acknowledged(tmp_path):
    store = merit.new("sqlite", tmp_path)
    for record, text in (("unit", UNITS), ("post", POSTS), ("person", PEOPLE)):
        (tmp_path / f"{record}.csv").write_text(text)
    store.load(tmp_path)
    rows = "".join(f"{9000 + i},Person {i},F,1970-02-03,bachelor,1995-03-01,general\n" for i in range(20000))
    (tmp_path / "big.csv").write_text("staff_number,name,sex,birth_date,education,joined_on,category\n" + rows)
    before = store.must("export", "person", "--all")
    full = subprocess.run(["bash", "-c", f"ulimit -f 1500; {merit.BIN} import {store.where} person {tmp_path}/big.csv"],
                          capture_output=True, text=True)
    assert full.returncode == 3 and full.stderr, full
    assert store.must("export", "person", "--all") == before
    assert store("verify").returncode == 0


def test_a_killed_import_leaves_the_store_as_it_was(tmp_path):
    store = merit.new("sqlite", tmp_path)
    for record, text in (("unit", UNITS), ("post", POSTS), ("person", PEOPLE)):
        (tmp_path / f"{record}.csv").write_text(text)
    store.load(tmp_path)
    rows = "".join(f"{9000 + i},Person {i},F,1970-02-03,bachelor,1995-03-01,general\n" for i in range(60000))
    (tmp_path / "big.csv").write_text("staff_number,name,sex,birth_date,education,joined_on,category\n" + rows)
    before = store.must("export", "person", "--all")
    for delay in (0.05, 0.15, 0.3):
        running = subprocess.Popen([merit.BIN, "import", store.where, "person", str(tmp_path / "big.csv")],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        running.send_signal(signal.SIGKILL)
        acknowledged = running.communicate()[0]
        now = store.must("export", "person", "--all")
        assert store("verify").returncode == 0
        if acknowledged:
            assert now.count("\n") == 60003
            break
        assert now == before or now.count("\n") == 60003
        if now != before:
            break


def test_a_second_writer_waits_then_gives_up_with_words(tmp_path):
    import sqlite3
    store = merit.new("sqlite", tmp_path)
    (tmp_path / "unit.csv").write_text(UNITS)
    held = sqlite3.connect(store.where, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    done = merit.run("import", store.where, "unit", tmp_path / "unit.csv", env={"MERIT_WAIT_MS": "300"})
    assert done.returncode == 3 and done.stderr
    held.execute("ROLLBACK")
    held.close()
    store.load(tmp_path)
