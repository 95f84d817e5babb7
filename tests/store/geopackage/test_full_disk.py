"""A full disk is told as such, and what was there stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geoname.errors import StorageError
from geoname.store.open_store import open_store

SMALL = """
import resource, sys
from pathlib import Path
from geoname.core.register.place import Place
from geoname.core.register.record_batch import PlaceBatch, RecordBatch
from geoname.errors import StorageError
from geoname.store.open_store import open_store

what, address, room = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(address) if what != "create" else None
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    if what == "write":
        with store.writing("loader", "too much") as writer:
            writer.put_places([Place(f"k{i}", "21610", None, f"k:{i}") for i in range(30_000)], "r1")
    elif what == "load":
        ids = [f"k{i}" for i in range(30_000)]
        places = PlaceBatch(id=ids, feature_class="21610", source_record=ids)
        with store.writing("loader", "too much") as writer:
            writer.put_batch(RecordBatch(places), "r1")
    elif what == "backup":
        store.backup(Path(address + ".bak"))
    else:
        open_store(address, create=True)
except StorageError as error:
    assert "make room" in error.message and error.field == "database", error.message
    print("told")
if store is not None:
    assert store.name_entry("n1").name.text == "贵州省"
    print("readable")
"""


def run_with_room(what: str, address: str, room: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SMALL, what, address, str(room)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("what", ["write", "load"])
def test_a_write_that_finds_no_room_changes_nothing(filled, store_address, sample, what):
    version, rows = filled.data_version(), filled.info().rows
    filled.close()
    assert run_with_room(what, store_address, Path(store_address).stat().st_size + 300_000) == [
        "told", "readable",
    ]  # fmt: skip
    again = open_store(store_address)
    assert (again.data_version(), again.info().rows, again.verify()) == (version, rows, [])
    with again.writing("loader", "room again") as writer:
        writer.put_places(sample.places, "r1")
    again.close()


def test_a_backup_that_finds_no_room_leaves_no_half_file(filled, store_address):
    filled.close()
    assert run_with_room("backup", store_address, 60_000) == ["told", "readable"]
    assert not Path(store_address + ".bak").exists()
    assert len([file for file in Path(store_address).parent.iterdir() if file.name.startswith(".")]) == 0


def test_a_database_that_finds_no_room_is_not_made(tmp_path):
    assert run_with_room("create", str(tmp_path / "new.gpkg"), 50_000) == ["told"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written") as raised:
        open_store(str(tmp_path / "file" / "new.gpkg"), create=True)
    assert raised.value.field == "database"
