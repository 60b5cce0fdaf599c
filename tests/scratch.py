"""A scratch copy of the tree, for tests that change it."""
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ("Makefile", ".clang-format", ".clang-tidy", "run", "check", "src", "tests", "packs", "locale", "assets", "docs")


def copy(folder):
    """Copies everything but what was built into folder, which it makes."""
    tree = pathlib.Path(folder) / "tree"
    for part in PARTS:
        source, target = ROOT / part, tree / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.db*"))
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return tree


def run(tree, *command, **options):
    """Runs a command in the tree and returns (exit status, all that it said)."""
    done = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    return done.returncode, done.stdout
