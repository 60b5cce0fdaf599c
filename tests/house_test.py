"""The checks of the house find what they are there to find: each fault is planted in a scratch copy of the tree."""
import re

import pytest
import scratch


@pytest.fixture
def tree(tmp_path):
    tree = scratch.copy(tmp_path)
    for layer in ("base", "store", "entity", "modules"):
        (tree / "src" / layer).mkdir(exist_ok=True)
    return tree


HEADER = "/* plant.h - planted. */\n#ifndef MERIT_PLANT_H\n#define MERIT_PLANT_H\n{}\n#endif\n"
MODULE = 'static int x;\nconst struct entity plant_entity = {{ .x = 1, .name = "plant-pot" }};\n{}\n'
# script, file, its text, what must be said
FAULTS = [
    ("layers", "src/base/plant.c", '#include "store/store.h"\n', "src/base/plant.c:1: base may not use store"),
    ("layers", "src/base/plant.c", '#include "nowhere.h"\n', 'src/base/plant.c:1: "nowhere.h" is not a path'),
    ("layers", "src/entity/plant.c", "\n#include <sqlite3.h>\n", "src/entity/plant.c:2: <sqlite3.h>"),
    ("layers", "src/cellar/plant.c", "\n", "cellar is no layer"),
    ("layers", "src/modules/zoo/plant.c", "\n", "src/modules/zoo: not in the order of modules"),
    ("headers", "src/base/plant.h", HEADER.format("uint64_t plant(void);"), "does not compile alone with clang"),
    ("headers", "src/base/plant.h", HEADER.format("int x;").replace("plant.h", "other.h"), "opens with its contract"),
    ("headers", "src/base/plant.h", "/* plant.h - planted. */\ntypedef int plant;\n", "no include guard"),
    ("banned", "src/base/plant.c", "int f(void)\n{\n\tgoto out;\n}\n", "src/base/plant.c:3: no goto"),
    ("banned", "src/modules/staff/plant.c", "x = 1;\nfree(x);\n", "plant.c:2: no free in a module"),
    ("banned", "src/modules/staff/plant.c", 'f("SELECT 1");\n', "plant.c:1: SQL text stands in"),
    ("banned", "src/base/plant.c", "static double x;\n", "plant.c:1: no floating point"),
    ("banned", "src/base/plant.c", "/* TO" "DO: later */\n", "plant.c:1: build it or leave it out"),
    ("sizes", "src/base/plant.c", "\n" * 501, "a file of 501 lines"),
    ("sizes", "src/base/plant.h", "\n" * 201, "a file of 201 lines"),
    ("sizes", "src/base/plant.c", "int f(void)\n{\n" + "\tx++;\n" * 61 + "}\n", "plant.c:2: a function of 61 lines"),
    ("trace", "src/base/plant_test.c", "/* pro" "ves: QQ-99 */\nstatic void t(void **s)\n{\n}\n", "QQ-99 is not in"),
]


@pytest.mark.parametrize("script, file, text, said", FAULTS, ids=[f"{f[0]}-{n}" for n, f in enumerate(FAULTS)])
def test_a_planted_fault_is_found(tree, script, file, text, said):
    (tree / file).parent.mkdir(parents=True, exist_ok=True)
    (tree / file).write_text(text)
    arguments = {"trace": ["--check"], "headers": [file]}.get(script, [])
    status, words = scratch.run(tree, f"tests/{script}", *arguments)
    assert status == 1
    assert said in words


def test_an_entity_named_by_the_engine_is_found(tree):
    (tree / "src/modules/staff").mkdir(parents=True, exist_ok=True)
    (tree / "src/modules/staff/plant.c").write_text(MODULE.format(""))
    (tree / "src/entity/plant.c").write_text('/* "plant-pot" in a comment may stand */\nf("plant-pot");\n')
    status, words = scratch.run(tree, "tests/banned")
    assert status == 1
    assert 'src/entity/plant.c:2: the engine names the entity "plant-pot"' in words
    assert "plant.c:1:" not in words


def test_a_module_may_not_look_at_a_later_one_nor_inside_an_earlier(tree):
    for file in ("organisation/organisation.h", "organisation/inner.h", "career/career.h"):
        path = tree / "src/modules" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n")
    plant = tree / "src/modules/staff/plant.c"
    plant.parent.mkdir(exist_ok=True)
    plant.write_text("".join(f'#include "modules/{f}.h"\n' for f in
                             ("organisation/organisation", "organisation/inner", "career/career")))
    status, words = scratch.run(tree, "tests/layers")
    assert status == 1
    assert "plant.c:1" not in words
    assert "plant.c:2: inner.h is inner to organisation" in words
    assert "plant.c:3: staff may not use career, a later module" in words


def test_the_trace_names_test_and_requirement(tree):
    (tree / "src/base/plant_test.c").write_text(
        "/* pro" "ves: MP-20 DP-07 */\nstatic void the_test(void **s)\n{\n\t/* pro" "ves: MP-21 */\n}\n")
    assert scratch.run(tree, "tests/trace", "--check")[0] == 1
    assert scratch.run(tree, "tests/trace")[0] == 0
    assert scratch.run(tree, "tests/trace", "--check")[0] == 0
    page = (tree / "docs/requirements.md").read_text()
    for requirement in ("MP-20", "DP-07", "MP-21"):
        row = next(line for line in page.splitlines() if line.startswith(f"| {requirement} |"))
        assert "`the_test` in src/base/plant_test.c" in row


def test_a_guide_that_says_it_otherwise_than_the_page_is_found(tree, monkeypatch):
    """A changed help text makes it stale, as a page that is left out does."""
    monkeypatch.setenv("MERIT_BIN", str(scratch.ROOT / "build/merit"))
    guide = tree / "docs/guide/every-page.md"
    assert scratch.run(tree, "tests/guide")[0] == 0
    fresh = guide.read_text()
    assert scratch.run(tree, "tests/guide", "--check") == (0, "")
    assert "Rests on PP 99/2000." in fresh and not re.search(r"\b[A-Z]{2}-\d+\b", fresh), "an engineers' number stands there"
    for old, new in (("Here you come in with", "There you came in with"), ("**Sign out** `/out`\n", ""), ("For: own.", "For: people.")):
        assert old in fresh
        guide.write_text(fresh.replace(old, new, 1))
        status, words = scratch.run(tree, "tests/guide", "--check")
        assert status == 1 and "not what the program says" in words and old.strip() in words


def test_what_only_its_own_file_uses_is_found(tree):
    plant = "int plant(void);\nint plant(void)\n{\n\treturn 1;\n}\n"
    (tree / "src/base/plant.c").write_text(plant)
    assert scratch.run(tree, "make", "-s", "build/release/src/base/plant.o")[0] == 0
    status, words = scratch.run(tree, "tests/exported")
    assert status == 1
    assert "src/base/plant.c: only this file uses plant;" in words
