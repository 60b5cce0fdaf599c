"""Whoever can write to the database, but has not the key, is found out by verify: every value of every table, every row.

A store of each database is loaded, judged, sealed and corrected. Then one thing at a time is changed behind the program's
back, in copies that work side by side; verify must answer 1 and name the table, and is content again once it is put back.

Each try is a run of verify. What verify computes is the same over both databases, so ./check tries everything over SQLite,
and over PostgreSQL of every table a column of each type, and its rows in each way; ./check --all tries everything over both.
"""
import concurrent.futures
import csv
import io
import json
import os
import queue
import shutil
import sqlite3
import subprocess
import uuid

import merit
import pytest

# What the ten files do not bring, so that no table is empty.
MORE = {
    "document": "staff_number,filed_on,dated,kind,number,signed_by,pages,sha256,seen_by,seen_on\n"
                "1001,2008-02-02,2003-04-05,{document_kinds},SK-77,Head of staff,3," + "ab" * 32 + ",Registrar,2008-02-03\n",
    "citation": "staff_number,cited_on,document,fact,fact_day\n1001,2008-02-04,SK-77,rank_history,2004-04-01\n",
    "competency": "code,valid_from,name,kind,scope,levels\nAUDIT,2000-01-01,Auditing,skill,job,5\n",
    "job_class": "code,valid_from,title,approved_by\nAUDITOR,2000-01-01,Auditor,Minister\n",
    "job_competency": "job_class,valid_from,competency,level\nAUDITOR,2000-01-01,AUDIT,3\n",
    "job_element": "job_class,valid_from,element,description\nAUDITOR,2000-01-01,{job_description_elements},Audits accounts\n",
    "merit_user": "code,name,valid_from\nclerk,Registrar,2008-01-01\ndeputy,Second registrar,2008-01-01\n",
    "user_status": "user,valid_from,status,reason\ndeputy,2008-03-01,closed,left\ndeputy,2008-04-01,open,came back\n",
    "user_duty": "user,valid_from,until,number,role,unit\nclerk,2008-01-01,2008-12-31,1,{user_role},MOF\n",
    "user_deputy": "user,valid_from,until,number,deputy,role,reason\nclerk,2008-05-01,2008-05-09,1,deputy,{user_role},leave\n",
    "user_person": "user,valid_from,person\nclerk,2008-01-01,1001\n",
    "user_letter": "user,valid_from,kind,at,checked,reason\nclerk,2008-01-02,activation,1199232000000000,badge,new here\n",
    "file_read": "staff_number,valid_from,reader,what,page,at\n1001,2008-06-01,clerk,rating,/people/1001,1212278400000000\n",
}
AFTER_SEAL = {  # what asks for that round
    "round_review": "staff_number,valid_from,number,round,fact,fact_from\n1002,2008-11-03,1,R{round},rating,2007-12-31\n",
    "round_review_answer": "staff_number,valid_from,number,decided,note\n1002,2008-11-04,1,stays,known before\n",
}
KEYS = {"seal": ["decision", "block"], "row_tile": ["entry", "level", "i"], "log_tile": ["level", "i"], "head": ["one"],
        "pack_file": ["hash"], "term": ["entity", "term", "record"], "entry": ["seq"]}
COPIES = 2 * (os.cpu_count() or 1)


def first_code(table):
    return (merit.PACK / f"{table}.csv").read_text().splitlines()[1].split(",")[0]


def corrected(store, folder, record, text):
    path = folder / f"{record}.csv"
    path.write_text(text)
    store.must("import", record, path, "--correct", "--reason", "typed from the wrong list")


