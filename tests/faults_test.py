"""The surroundings fail: processes are killed, a server dies, a disk is full. What was acknowledged is there afterwards.

Each run draws its instants from a seed that stands in the failure's words; MERIT_FAULT_SEED repeats it.
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import time

import merit
import pytest

pytestmark = pytest.mark.faults
SEED = int(os.environ.get("MERIT_FAULT_SEED", time.time_ns() % 1000000))
HEAD = "staff_number,name,sex,birth_date,education,joined_on,category\n"
BATCH = 400
PRIVATE = merit.ROOT / "tests/private-postgres"


def start_import(store, path):
    return subprocess.Popen([merit.BIN, "import", store.where, "person", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True, env={**os.environ, "MERIT_SIDE": str(store.side)})


def batch(folder, number, size=BATCH):
    path = folder / f"batch-{number}.csv"
    path.write_text(HEAD + "".join(f"{number}-{i},Person {i},F,1970-02-03,bachelor,1995-03-01,general\n" for i in range(size)))
    return path


class Office:
    """Imports batch after batch until told to stop in the middle of one; knows what was acknowledged."""

    def __init__(self, store, folder):
        self.store, self.folder, self.next, self.told, self.open = store, folder, 1, set(), set()

    def work(self, seconds, fail):
        """fail(running) breaks something while an import runs; what that import says then: its exit and words."""
        end = time.monotonic() + seconds
        while True:
            number, self.next = self.next, self.next + 1
            running = start_import(self.store, batch(self.folder, number))
            try:
                said = running.communicate(timeout=max(0.0, end - time.monotonic()))
                assert running.returncode == 0, f"{said}; seed {SEED}"
                self.told.add(number)
                continue
            except subprocess.TimeoutExpired:
                fail(running)
            said = running.communicate(timeout=60)
            (self.told if running.returncode == 0 else self.open).add(number)
            return running.returncode, said[1]

    def check(self):
        """Sound, nothing acknowledged is lost, and what was not acknowledged is there whole or not at all."""
        done = self.store("verify")
        assert done.returncode == 0, f"{done.stdout}{done.stderr}; seed {SEED}"
        rows = {}
        for line in self.store.must("export", "person", "--all").splitlines()[1:]:
            number = int(line.split("-")[0])
            rows[number] = rows.get(number, 0) + 1
        assert set(rows.values()) <= {BATCH}, f"half an import: {rows}; seed {SEED}"
        assert self.told <= set(rows) <= self.told | self.open, f"acknowledged {self.told}, there: {set(rows)}; seed {SEED}"


def test_imports_killed_at_any_instant_lose_nothing_acknowledged(store, tmp_path):
    office, instants = Office(store, tmp_path), random.Random(SEED)
    for _ in range(20):
        office.work(instants.uniform(0.01, 0.5), lambda running: running.kill())
        office.check()
    assert office.open, "no import was ever cut short"


# ---- a server of one's own ------------------------------------------------------------------------------------------------


class Server:
    def __init__(self, folder):
        self.folder, self.schema = folder, "faults"

    def start(self):
        url = subprocess.run([PRIVATE, "start", self.folder], capture_output=True, text=True, check=True).stdout.strip()
        self.where = f"{url}?options=-csearch_path%3D{self.schema}"
        return self.where

    def pid(self):
        try:
            return int((self.folder / "data/postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError):
            return None

    def cut(self):
        """At once, without a checkpoint: as pg_ctl -m immediate does."""
        pid = self.pid()
        os.kill(pid, signal.SIGQUIT)
        self.wait_until_gone()

    def wait_until_gone(self):
        end = time.monotonic() + 60
        while self.pid() and time.monotonic() < end:
            time.sleep(0.05)

    def stop(self):
        subprocess.run([PRIVATE, "stop", self.folder], capture_output=True)


@pytest.fixture
def server():
    if not merit.PG:
        pytest.skip("MERIT_TEST_PG is not set: no PostgreSQL here")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="merit-faults.", dir="/tmp"))  # where the user postgres can reach it
    made = Server(folder)
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


def new_in(server, tmp_path):
    store = merit.Store(server.start(), tmp_path / "side")
    store.must("init", "--pack", merit.PACK)
    return store


def test_a_server_that_dies_loses_nothing_acknowledged(server, tmp_path):
    store = new_in(server, tmp_path)
    office, instants = Office(store, tmp_path), random.Random(SEED)
    for _ in range(8):
        status, words = office.work(instants.uniform(0.01, 0.6), lambda running: server.cut())
        assert status in (0, 3) and (words or status == 0), f"{status} {words}; seed {SEED}"
        away = store("verify")
        assert away.returncode == 3 and away.stderr, "a server that is away is a matter of the surroundings"
        store.where = server.start()
        office.check()
    assert office.open, "no import was ever cut short"


@pytest.fixture
def small_disk(server):
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", server.folder], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
    server.folder.chmod(0o755)
    yield server
    server.stop()
    subprocess.run(["umount", "-l", server.folder])


def test_a_server_whose_disk_is_full_loses_nothing_acknowledged(small_disk, tmp_path):
    store = new_in(small_disk, tmp_path)
    store.must("import", "person", batch(tmp_path, 1))
    before = store.must("export", "person", "--all")
    big = start_import(store, batch(tmp_path, 2, size=300000))
    said = big.communicate()
    assert big.returncode == 3 and said[1] and not said[0], said
    subprocess.run(["mount", "-o", "remount,size=2g", small_disk.folder], check=True)
    time.sleep(1)
    if small_disk.pid():
        small_disk.cut()
    store.where = small_disk.start()
    assert store.must("export", "person", "--all") == before
    assert store("verify").returncode == 0
    assert f"{BATCH} added" in store.must("import", "person", batch(tmp_path, 3))
