"""A store that an older program made gains what this one has since when it is next opened for writing."""
import sqlite3

import merit
import pytest


def without(path, statements):
    """The file as an older program would have left it."""
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)


@pytest.fixture
def older(tmp_path):
    store = merit.new("sqlite", tmp_path)
    store.must("demo", "--staff", "100")
    return store


def test_columns_and_tables_are_added_and_lists_made_anew(older):
    without(older.where, ["ALTER TABLE staff_now DROP COLUMN birth_date", "DROP TABLE draft",
                          "DROP TABLE term"])
    assert older("verify").returncode == 1, "what lacks is not found"
    older.must("rebuild")
    said = older.must("verify")
    assert "every row, entry and checkpoint verifies" in said


def test_nothing_is_written_when_nothing_lacks(older):
    before = older.must("verify")
    older.must("rebuild")
    assert older.must("verify") == before
