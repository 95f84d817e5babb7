"""The same migrations make the same tables in PostgreSQL, with what only PostgreSQL needs."""

from __future__ import annotations

from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import Boolean, Double, Integer, LargeBinary, Text, inspect

from geoname.errors import DatabaseError
from geoname.store import schema, sql_store
from geoname.store.dialect import WRITES
from geoname.store.migrations.run import migrate
from geoname.store.open_store import open_store
from geoname.store.postgis.connection import make_engine
from geoname.store.schema.base import Geometry

pytestmark = pytest.mark.postgres
KINDS = {Boolean: "BOOLEAN", Double: "DOUBLE", Integer: "INTEGER", LargeBinary: "BYTEA", Text: "TEXT"}

FURTHER = """
import sqlalchemy as sa
from alembic import op
from geoname.store.schema.base import Geometry

revision = "9999t"
down_revision = "{last}"

def upgrade():
    op.add_column("place", sa.Column("elevation", sa.Double))
    op.add_column("place", sa.Column("remark", sa.Text, nullable=False, server_default="-"))
    op.create_table(
        "marker", sa.Column("fid", sa.Integer, primary_key=True), sa.Column("geom", Geometry("POINT"))
    )
    op.execute("UPDATE name SET language = 'zh' WHERE language = ''")
    if {fails}:
        op.execute("INSERT INTO nowhere VALUES (1)")
"""


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_the_migrated_tables_are_those_of_the_schema(store, store_address):
    engine = make_engine(store_address, busy_seconds=1)
    with engine.begin() as connection:
        found = inspect(connection)
        assert set(found.get_table_names(found.default_schema_name)) == {
            schema.VERSION_TABLE,
            *schema.METADATA.tables,
        }
        for name, table in schema.METADATA.tables.items():
            columns = {column["name"]: column for column in found.get_columns(name)}
            assert list(columns) == [column.name for column in table.columns], name
            for column in table.columns:
                assert columns[column.name]["nullable"] is bool(column.nullable), column
                if not isinstance(column.type, Geometry):
                    kind = str(columns[column.name]["type"]).partition(" ")[0]
                    assert kind == KINDS[type(column.type)], column
            wanted = {(index.name, tuple(index.columns.keys()), index.unique) for index in table.indexes}
            there = {
                (index["name"], tuple(index["column_names"]), index["unique"])
                for index in found.get_indexes(name)
                if "duplicates_constraint" not in index and index["name"] != f"{name}_geom"
            }
            assert there == wanted, name
            links = {
                (key["constrained_columns"][0], key["referred_table"]) for key in found.get_foreign_keys(name)
            }
            assert links == {(key.parent.name, key.column.table.name) for key in table.foreign_keys}, name
            options = [key["options"] for key in found.get_foreign_keys(name)]
            assert all(one == {"deferrable": True, "initially": "DEFERRED"} for one in options), name
    engine.dispose()


def text_orders(run_sql) -> set[tuple[object, ...]]:
    return set(
        run_sql(
            "SELECT collation_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND data_type = 'text'"
        )
    )


def layers(run_sql) -> list[tuple[object, ...]]:
    asked = (
        "SELECT f_table_name, type, srid, (SELECT count(*) FROM pg_indexes WHERE schemaname = f_table_schema"
        " AND tablename = f_table_name AND indexdef LIKE '%USING gist (geom)')"
        " FROM geometry_columns WHERE f_table_schema = current_schema() ORDER BY 1"
    )
    # The view looks at the tables of all schemas, of which another test may drop one meanwhile.
    for _ in range(10):
        with suppress(psycopg.errors.InternalError_):
            return run_sql(asked)
    return run_sql(asked)


def test_layers_and_the_order_of_text(store, run_sql):
    assert text_orders(run_sql) == {("C",)}
    assert layers(run_sql) == [
        ("boundary_line", "MULTILINESTRING", 4326, 1),
        ("boundary_marker", "POINT", 4326, 1),
        ("place", "POINT", 4326, 1),
        ("registered_line", "MULTILINESTRING", 4326, 1),
        ("staged_place", "POINT", 4326, 1),
        ("territory", "MULTIPOLYGON", 4326, 1),
    ]


@pytest.fixture
def migrate_further(store_address, tmp_path):
    """Migrate to a later schema version, which is there for the test only."""

    def run(*, fails: bool = False) -> None:
        folder = tmp_path / "further versions"
        folder.mkdir()
        (folder / "r9999t.py").write_text(FURTHER.format(last=schema.REVISIONS[-1], fails=fails))
        engine = make_engine(store_address, busy_seconds=5)
        try:
            with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                migrate(connection, further=[str(folder)])
        finally:
            engine.dispose()

    return run


def test_a_later_migration_keeps_the_rows_and_gets_index_and_order_by_itself(
    filled, migrate_further, run_sql, sample, store_address
):
    migrate_further()
    assert run_sql("SELECT version_num FROM schema_version") == [("9999t",)]
    assert run_sql("SELECT count(*) FROM name WHERE language = 'zh'") == [(4,)]
    assert text_orders(run_sql) == {("C",)}
    assert ("marker", "POINT", 4326, 1) in layers(run_sql)
    run_sql(f"UPDATE schema_version SET version_num = '{schema.REVISIONS[-1]}'")
    again = open_store(store_address)
    assert again.divisions() == list(sample.divisions)
    assert again.boundary_lines("squares") == list(sample.lines)
    again.close()


def test_a_migration_that_fails_changes_nothing(filled, migrate_further, run_sql, sample):
    with pytest.raises(DatabaseError, match="nowhere"):
        migrate_further(fails=True)
    assert run_sql("SELECT version_num FROM schema_version") == [(schema.REVISIONS[-1],)]
    assert filled.divisions() == list(sample.divisions)
    assert filled.verify() == []


def test_an_older_schema_works_after_the_upgrade_only(filled, monkeypatch):
    monkeypatch.setattr(sql_store, "REVISIONS", (*schema.REVISIONS, "9999t"))
    assert not filled.schema_is_current()
    assert filled.info().rows["name"] == 4
    with pytest.raises(DatabaseError, match="geoname db upgrade") as raised:
        filled.divisions()
    assert ":***@" in raised.value.message
    assert filled.upgrade() == "9999t"
    assert len(filled.divisions()) == 3
