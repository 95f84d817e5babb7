"""A database moves whole to another of either kind, is backed up as a file, and restored from it."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from geoname.core.register.place import Place
from geoname.errors import ConflictError, DatabaseError, DataFileError, InvalidInputError, NotReadyError
from geoname.store.copying import tables as copying
from geoname.store.copying.move import move_store
from geoname.store.open_store import open_store, restore_store
from geoname.store.schema import METADATA


@pytest.fixture(params=["to geopackage", pytest.param("to postgis", marks=pytest.mark.postgres)])
def target_address(request, tmp_path):
    """Where to move to."""
    if request.param == "to geopackage":
        return str(tmp_path / "moved" / "new.gpkg")
    return request.getfixturevalue("new_schema")()


def everything(store) -> list[object]:
    return [
        [entry for batch in store.name_entries() for entry in batch],
        store.divisions(), store.division_events(), store.successions(), store.editions(), store.sources(),
        store.releases(), store.active_edition(), store.data_version(), store.boundary_lines("squares"),
        shapely.to_wkb(store.territories("squares").polygons).tolist(),
        store.audit("name:n3"), store.audit("release:r1"), store.info().rows,
    ]  # fmt: skip


def lived_in(store, sample) -> None:
    """Changes, an active edition, rows taken away: numbers with gaps."""
    with store.writing("chief", "activate") as writer:
        writer.activate_edition("squares")
        writer.put_names([replace(sample.names[2], romanization="Bōzhōu Qū")], "r1")
    recoded = replace(sample.divisions[2], codes=sample.divisions[2].codes[:1])
    with store.writing("chief", "recode") as writer:
        writer.put_divisions([recoded], "r1")
    with store.writing("chief", "recode back") as writer:
        writer.put_divisions([sample.divisions[2]], "r1")


def test_everything_is_there_after_a_move_and_can_be_gone_on_with(
    filled, sample, store_address, target_address
):
    lived_in(filled, sample)
    told: list[tuple[str, int, int]] = []
    contents = move_store(store_address, target_address, lambda *step: told.append(step))
    assert {one.table: one.rows for one in contents} == filled.info().rows
    assert [one.table for one in contents] == [table.name for table in METADATA.sorted_tables]
    assert told[-1][1] == told[-1][2] == 3 * sum(filled.info().rows.values())
    moved = open_store(target_address)
    assert everything(moved) == everything(filled)
    assert moved.verify() == []
    assert moved.database_id() != filled.database_id()
    with moved.writing("after", "the move") as writer:
        writer.put_places([Place("pnew", "21610", "pbz", "nbs:9")], "r1")
        writer.put_names([replace(sample.names[0], text="改")], "r1")
        writer.put_divisions([replace(sample.divisions[2], codes=())], "r1")
    assert moved.verify() == []
    assert filled.name_entry("n1").name.text == "贵州省"
    moved.close()


def test_a_move_and_back_gives_the_same_digests(filled, sample, store_address, target_address, tmp_path):
    lived_in(filled, sample)
    there = move_store(store_address, target_address)
    assert move_store(target_address, str(tmp_path / "back.gpkg")) == there


def test_a_target_that_holds_data_is_refused_and_an_empty_one_is_filled(
    filled, store_address, target_address
):
    empty = open_store(target_address, create=True)
    own_id = empty.database_id()
    move_store(store_address, target_address)
    assert (empty.database_id(), empty.data_version()) == (own_id, 1)
    before = everything(empty)
    with pytest.raises(InvalidInputError, match=r"holds data already \(in .*place") as raised:
        move_store(store_address, target_address)
    assert raised.value.field == "target"
    assert everything(empty) == before
    empty.close()


def test_a_database_is_not_moved_into_itself(filled, store_address):
    with pytest.raises(InvalidInputError, match="holds data already"):
        move_store(store_address, store_address)


def test_without_a_source_no_target_is_made(tmp_path, target_address, store_address):
    with pytest.raises(NotReadyError):
        move_store(store_address, target_address)
    with pytest.raises(NotReadyError):
        open_store(target_address)


def test_a_copy_that_differs_is_found_and_undone(filled, store_address, target_address, monkeypatch):
    true = copying.table_rows

    def with_a_slip(connection, table):
        for batch in true(connection, table):
            for row in batch:
                if table.name == "name" and row["id"] == "n2":
                    row["generic"] = "区"
            yield batch

    monkeypatch.setattr(copying, "table_rows", with_a_slip)
    with pytest.raises(DatabaseError, match="differs from its source in name: nothing was changed"):
        move_store(store_address, target_address)
    _nothing_is_there(target_address)


def test_a_move_that_breaks_off_leaves_no_row(filled, store_address, target_address):
    def stop(table: str, done: int, total: int) -> None:
        if table == "territory":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_store(store_address, target_address, stop)
    _nothing_is_there(target_address)


def _nothing_is_there(address: str) -> None:
    try:
        store = open_store(address)
    except NotReadyError:
        return
    assert {table for table, rows in store.info().rows.items() if rows} == {"setting"}
    store.close()


def test_a_backup_is_one_private_geopackage(filled, sample, tmp_path):
    lived_in(filled, sample)
    target = tmp_path / "backup" / "b.gpkg"
    filled.backup(target)
    assert [file.name for file in target.parent.iterdir()] == ["b.gpkg"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(open_store(str(target))) as copy:
        assert everything(copy) == everything(filled)
        assert copy.verify() == []
    content = target.read_bytes()
    with pytest.raises(InvalidInputError, match="exists already") as raised:
        filled.backup(target)
    assert raised.value.field == "target"
    assert target.read_bytes() == content


def test_a_backup_under_writes_is_one_moment(filled, sample, tmp_path, store_address):
    stop = threading.Event()

    def keep_writing() -> None:
        with closing(open_store(store_address, busy_seconds=30)) as store:
            count = 0
            while not stop.is_set():
                count += 1
                with store.writing("x", "busy") as writer:
                    writer.put_names([replace(name, text=f"第{count}") for name in sample.names], "r1")

    thread = threading.Thread(target=keep_writing)
    thread.start()
    try:
        for i in range(3):
            filled.backup(tmp_path / f"b{i}.gpkg")
    finally:
        stop.set()
        thread.join()
    for i in range(3):
        with closing(open_store(str(tmp_path / f"b{i}.gpkg"))) as copy:
            texts = {entry.name.text for batch in copy.name_entries() for entry in batch}
            assert len(texts) == 1 or texts == {name.text for name in sample.names}
            assert copy.verify() == []


def test_what_was_backed_up_is_restored_under_a_new_id(filled, sample, tmp_path, store_address):
    lived_in(filled, sample)
    before, id_, version = everything(filled), filled.database_id(), filled.data_version()
    filled.backup(tmp_path / "b.gpkg")
    with filled.writing("x", "a mistake") as writer:
        writer.put_names([replace(name, text="错") for name in sample.names], "r1")
    filled.close()
    restore_store(tmp_path / "b.gpkg", store_address)
    with closing(open_store(store_address)) as restored:
        after = everything(restored)
        assert restored.database_id() != id_
        assert restored.verify() == []
    position = before.index(version)
    assert after[:position] + after[position + 1 :] == before[:position] + before[position + 1 :]


def test_a_backup_is_restored_where_there_is_nothing_yet(filled, sample, tmp_path, target_address):
    filled.backup(tmp_path / "b.gpkg")
    restore_store(tmp_path / "b.gpkg", target_address)
    with closing(open_store(target_address)) as restored:
        assert restored.divisions() == list(sample.divisions)
        assert restored.verify() == []


@pytest.mark.parametrize(
    "damage",
    ["DELETE FROM audit WHERE position = 1", "UPDATE edition SET content_sha256 = ''", "DROP TABLE setting"],
)
def test_a_faulty_backup_replaces_nothing(filled, tmp_path, store_address, damage):
    filled.backup(tmp_path / "b.gpkg")
    with closing(sqlite3.connect(tmp_path / "b.gpkg")) as connection:
        connection.execute(damage)
        connection.commit()
    before, id_ = everything(filled), filled.database_id()
    filled.close()
    with pytest.raises(DatabaseError):
        restore_store(tmp_path / "b.gpkg", store_address)
    with pytest.raises(DataFileError):
        restore_store(Path(tmp_path / "none.gpkg"), store_address)
    with closing(open_store(store_address)) as same:
        assert (everything(same), same.database_id()) == (before, id_)


def test_nothing_is_restored_while_another_writes(filled, tmp_path, store_address):
    filled.backup(tmp_path / "b.gpkg")
    with filled.writing("x", "long"), pytest.raises(ConflictError):
        restore_store(tmp_path / "b.gpkg", store_address, busy_seconds=0.2)
    assert filled.verify() == []
