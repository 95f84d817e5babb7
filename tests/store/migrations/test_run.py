"""Old databases become new ones without losing a row, an index entry or a trigger."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from geoname.errors import DatabaseError
from geoname.store import schema, sql_store
from geoname.store.dialect import WRITES
from geoname.store.geopackage.connection import connect, make_engine
from geoname.store.geopackage.geometry_blob import encode
from geoname.store.migrations.run import migrate
from geoname.store.open_store import open_store

FURTHER = """
import sqlalchemy as sa
from alembic import op

revision = "0002t"
down_revision = "{last}"

def upgrade():
    op.add_column("place", sa.Column("elevation", sa.Double))
    op.create_table("marker", sa.Column("fid", sa.Integer, primary_key=True), sqlite_autoincrement=True)
    op.execute("UPDATE name SET language = 'zh' WHERE language = ''")
    if {fails}:
        op.execute("INSERT INTO nowhere VALUES (1)")
"""


def columns_of(connection: sqlite3.Connection) -> dict[str, object]:
    shape: dict[str, object] = {}
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    for (table,) in tables:
        indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
        statement = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        shape[table] = (
            connection.execute(f"PRAGMA table_info({table})").fetchall(),
            sorted(
                (unique, origin, tuple(connection.execute(f"PRAGMA index_info({name})").fetchall()))
                for _, name, unique, origin, _ in indexes
            ),
            sorted(link[2:] for link in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()),
            sorted(name for _, name, _, origin, _ in indexes if origin == "c"),
            "AUTOINCREMENT" in statement,
            len(re.findall("DEFERRABLE INITIALLY DEFERRED", statement)),
        )
    return shape


def test_the_migrated_tables_are_those_of_the_schema(tmp_path):
    migrated = tmp_path / "migrated.gpkg"
    open_store(str(migrated), create=True).close()
    declared = tmp_path / "declared.sqlite"
    engine = create_engine(f"sqlite:///{declared}")
    schema.METADATA.create_all(engine)
    engine.dispose()
    shapes = []
    for path in (migrated, declared):
        connection = sqlite3.connect(path)
        shapes.append(columns_of(connection))
        connection.close()
    ours = {table: shape for table, shape in shapes[0].items() if table in schema.METADATA.tables}
    assert ours == shapes[1]
    assert set(shapes[1]) == set(schema.METADATA.tables)


def test_the_known_revisions_are_those_on_file_in_order():
    config = Config()
    config.set_main_option("script_location", "geoname.store.migrations:")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "geoname.store.migrations:versions")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == schema.REVISIONS
    assert scripts.get_current_head() == schema.REVISIONS[-1]


@pytest.fixture
def further(tmp_path):
    """A later schema version, for the test only."""

    def add(*, fails: bool = False) -> str:
        folder = tmp_path / "further versions"
        folder.mkdir(exist_ok=True)
        text = FURTHER.format(last=schema.REVISIONS[-1], fails=fails)
        (folder / f"r0002t_{fails}.py").write_text(text)
        return str(folder)

    return add


def migrate_further(address: str, folder: str) -> None:
    engine = make_engine(Path(address), busy_seconds=5)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        migrate(connection, further=[folder])
    engine.dispose()


def test_rows_indexes_and_triggers_survive_a_migration(filled, store_address, sample, further):
    names = [entry.name for batch in filled.name_entries() for entry in batch]
    filled.close()
    migrate_further(store_address, further())
    connection = connect(Path(store_address), busy_seconds=5)
    assert connection.execute("SELECT version_num FROM schema_version").fetchall() == [("0002t",)]
    assert connection.execute("SELECT count(*), sum(language = 'zh') FROM name").fetchone() == (4, 4)
    triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
    layers = connection.execute("SELECT count(*) FROM gpkg_geometry_columns").fetchone()[0]
    assert triggers == 6 * layers
    connection.execute(
        "UPDATE place SET geom = ?, elevation = 870.5 WHERE id = 'pvi'",
        encode(sample.territories.polygons[:1]),
    )
    assert connection.execute("SELECT count(*) FROM rtree_place_geom").fetchone()[0] == 2
    connection.execute("UPDATE place SET geom = NULL WHERE id = 'pvi'")
    connection.execute("UPDATE schema_version SET version_num = ?", (schema.REVISIONS[-1],))
    connection.close()
    again = open_store(store_address)
    assert [entry.name.id for batch in again.name_entries() for entry in batch] == [name.id for name in names]
    assert again.divisions() == list(sample.divisions)
    assert again.boundary_lines("squares") == list(sample.lines)
    assert again.verify() == []
    again.close()


def test_a_migration_that_fails_changes_nothing(filled, store_address, sample, further):
    filled.close()
    with pytest.raises(Exception, match="nowhere"):
        migrate_further(store_address, further(fails=True))
    again = open_store(store_address)
    assert again.divisions() == list(sample.divisions)
    assert again.verify() == []
    again.close()


def test_an_older_schema_works_after_the_upgrade_only(filled, further, monkeypatch, sample):
    folder = further()
    monkeypatch.setattr(sql_store, "REVISIONS", (*schema.REVISIONS, "0002t"))
    monkeypatch.setattr(
        "geoname.store.migrations.run.migrate",
        lambda connection: migrate(connection, further=[folder]),
    )
    assert not filled.schema_is_current()
    assert filled.info().schema_version == schema.REVISIONS[-1]
    assert filled.info().rows["name"] == 4
    assert len(filled.database_id()) == 32
    with pytest.raises(DatabaseError, match="geoname db upgrade"):
        filled.divisions()
    with pytest.raises(DatabaseError, match="geoname db upgrade"):
        next(filled.name_entries())
    with pytest.raises(DatabaseError, match="geoname db upgrade"), filled.writing("x", "y"):
        pass
    assert filled.upgrade() == "0002t"
    assert filled.schema_is_current()
    assert filled.divisions() == list(sample.divisions)
    assert filled.upgrade() == "0002t"
