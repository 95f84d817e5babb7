"""A backup is one consistent file; a restore looks through it before it replaces anything."""

from __future__ import annotations

import sqlite3
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from geoname.errors import ConflictError, DatabaseError, DataFileError, InvalidInputError
from geoname.store.geopackage.restore import restore_geopackage
from geoname.store.open_store import open_store, restore_store


@pytest.fixture
def backup(filled, tmp_path) -> Path:
    target = tmp_path / "backup" / "b.gpkg"
    filled.backup(target)
    return target


def tamper(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_backup_is_one_private_file_that_opens(backup, sample):
    assert [file.name for file in backup.parent.iterdir()] == ["b.gpkg"]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    store = open_store(str(backup))
    assert store.divisions() == list(sample.divisions)
    assert store.verify() == []
    store.close()


def test_a_backup_never_overwrites(filled, backup):
    before = backup.read_bytes()
    with pytest.raises(InvalidInputError, match="exists already") as raised:
        filled.backup(backup)
    assert raised.value.field == "target"
    assert backup.read_bytes() == before


def test_a_backup_under_writes_is_one_moment(filled, sample, tmp_path, store_address):
    stop = threading.Event()

    def keep_writing() -> None:
        store = open_store(store_address, busy_seconds=30)
        count = 0
        while not stop.is_set():
            count += 1
            with store.writing("x", "busy") as writer:
                writer.put_names([replace(name, text=f"第{count}") for name in sample.names], "r1")
        store.close()

    thread = threading.Thread(target=keep_writing)
    thread.start()
    try:
        for i in range(5):
            filled.backup(tmp_path / f"b{i}.gpkg")
    finally:
        stop.set()
        thread.join()
    for i in range(5):
        copy = open_store(str(tmp_path / f"b{i}.gpkg"))
        texts = {entry.name.text for batch in copy.name_entries() for entry in batch}
        assert len(texts) == 1 or texts == {name.text for name in sample.names}
        assert copy.verify() == []
        copy.close()


def test_a_restore_brings_back_what_was(filled, backup, sample, store_address):
    with filled.writing("x", "a mistake") as writer:
        writer.put_names([replace(sample.names[0], text="错")], "r1")
    old_id = filled.database_id()
    filled.close()
    restore_store(backup, store_address)
    again = open_store(store_address)
    assert again.name_entry("n1").name == sample.names[0]
    assert again.verify() == []
    assert again.database_id() != old_id
    again.close()
    assert stat.S_IMODE(Path(store_address).stat().st_mode) == 0o600


def test_a_restore_leaves_the_backup_as_it_is(filled, backup, tmp_path):
    before = backup.read_bytes()
    restore_geopackage(backup, tmp_path / "elsewhere" / "new.gpkg")
    assert backup.read_bytes() == before
    assert [file.name for file in backup.parent.iterdir()] == ["b.gpkg"]
    assert [file.name for file in (tmp_path / "elsewhere").iterdir()] == ["new.gpkg"]


def test_a_restore_over_a_damaged_database_works(filled, backup, store_address, sample):
    filled.close()
    path = Path(store_address)
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(DatabaseError):
        open_store(store_address)
    restore_geopackage(backup, path)
    again = open_store(store_address)
    assert again.divisions() == list(sample.divisions)
    again.close()


def test_a_restore_over_an_open_database_is_refused(filled, backup, store_address, sample):
    filled.data_version()
    with pytest.raises(ConflictError, match=r"in use|another writer"):
        restore_geopackage(backup, Path(store_address), busy_seconds=0.2)
    assert filled.divisions() == list(sample.divisions)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE audit SET after = '{}'", "content was changed afterwards"),
        ("DELETE FROM audit WHERE position = 1", "missing"),
        ("DELETE FROM place WHERE id = 'pvi'", "place is not there"),
        ("DELETE FROM rtree_territory_geom", "not in the spatial index"),
        ("UPDATE edition SET content_sha256 = ''", "altered afterwards"),
        ("UPDATE schema_version SET version_num = '9999'", "9999"),
        ("DROP TABLE setting", "not made by geoname"),
    ],
)
def test_a_faulty_backup_replaces_nothing(filled, backup, store_address, damage, told, sample):
    tamper(backup, damage)
    filled.close()
    before = Path(store_address).read_bytes()
    with pytest.raises(DatabaseError, match=told):
        restore_geopackage(backup, Path(store_address))
    assert Path(store_address).read_bytes() == before


def test_a_backup_cut_off_half_way_replaces_nothing(filled, backup, store_address):
    filled.close()
    before = Path(store_address).read_bytes()
    backup.write_bytes(backup.read_bytes()[:-5000])
    with pytest.raises(DatabaseError, match="damaged, cut off"):
        restore_geopackage(backup, Path(store_address))
    assert Path(store_address).read_bytes() == before


def test_a_missing_backup_is_named(tmp_path):
    with pytest.raises(DataFileError) as raised:
        restore_geopackage(tmp_path / "none.gpkg", tmp_path / "new.gpkg")
    assert raised.value.field == "backup"
    assert list(tmp_path.iterdir()) == []
