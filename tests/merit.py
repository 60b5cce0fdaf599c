"""What the program's tests share: running merit, and a place for a store in either database."""
import os
import pathlib
import subprocess
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = os.environ.get("MERIT_BIN", str(ROOT / "build/merit"))
PACK = ROOT / "packs/indonesia-2008"
CASES = ROOT / "tests/round_cases"
PG = os.environ.get("MERIT_TEST_PG", "")
ALL = bool(os.environ.get("MERIT_TEST_ALL"))  # every case, however long it takes: ./check --all
# The contract's order: what is referred to comes first.
FILES = ["unit", "post", "person", "rank_history", "post_history", "rating", "exam_result", "course_result", "sanction",
         "status_history"]


def run(*words, env=None, **more):
    return subprocess.run([BIN, *map(str, words)], capture_output=True, text=True, env={**os.environ, **(env or {})}, **more)


class Store:
    """A store and the words that reach it."""

    def __init__(self, where, side):
        self.where, self.side = str(where), pathlib.Path(side)

    def __call__(self, command, *words, **more):
        verb = command.split()
        return run(*verb, self.where, *words, env={"MERIT_SIDE": str(self.side)}, **more)

    def must(self, command, *words, **more):
        done = self(command, *words, **more)
        assert done.returncode == 0, f"merit {command} {words}: {done.stderr or done.stdout}"
        return done.stdout

    def load(self, folder, files=FILES):
        for record in files:
            path = pathlib.Path(folder) / f"{record}.csv"
            if path.exists():
                self.must("import", record, path)


def new(kind, folder, pack=PACK):
    """An empty store with the pack: kind is sqlite or postgres."""
    if kind == "postgres":
        name = "t" + uuid.uuid4().hex[:12]
        where = PG + ("&" if "?" in PG else "?") + f"options=-csearch_path%3D{name}"
    else:
        where = folder / "s.db"
    store = Store(where, folder / "s.db.d")
    store.must("init", "--pack", pack)
    return store