def fill(store, folder, older):
    store.load(merit.CASES)
    codes = {t: first_code(t) for t in ("document_kinds", "job_description_elements", "seeds/user_role")}
    codes["user_role"] = codes["seeds/user_role"]
    for record in MORE:
        path = folder / f"{record}.csv"
        path.write_text(MORE[record].format_map(codes))
        store.must("import", record, path)
    older()
    number = store.must("round open", "--kind", "rank", "--policy", "as-regulated", "--unit", "MOF", "--as-of", "2008-10-01")
    number = number.strip()
    store.must("round override", number, "1002", "--outcome", "meets", "--code", "paper-seen-late", "--reason", "seen")
    store.must("round seal", number)
    for record in AFTER_SEAL:
        path = folder / f"{record}.csv"
        path.write_text(AFTER_SEAL[record].format(round=number))
        store.must("import", record, path)
    corrected(store, folder, "rating", "staff_number,tool,year,score\n1001,DP3,2007,70\n")
    corrected(store, folder, "rating", "staff_number,tool,year,score\n1001,DP3,2007,71\n")
    corrected(store, folder, "unit", "code,name,parent,kind,valid_from\nMOH,Ministry of the Interior,STATE,ministry,1990-01-01\n")


# ---- a copy of the store that can be harmed and put back ------------------------------------------------------------


