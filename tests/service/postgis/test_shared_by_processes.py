"""Several processes share one database: what one writes, the others follow within a second."""

from __future__ import annotations

import logging
import subprocess
import sys
import time

import psycopg
import pytest

from geoname.service.find_names import NameQuery, find_names
from geoname.service.opened import open_geoname
from geoname.store.open_store import open_store, restore_store
from geoname.store.postgis.dialect import PostgisDialect

# One process runs them all, so that the data is moved once.
pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgis")]
ANOTHER = """
import sys, time
from dataclasses import replace
from geoname.store.open_store import open_store

address, name_id, text = sys.argv[1:]
store = open_store(address)
entry = store.name_entry(name_id)
with store.writing("another process", "rename") as writer:
    writer.put_names([replace(entry.name, text=text)], entry.release_id)
print(time.time(), flush=True)
store.close()
"""
PATIENCE_S = 60


def rename_elsewhere(address: str, name_id: str, text: str) -> float:
    """Let another process rename; the time of its commit."""
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER, address, name_id, text], stdout=subprocess.PIPE, text=True
    ) as process:
        return float(process.stdout.readline())


@pytest.fixture(scope="module")
def two(on_server, tmp_path_factory):
    """Two services over one database, each with index files of its own machine."""
    folder = tmp_path_factory.mktemp("machines")
    pair = [open_geoname(on_server.address, folder / machine) for machine in ("a", "b")]
    for geoname in pair:
        geoname.live()
        geoname.watch(0.1)
    yield pair
    for geoname in pair:
        geoname.close()


def until(true) -> None:
    deadline = time.time() + PATIENCE_S
    while not true():
        assert time.time() < deadline
        time.sleep(0.05)


def test_what_another_process_writes_is_followed_by_both_within_a_second(two, on_server, monkeypatch):
    (item,) = find_names(two[0], NameQuery(q="息烽县", mode="exact")).items
    noticed: dict[int, float] = {}
    for number, geoname in enumerate(two):
        follow = geoname.refresh

        def timed(number=number, follow=follow):
            noticed.setdefault(number, time.time())
            return follow()

        monkeypatch.setattr(geoname, "refresh", timed)
    committed = rename_elsewhere(on_server.address, item.id, "息烽试县")
    try:
        # Both set to work within a second; making the index of all names anew takes longer.
        until(lambda: len(noticed) == 2)
        assert max(noticed.values()) - committed < 1
        until(lambda: all(find_names(one, NameQuery(q="息烽试县", mode="exact")).items for one in two))
        assert two[0].generation == two[1].generation
        assert two[0].files.folder != two[1].files.folder
    finally:
        rename_elsewhere(on_server.address, item.id, "息烽县")
        until(lambda: all(find_names(one, NameQuery(q="息烽县", mode="exact")).items for one in two))


def test_connections_that_were_cut_cost_no_answer_and_show_no_password(two, on_server, caplog):
    caplog.set_level(logging.DEBUG)
    with psycopg.connect(on_server.address) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = current_user AND pid <> pg_backend_pid()"
        )
    assert find_names(two[0], NameQuery(q="贵阳市", mode="exact")).items
    assert two[0].store.data_version() > 0
    assert two[1].store.name_entry("none") is None
    assert on_server.password not in caplog.text


def test_a_server_that_is_away_is_logged_without_the_password(two, on_server, caplog, monkeypatch):
    gone = f"postgresql://u:{on_server.password}@127.0.0.1:1/d"
    away = PostgisDialect(gone, busy_seconds=1)
    monkeypatch.setattr(two[0].store, "_dialect", away)
    until(lambda: "cannot be followed yet" in caplog.text)
    assert "127.0.0.1:1" in caplog.text
    assert on_server.password not in caplog.text
    assert find_names(two[0], NameQuery(q="贵阳市", mode="exact")).items
    monkeypatch.undo()


def test_a_restored_database_is_taken_up_by_those_at_work(two, on_server, tmp_path):
    working, _ = two
    two[1].close()
    old_version, old_id = working.store.data_version(), working.store.database_id()
    working.store.backup(tmp_path / "b.gpkg")
    restore_store(tmp_path / "b.gpkg", on_server.address)
    assert working.store.data_version() == old_version + 1
    until(lambda: working.live().data_version == old_version + 1)
    store = open_store(on_server.address)
    assert store.database_id() != old_id
    assert working.generation == f"{store.database_id()}-{old_version + 1}"
    assert store.verify() == []
    store.close()
