"""A partial file is cut back to where it reached the disk; a full disk is told with its remedy."""

import pytest

from geoname.errors import StorageError
from geoname.formats.tables.partial_file import PartialFile


def test_another_run_cuts_back_to_a_position(tmp_path):
    file = tmp_path / "x.partial"
    first = PartialFile(file, None)
    first.write(b"kept")
    position = first.sync()
    first.write(b"torn and long")
    first.close()
    second = PartialFile(file, position)
    second.write(b"!")
    second.place(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"kept!"
    assert not file.exists()


def test_beginning_anew_drops_what_was_there(tmp_path):
    (tmp_path / "x.partial").write_bytes(b"old")
    PartialFile(tmp_path / "x.partial", None).close()
    assert (tmp_path / "x.partial").read_bytes() == b""


def test_what_cannot_be_written_is_told(tmp_path):
    with pytest.raises(StorageError, match="make room"):
        PartialFile(tmp_path / "missing" / "x", None)
    with pytest.raises(StorageError, match="x"):
        PartialFile(tmp_path / "x", 5)
    full = PartialFile(tmp_path / "y", None)
    with pytest.raises(StorageError):
        full.place(tmp_path / "missing" / "y")


def test_a_full_disk_is_told():
    from pathlib import Path

    full = PartialFile(Path("/dev/full"), None)
    full.write(b"x")
    with pytest.raises(StorageError, match="No space"):
        full.sync()
    with pytest.raises(StorageError, match="No space"):
        full.close()