class Sqlite:
    def __init__(self, base, folder):
        self.base, self.folder = base, folder
        folder.mkdir()
        shutil.copytree(base / "s.db.d", folder / "s.db.d")
        self.store = merit.Store(folder / "s.db", folder / "s.db.d")
        self.put_back()

    def put_back(self, older=False):
        for tail in ("", "-wal", "-shm"):
            (self.folder / f"s.db{tail}").unlink(missing_ok=True)
        shutil.copyfile(self.base / ("older.db" if older else "s.db"), self.folder / "s.db")

    def run(self, *statements):
        """False: the database refuses it."""
        db = sqlite3.connect(self.folder / "s.db", isolation_level=None)
        try:
            db.execute("BEGIN")
            for statement in statements:
                db.execute(statement)
            db.execute("COMMIT")
            return True
        except sqlite3.IntegrityError:
            return False
        finally:
            db.close()

    def rows(self, select):
        db = sqlite3.connect(self.folder / "s.db")
        try:
            return db.execute(select).fetchall()
        finally:
            db.close()

    def tables(self):
        names = [n for n, in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {n: [c[1] for c in self.rows(f"PRAGMA table_info({n})")] for n in names}

    @staticmethod
    def literal(value):
        if isinstance(value, bytes):
            return f"x'{value.hex()}'"
        return Postgres.literal(value)

    def close(self):
        pass


class Postgres:
    """A schema of its own; one psql stays open."""

    def __init__(self, base, folder):
        self.base, self.name = base, "t" + uuid.uuid4().hex[:12]
        shutil.copytree(base / "s.db.d", folder / "s.db.d")
        where = merit.PG + ("&" if "?" in merit.PG else "?") + f"options=-csearch_path%3D{self.name}"
        self.store = merit.Store(where, folder / "s.db.d")
        self.psql = subprocess.Popen(["psql", "-XqAt", "--csv", "-v", "ON_ERROR_STOP=0", "-P", "null=(null)", merit.PG], text=True,
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.names = [n for n, in self.rows(
            f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{base.name}' ORDER BY 1")]
        self.types = {(t, c): k for t, c, k in self.rows("SELECT table_name, column_name, data_type FROM "
                      f"information_schema.columns WHERE table_schema = '{base.name}' ORDER BY ordinal_position")}
        self.tell("SET client_min_messages = error", "SET session_replication_role = replica", f"CREATE SCHEMA {self.name}",
                  *[f"CREATE TABLE {self.name}.{t} (LIKE {base.name}.{t} INCLUDING ALL)" for t in self.names],
                  f"SET search_path = {self.name}")
        self.dirty = set(self.names)
        self.put_back()

    def tell(self, *statements):
        mark = uuid.uuid4().hex
        self.psql.stdin.write("".join(s + ";\n" for s in statements) + f"\\echo {mark}\n")
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            if line.strip() == mark:
                return "".join(lines)
            lines.append(line)
        raise AssertionError("psql has ended: " + "".join(lines))

    def put_back(self, older=False):
        source = self.base.name + ("_older" if older else "")
        said = self.tell("BEGIN", *[s for t in (self.names if older else self.dirty)
                                    for s in (f"DELETE FROM {t}", f"INSERT INTO {t} SELECT * FROM {source}.{t}")], "COMMIT")
        assert not said, said
        self.dirty = set(self.names) if older else set()

    def run(self, *statements):
        self.dirty |= {t for t in self.names if any(f" {t} " in s + " " for s in statements)}
        said = self.tell("BEGIN", *statements, "COMMIT")
        assert not said or "constraint" in said, f"{statements}: {said}"
        return not said

    def rows(self, select):
        return [tuple(r) for r in csv.reader(io.StringIO(self.tell(select)))]

    def tables(self):
        return {t: [c for u, c in self.types if u == t] for t in self.names}

    @staticmethod
    def literal(value):
        if value is None or isinstance(value, int):
            return "NULL" if value is None else str(value)
        if isinstance(value, bytes):
            return f"'\\x{value.hex()}'"
        return "'" + value.replace("'", "''") + "'"

    def close(self):
        self.tell(f"DROP SCHEMA {self.name} CASCADE")
        self.psql.stdin.close()
        self.psql.wait()


class Base:
    """What the copies are copies of."""

    def __init__(self, kind, folder):
        self.folder, self.kind = folder, kind
        self.store = merit.new(kind, folder)
        self.name = self.store.where.rpartition("%3D")[2]
        shutil.rmtree(folder / "x", ignore_errors=True)
        (folder / "x").mkdir()
        fill(self.store, folder / "x", self.keep_older)
        self.copies, self.free = [], queue.Queue()
        for i in range(COPIES):
            if kind == "sqlite":
                copy = Sqlite(folder, folder / f"copy{i}")
            else:
                (folder / f"copy{i}").mkdir()
                self.folder = folder
                copy = Postgres(self, folder / f"copy{i}")
            self.copies.append(copy)
            self.free.put(copy)

    def __truediv__(self, name):
        return self.folder / name

    def keep_older(self):
        if self.kind == "sqlite":
            db = sqlite3.connect(self.folder / "s.db")
            db.execute("VACUUM INTO ?", [str(self.folder / "older.db")])
            db.close()
            return
        script = f"""DO $$ DECLARE t text; BEGIN CREATE SCHEMA {self.name}_older;
            FOR t IN SELECT table_name FROM information_schema.tables WHERE table_schema = '{self.name}' LOOP
            EXECUTE format('CREATE TABLE {self.name}_older.%I AS SELECT * FROM {self.name}.%I', t, t); END LOOP; END $$"""
        subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-c", script, merit.PG], check=True)

    def close(self):
        for copy in self.copies:
            copy.close()
        if self.kind == "postgres":
            subprocess.run(["psql", "-Xq", "-c", f"SET client_min_messages = error; DROP SCHEMA {self.name} CASCADE; "
                            f"DROP SCHEMA {self.name}_older CASCADE", merit.PG], check=True)


made = {}


@pytest.fixture
def base(kind, tmp_path_factory):
    if kind not in made:
        made[kind] = Base(kind, tmp_path_factory.mktemp(kind))
    return made[kind]


@pytest.fixture(scope="module", autouse=True)
def closed():
    yield
    for kept in made.values():
        kept.close()


# ---- harm and verdict -----------------------------------------------------------------------------------------------


def verdict(copy):
    try:
        done = copy.store("verify", "--json", timeout=30)
    except subprocess.TimeoutExpired:
        return None, [], "verify does not end"
    told = json.loads(done.stdout) if done.stdout.startswith("{") else {"findings": []}
    return done.returncode, told["findings"], done.stdout + done.stderr


def names(findings, table):
    """A finding names the table, or that of the same records: an anchor's code stands in the leaf of its first version."""
    same = {table, table + "_v", table.removesuffix("_v")}
    return any(f["table"] in same or any(s in f["what"].split() for s in same) for f in findings)


def missing(findings, entry):
    """What is gone cannot say where it stood; its entry can say that it is gone."""
    return any(f["entry"] == entry and "missing" in f["what"] for f in findings)


def try_one(base, harm):
    """A harm is (name, table, entry or None, ways): the first way that the database does not refuse is tried. Answers what was
    not found as it should be, or None; an empty text when no way was possible."""
    name, table, entry, ways = harm
    copy = base.free.get()
    try:
        if not any(copy.run(*way) for way in ways):
            return ""
        status, findings, text = verdict(copy)
        copy.put_back()
        if status != 1 or not (names(findings, table) or (entry and missing(findings, entry))):
            return f"{name}: exit {status}, {text[:300]}"
        return None
    finally:
        base.free.put(copy)


def place(base, name):
    """What a harm is done to: a column of one type of a table; a table's rows in one of the ways; a row's long value."""
    first, *_, last = name.split(" ")
    table, _, column = first.partition(".")
    return (table, base.copies[0].types[table, column]) if column and not column.endswith(":") else (first, last)


def tried_over(base, harms):
    if base.kind == "sqlite" or merit.ALL:
        return harms
    return list({place(base, harm[0]): harm for harm in reversed(harms)}.values())


def try_all(base, harms):
    harms = tried_over(base, harms)
    with concurrent.futures.ThreadPoolExecutor(COPIES) as pool:
        told = list(pool.map(lambda h: try_one(base, h), harms))
    missed = [t for t in told if t]
    assert not missed, f"{len(missed)} of {len(told)} are not found as they should be:\n" + "\n".join(missed)
    for copy in base.copies:
        status, findings, text = verdict(copy)
        assert status == 0 and not findings, text
    return [name for (name, *_), told_of in zip(harms, told) if told_of == ""]


def key_of(table, columns):
    return KEYS.get(table) or (["vid"] if "vid" in columns else ["id"])


def where(copy, table, columns, row):
    return " AND ".join(f"{c} = {copy.literal(row[columns.index(c)])}" for c in key_of(table, columns))


def all_rows(copy, table, columns):
    if isinstance(copy, Sqlite):
        return copy.rows(f"SELECT * FROM {table} ORDER BY {', '.join(key_of(table, columns))}")
    read = {"bigint": int, "integer": int, "text": str, "bytea": lambda s: bytes.fromhex(s[2:])}
    kinds = [read[copy.types[table, c]] for c in columns]
    order = ", ".join(f'"{c}"' for c in key_of(table, columns))
    return [tuple(None if v == "(null)" else k(v) for k, v in zip(kinds, row)) for row in copy.rows(f"SELECT * FROM {table} ORDER BY {order}")]


def ledgered(base):
    """Each table that is not volatile, its columns and its rows."""
    copy = base.copies[0]
    volatile = json.loads(copy.store.must("verify", "--json"))["volatile"]
    tables = {t: c for t, c in copy.tables().items() if t not in volatile}
    assert len(tables) > 30
    for table, columns in tables.items():
        rows = all_rows(copy, table, columns)
        assert rows, f"{table} is empty: what is done to it would prove nothing"
        yield table, columns, rows


def pick(name, rows):
    """Some row, always the same one, and not always the first."""
    return rows[sum(name.encode()) % len(rows)] if rows else None


def flipped(value, at):
    b = bytearray(value if isinstance(value, bytes) else value.encode())
    if not b:
        return value + (b"x" if isinstance(value, bytes) else "x")
    b[at % len(b)] ^= 1
    return bytes(b) if isinstance(value, bytes) else b.decode("utf-8", "replace")


def other_values(value):
    if isinstance(value, int):
        return [value + 1, value + 1000, -value - 1]
    return [flipped(value, sum(repr(value).encode())), flipped(value, 0)]


def set_to(copy, table, columns, row, column, value):
    return [f"UPDATE {table} SET {column} = {copy.literal(value)} WHERE {where(copy, table, columns, row)}"]


# proves: MP-93
def test_every_value_of_every_column(base):
    copy, harms = base.copies[0], []
    for table, columns, rows in ledgered(base):
        for i, column in enumerate(columns):
            name = f"{table}.{column}"
            stated, empty = [r for r in rows if r[i] is not None], [r for r in rows if r[i] is None]
            kind = type(stated[0][i]) if stated else None
            if stated:
                row = pick(name, stated)
                harms.append((f"{name} changed in {row[:3]}", table, None,
                              [set_to(copy, table, columns, row, column, v) for v in other_values(row[i])]))
                harms.append((f"{name} emptied in {row[:3]}", table, None, [set_to(copy, table, columns, row, column, None)]))
            if empty:
                row = pick(name, empty)
                ways = [1] if kind is int else ["x"] if kind is str else [b"x"] if kind is bytes else [1, "x", b"x"]
                harms.append((f"{name} filled in {row[:3]}", table, None, [set_to(copy, table, columns, row, column, v) for v in ways]))
    refused = try_all(base, harms)
    # What a database refuses is to leave empty what must be stated; every value could be changed otherwise.
    odd = [name for name in refused if " emptied " not in name and "head.one " not in name]
    assert not odd, odd


# proves: MP-93
def test_rows_deleted_added_and_moved(base):
    copy, harms = base.copies[0], []
    for table, columns, rows in ledgered(base):
        keys = key_of(table, columns)
        entry_of = lambda r: r[columns.index("known_from")] if "known_from" in columns else None
        for row in {rows[0], rows[-1], pick(table, rows)}:
            harms.append((f"{table}: {row[:2]} deleted", table, entry_of(row), [[f"DELETE FROM {table} WHERE {where(copy, table, columns, row)}"]]))
        harms.append((f"{table}: all deleted", table, entry_of(rows[0]), [[f"DELETE FROM {table}"]]))
        row, last = pick(table, rows), rows[-1]
        new = {c: last[columns.index(c)] + 1 if isinstance(last[columns.index(c)], int) else flipped(last[columns.index(c)], 0)
               for c in keys}
        shown = [copy.literal(new[c]) if c in new else c for c in columns]
        ended = [copy.literal(row[columns.index("known_from")]) if c == "known_to" else s for c, s in zip(columns, shown)]
        coded = ["'another'" if c == "code" else s for c, s in zip(columns, shown)]
        harms.append((f"{table}: {row[:2]} copied", table, None,
                      [[f"INSERT INTO {table} SELECT {', '.join(s)} FROM {table} WHERE {where(copy, table, columns, row)}"]
                       for s in (shown, ended, coded)]))
        if "idx" in columns and len(rows) > 1:
            i, entry = columns.index("idx"), columns.index("known_from")
            same = [r for r in rows if sum(r[entry] == s[entry] for s in rows) > 1]
            if same:
                a, b = [r for r in rows if r[entry] == same[0][entry]][:2]
                harms.append((f"{table}: idx of {a[0]} and {b[0]} swapped", table, None,
                              [set_to(copy, table, columns, a, "idx", b[i]) + set_to(copy, table, columns, b, "idx", a[i])]))
    refused = try_all(base, harms)
    odd = [name for name in refused if not name.startswith("head: ")]
    assert not odd, odd


# proves: MP-93
def test_each_part_of_seals_tiles_and_files(base):
    """Long values: a byte in many places, not in one."""
    copy, harms = base.copies[0], []
    tables = copy.tables()
    for table, column in [("seal", "columns"), ("seal", "salts"), ("row_tile", "hashes"), ("log_tile", "hashes"),
                          ("pack_file", "bytes"), ("head", "note"), ("head", "frontier"), ("entry", "leaves")]:
        columns = tables[table]
        i = columns.index(column)
        for row in [r for r in all_rows(copy, table, columns) if r[i]][:2]:
            for step in range(6):
                at = step * (len(row[i]) - 1) // 5
                harms.append((f"{table}.{column}: byte {at} of {len(row[i])}", table, None,
                              [set_to(copy, table, columns, row, column, flipped(row[i], at))]))
            harms.append((f"{table}.{column} cut", table, None, [set_to(copy, table, columns, row, column, row[i][:-1])]))
            harms.append((f"{table}.{column} longer", table, None, [set_to(copy, table, columns, row, column, row[i] + row[i][:1])]))
    assert not try_all(base, harms)


def test_an_older_store_with_newer_checkpoints(base):
    copy = base.copies[0]
    copy.put_back(older=True)
    status, findings, text = verdict(copy)
    assert status == 1 and any("tail was dropped or an older copy put back" in f["what"] for f in findings), text
    copy.put_back()
    assert verdict(copy)[0] == 0


def test_what_stands_beside_the_store(base):
    copy = base.copies[0]
    side = copy.store.side
    sound = {name: (side / name).read_bytes() for name in ("checkpoints", "key.pub", "key")}
    lines = sound["checkpoints"].decode().split("\n\n\n")
    other = merit.new("sqlite", base.folder / "x").side

    def tried(name, data):
        if data is None:
            (side / name).unlink()
        else:
            (side / name).write_bytes(data)
        told = verdict(copy)
        for each, text in sound.items():
            (side / each).write_bytes(text)
        return told

    long = len(sound["checkpoints"])
    for at in [0, 5, long // 3, long // 2, long - 120, long - 10]:
        status, findings, text = tried("checkpoints", flipped(sound["checkpoints"], at))
        assert status == 1 and findings, f"byte {at}: {text}"
    assert len(lines) >= 1
    assert tried("checkpoints", (other / "checkpoints").read_bytes())[0] == 1
    assert tried("checkpoints", sound["checkpoints"] + b"what nobody signed\n")[0] == 1
    for name in ("key.pub",):
        status, findings, text = tried(name, (other / name).read_bytes())
        assert status == 1 and findings, text
        assert tried(name, None)[0] in (1, 3)
        for at in (0, len(sound[name]) // 2, len(sound[name]) - 5):
            assert tried(name, flipped(sound[name], at))[0] in (1, 3), at
    assert verdict(copy)[0] == 0


def test_tables_gone_columns_gone_and_strangers_in_sqlite(base):
    if base.kind != "sqlite":
        pytest.skip("what verify asks is the same; only SQLite's file is put back whole")
    harms = [("a stranger", "stranger", None, [["CREATE TABLE stranger (id INTEGER PRIMARY KEY)"]])]
    for table, columns, _ in ledgered(base):
        harms.append((f"{table} dropped", table, None, [[f"DROP TABLE {table}"]]))
        if table.endswith("_v") or "valid_from" in columns:
            harms.append((f"{table}.why dropped", table, None, [[f"ALTER TABLE {table} DROP COLUMN why"]]))
    assert not try_all(base, harms)


HOSTILE = ["'hostile'", "9223372036854775807", "x'00ff'", "3.5"]


def test_values_of_another_type_in_sqlite(base):
    """SQLite keeps what it is given: a text where a number is declared must be found, and not stop verify."""
    if base.kind != "sqlite":
        pytest.skip("PostgreSQL refuses a value of another type")
    copy, harms = base.copies[0], []
    for table, columns, rows in ledgered(base):
        for i, column in enumerate(columns):
            row = pick(table, rows)
            value = HOSTILE[(i + len(table)) % len(HOSTILE)]
            harms.append((f"{table}.{column} = {value}", table, None,
                          [[f"UPDATE {table} SET {column} = {value} WHERE {where(copy, table, columns, row)}"]]))
    try_all(base, harms)
