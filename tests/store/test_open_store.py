"""What opens and what does not, each with its remedy."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from geoname.errors import DatabaseError, InvalidInputError, NotReadyError
from geoname.store.open_store import open_store
from geoname.store.schema import REVISIONS


def make(path: Path) -> Path:
    open_store(str(path), create=True).close()
    return path


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_new_database_is_empty_private_and_current(tmp_path):
    path = tmp_path / "var" / "new.gpkg"
    store = open_store(str(path), create=True)
    info = store.info()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (info.dialect, info.schema_version, info.address) == ("geopackage", REVISIONS[-1], str(path))
    assert info.size_bytes >= path.stat().st_size > 0
    assert store.schema_is_current()
    assert store.data_version() == 0
    assert len(store.database_id()) == 32
    assert store.verify() == []
    store.close()
    assert [file.name for file in path.parent.iterdir()] == ["new.gpkg"]


def test_the_files_beside_an_open_database_are_private_too(filled, store_address):
    path = Path(store_address)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_creating_where_one_is_opens_it(filled, store_address, sample):
    again = open_store(store_address, create=True)
    assert again.database_id() == filled.database_id()
    assert again.divisions() == list(sample.divisions)
    again.close()


def test_two_databases_have_different_ids(tmp_path):
    ids = set()
    for name in ("a.gpkg", "b.gpkg"):
        store = open_store(str(tmp_path / name), create=True)
        ids.add(store.database_id())
        store.close()
    assert len(ids) == 2


def test_a_missing_file_is_not_made_unasked(tmp_path):
    with pytest.raises(NotReadyError, match="geoname load guizhou") as raised:
        open_store(str(tmp_path / "none.gpkg"))
    assert raised.value.field == "database"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["mysql://x", "sqlite:///a.db"])
def test_another_kind_of_database_is_refused_by_name(address):
    with pytest.raises(InvalidInputError, match=address.partition(":")[0]) as raised:
        open_store(address)
    assert raised.value.field == "database"
    assert "GeoPackage" in raised.value.message


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"id,name\n1,2\n" * 100])
def test_what_is_no_geopackage_stays_untouched(tmp_path, content):
    path = tmp_path / "other.gpkg"
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(DatabaseError, match="restore a backup"):
            open_store(str(path), create=create)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["other.gpkg"]


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(DatabaseError, match="no file"):
        open_store(str(tmp_path))


def test_a_database_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.sqlite"
    change(
        path,
        "CREATE TABLE schema_version (version_num TEXT)",
        "CREATE TABLE setting (key TEXT)",
        f"INSERT INTO schema_version VALUES ('{REVISIONS[-1]}')",
    )
    with pytest.raises(DatabaseError, match="not made by geoname"):
        open_store(str(path))


def test_a_foreign_geopackage_is_refused(tmp_path):
    path = make(tmp_path / "a.gpkg")
    change(path, "DROP TABLE setting")
    with pytest.raises(DatabaseError, match="not made by geoname"):
        open_store(str(path))


def test_a_newer_schema_asks_for_a_newer_program(tmp_path):
    path = make(tmp_path / "a.gpkg")
    change(path, "UPDATE schema_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"9999.*upgrade geoname"):
        open_store(str(path))


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.98])
def test_a_file_cut_off_half_way_is_said_to_be(filled, store_address, tmp_path, keep):
    whole = tmp_path / "copy.gpkg"
    filled.backup(whole)
    content = whole.read_bytes()
    cut = tmp_path / "cut.gpkg"
    cut.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(DatabaseError, match="damaged, cut off"):
        open_store(str(cut))


def test_damage_in_the_middle_is_told_when_it_is_met(filled, tmp_path):
    path = tmp_path / "copy.gpkg"
    filled.backup(path)
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    path.write_bytes(bytes(content))
    with pytest.raises(DatabaseError, match="damaged"):
        open_store(str(path)).divisions()


def test_opening_does_not_wait_for_what_only_upgrading_needs():
    code = "import sys, geoname.store.open_store; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
