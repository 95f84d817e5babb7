"""What opens and what does not, each with its remedy and without its password."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from geoname.errors import (
    ConflictError,
    DatabaseError,
    GeonameError,
    InvalidInputError,
    NotReadyError,
    StorageError,
)
from geoname.store import open_store as opening
from geoname.store.open_store import open_store
from geoname.store.schema import METADATA, REVISIONS

pytestmark = pytest.mark.postgres


def changed(address: str, **parts: str) -> str:
    """The address with another user, password, port or database."""
    split = urlsplit(address)
    user = parts.get("user", split.username)
    password = parts.get("password", split.password)
    place = f"{user}:{password}@{split.hostname}:{parts.get('port', split.port or 5432)}"
    return urlunsplit(split._replace(netloc=place, path=parts.get("path", split.path)))


def all_texts(error: BaseException | None) -> str:
    """The error with everything that led to it."""
    texts = []
    while error is not None:
        texts += [str(error), repr(error), getattr(error, "zh", "")]
        error = error.__cause__ or error.__context__
    return "\n".join(texts)


def test_a_new_database_is_empty_and_current(store_address, run_sql):
    store = open_store(store_address, create=True)
    info = store.info()
    assert (info.dialect, info.schema_version) == ("postgis", REVISIONS[-1])
    assert set(info.rows) == set(METADATA.tables)
    assert {table: count for table, count in info.rows.items() if count} == {"setting": 2}
    assert info.size_bytes > 100_000
    assert store.schema_is_current()
    assert (store.data_version(), len(store.database_id()), store.verify()) == (0, 32, [])
    again = open_store(store_address, create=True)
    assert again.database_id() == store.database_id()
    again.close()
    store.close()


def test_tables_are_not_made_unasked(store_address, run_sql):
    with pytest.raises(NotReadyError, match="geoname load guizhou") as raised:
        open_store(store_address)
    assert raised.value.field == "database"
    assert run_sql("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") == [(0,)]


def test_two_who_make_the_tables_at_once_get_the_same(store_address):
    ids, troubles = [], []

    def make() -> None:
        try:
            store = open_store(store_address, create=True)
        except GeonameError as error:
            troubles.append(error)
            return
        ids.append(store.database_id())
        store.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(ids) == 4
    assert len(set(ids)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE name (id int)",
        "CREATE TABLE schema_version (version_num text); CREATE TABLE setting (id int)",
        "CREATE TABLE schema_version (version_num text); CREATE TABLE setting (key text, value text)",
        "CREATE TABLE schema_version (major int); CREATE TABLE setting (key text, value text)",
    ],
)
def test_tables_of_another_program_stay_untouched(store_address, run_sql, statement):
    run_sql(statement)
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    before = run_sql(tables)
    for create in (False, True):
        with pytest.raises(DatabaseError, match="geoname did not make") as raised:
            open_store(store_address, create=create)
        assert raised.value.field == "database"
    assert run_sql(tables) == before


def test_a_newer_schema_asks_for_a_newer_program(store, store_address, run_sql):
    run_sql("UPDATE schema_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"9999.*upgrade geoname"):
        open_store(store_address)


def test_what_cannot_be_reached_is_told_without_the_password(store_address):
    wrong = {
        "port": changed(store_address, port="1"),
        "password": changed(store_address, password="ganz-geheim"),
        "user": changed(store_address, user="nobody_of_this_name", password="ganz-geheim"),
        "database": changed(store_address, path="/no_such_database"),
    }
    secret = urlsplit(store_address).password
    for what, address in wrong.items():
        with pytest.raises(NotReadyError, match="cannot be reached") as raised:
            open_store(address, create=True)
        assert raised.value.field == "database", what
        texts = all_texts(raised.value)
        assert "ganz-geheim" not in texts, what
        assert f":{secret}@" not in texts, what
        assert ":***@" in raised.value.message, what


@pytest.mark.parametrize(
    "address", ["postgresql://u:geheim@h:port/d", "postgresql://u:geheim@h/d?nonsense=1"]
)
def test_an_address_that_cannot_be_read_is_told_without_the_password(address):
    with pytest.raises((InvalidInputError, NotReadyError)) as raised:
        open_store(address)
    assert raised.value.field == "database"
    assert "geheim" not in all_texts(raised.value)


def test_without_the_driver_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(opening, "find_spec", lambda name: None)
    with pytest.raises(InvalidInputError, match=r"pip install 'geoname\[postgis\]'") as raised:
        open_store("postgresql://u:geheim@h/d")
    assert "geheim" not in raised.value.message + raised.value.zh


@pytest.fixture
def other_database(store_address):
    """Make databases with other settings; they are dropped when the test is over."""
    made = []

    def make(settings: str, *statements: str) -> str:
        made.append(f"geoname_test_{uuid4().hex}")
        with psycopg.connect(store_address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE template0 {settings}")
        address = changed(store_address, path=f"/{made[-1]}").partition("?")[0]
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
        return address

    yield make
    with psycopg.connect(store_address, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_encoding_that_lacks_characters_is_refused(other_database):
    address = other_database("ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(DatabaseError, match=r"LATIN1.*ENCODING 'UTF8'"):
        open_store(address, create=True)


def test_postgis_is_added_where_that_is_allowed_and_asked_for_where_not(other_database, store_address):
    allowed = open_store(other_database(""), create=True)
    assert allowed.verify() == []
    allowed.close()
    address = other_database("")
    role = f"geoname_test_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'geheim'")
        connection.execute(f"GRANT CREATE ON SCHEMA public TO {role}")
    try:
        with pytest.raises(DatabaseError, match="CREATE EXTENSION postgis") as raised:
            open_store(changed(address, user=role, password="geheim"), create=True)
        assert "geheim" not in all_texts(raised.value)
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")


def test_text_is_ordered_by_code_points_whatever_the_server_thinks(other_database, sample):
    address = other_database("LOCALE_PROVIDER icu ICU_LOCALE 'zh' LOCALE 'C.UTF-8' ENCODING 'UTF8'")
    names = [f"{start}1" for start in ("乙", "a", "甲", "B", "Z", "é", "𠅤")]
    with psycopg.connect(address) as connection:
        theirs = [
            row[0] for row in connection.execute("SELECT n FROM unnest(%s::text[]) n ORDER BY n", (names,))
        ]
    assert theirs != sorted(names)
    store = open_store(address, create=True)

    with store.writing("loader", "order") as writer:
        writer.put_source(sample.source)
        writer.put_release(sample.release)
        writer.put_places(sample.places, "r1")
        writer.put_names([replace(sample.names[0], id=name) for name in names], "r1")
    assert [entry.name.id for batch in store.name_entries() for entry in batch] == sorted(names)
    store.close()


def test_two_schemas_of_one_database_do_not_wait_for_each_other(new_schema, store, store_address):
    neighbour = open_store(new_schema(), create=True, busy_seconds=0.2)
    same = open_store(store_address, busy_seconds=0.2)
    with store.writing("first", "long"):
        with neighbour.writing("second", "at the same time") as writer:
            writer.record("tally", "counted")
        with pytest.raises(ConflictError), same.writing("third", "waits in vain"):
            pass
    assert neighbour.data_version() == 1
    same.close()
    neighbour.close()


def test_a_schema_further_down_the_search_path_is_another_database(filled, store_address, new_schema):
    below = quote(f",{urlsplit(store_address).query.rpartition('=')[2]},public", safe="")
    address = new_schema().replace(quote(",public", safe=""), below)
    with pytest.raises(NotReadyError):
        open_store(address)
    store = open_store(address, create=True)
    assert store.database_id() != filled.database_id()
    assert store.divisions() == []
    assert set(store.info().rows) == set(METADATA.tables)
    assert len(filled.divisions()) == 3
    assert (store.verify(), filled.verify()) == ([], [])
    store.close()


def test_a_server_that_dropped_its_connections_is_connected_again(filled, store_address, run_sql):
    assert filled.data_version() == 1
    run_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = current_schema() AND pid <> pg_backend_pid()"
    )
    assert filled.data_version() == 1


def test_a_connection_lost_in_the_middle_changes_nothing(filled, sample, run_sql):
    def write_and_lose() -> None:
        with filled.writing("x", "y") as writer:
            writer.put_places(sample.places, "r1")
            writer.record("tally", "counted")
            run_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = current_schema() AND pid <> pg_backend_pid()"
            )
            writer.record("tally", "counted")

    with pytest.raises(NotReadyError, match="cannot be reached"):
        write_and_lose()
    assert (filled.data_version(), filled.audit("tally"), filled.verify()) == (1, [], [])


def test_readers_cannot_write(filled):

    with pytest.raises(StorageError, match="read-only"), filled.snapshot() as (connection, _):
        connection.execute(text("DELETE FROM name"))


def test_a_file_is_opened_without_the_driver():
    code = "import sys, geoname.store.open_store; sys.exit('psycopg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
