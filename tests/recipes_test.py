"""The recipes of docs/architecture.md are what they say: each is applied to a scratch copy, built, checked and tried.

A recipe is a heading `### Add a field: 2 files` and fenced blocks:
    ```diff FILE     lines with a blank, + or - before them; a line … parts two places of the file
    ```c FILE        a whole new file (any language word but diff and sh)
    ```sh            commands that must succeed after the build; a comment `# prints: WORDS` names what the one above says
"""
import os
import re
import shutil
import subprocess

import pytest
import scratch

PAGE = scratch.ROOT / "docs/architecture.md"
RECIPE = re.compile(r"^### (Add [^\n:]+): (\d+) files?\n(.*?)(?=^##|\Z)", re.M | re.S)
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


def recipes():
    return RECIPE.findall(PAGE.read_text())


def place(lines, wanted, start, name):
    """Where the wanted lines stand, once and only once after start."""
    found = [i for i in range(start, len(lines) - len(wanted) + 1) if lines[i : i + len(wanted)] == wanted]
    assert len(found) == 1, f"{name}: these lines stand there {len(found)} times, the recipe needs mending:\n" + "\n".join(wanted)
    return found[0]


def patched(text, patch, name):
    lines, start = text.splitlines(), 0
    for hunk in re.split(r"^…\n", patch, flags=re.M):
        rows = hunk.splitlines()
        before = [row[1:] for row in rows if not row.startswith("+")]
        after = [row[1:] for row in rows if not row.startswith("-")]
        at = place(lines, before, start, name)
        lines[at : at + len(before)] = after
        start = at + len(after)
    return "\n".join(lines) + "\n"


def apply(tree, blocks):
    """Applies the blocks and returns the files they touch."""
    touched = set()
    for language, name, body in blocks:
        if language == "sh":
            continue
        path = tree / name
        touched.add(name)
        if language == "diff":
            path.write_text(patched(path.read_text(), body, name))
        else:
            assert not path.exists(), f"{name} exists; a recipe that changes it shows a diff"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
    return touched


def files(tree):
    return {str(p.relative_to(tree)): p.read_bytes() for part in ("src", "tests", "packs", "Makefile")
            for p in ([tree / part] if (tree / part).is_file() else (tree / part).rglob("*"))
            if p.is_file() and "__pycache__" not in p.parts}


def must(tree, *command, **options):
    status, words = scratch.run(tree, *command, **options)
    assert status == 0, f"{' '.join(command)}:\n{words[-3000:]}"
    return words


def try_out(tree, script):
    """Runs the commands one by one; "# prints:" is looked for in what the last one said."""
    path = {**os.environ, "PATH": f"{tree}/build:{os.environ['PATH']}", "MERIT_TEST_PG": ""}
    said = ""
    for line in script.splitlines():
        if line.startswith("# prints: "):
            assert line.removeprefix("# prints: ") in said, f"not among what was said:\n{said}"
        elif line.strip() and not line.startswith("#"):
            said = must(tree, "bash", "-c", line, env=path)


@pytest.fixture
def tree(tmp_path):
    tree = scratch.copy(tmp_path)
    built = scratch.ROOT / "build/release"
    if built.is_dir():  # objects keep their times, so that only what a recipe touches is compiled
        shutil.copytree(built, tree / "build/release", copy_function=shutil.copy2)
    return tree


def test_there_is_a_recipe_for_each_usual_change():
    assert [name for name, _, _ in recipes()] == ["Add a field", "Add an entity", "Add a judge", "Add a page", "Add a command"]


@pytest.mark.parametrize("name, count, text", recipes(), ids=[r[0] for r in recipes()])
def test_a_recipe_touches_what_it_says_and_works(tree, name, count, text):
    blocks = BLOCK.findall(text)
    before = files(tree)
    named = apply(tree, blocks)
    must(tree, "make", "-s", "-j2", "all")
    for script in [body for language, _, body in blocks if language == "sh"]:
        try_out(tree, script)
    after = files(tree)
    touched = {f for f in before.keys() | after.keys() if before.get(f) != after.get(f)}
    assert named <= touched
    assert len(touched) == int(count), f"the recipe says {count} files and touches {sorted(touched)}"
    for check in ("layers", "banned", "sizes"):
        found = scratch.run(tree, f"tests/{check}")[1].splitlines()
        assert not [line for line in found if line.split(":")[0] in touched]
