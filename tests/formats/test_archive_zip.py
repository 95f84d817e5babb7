"""The archive set lists every file with its checksum, is the same each time, and unpacks anew."""

from __future__ import annotations

import hashlib
import zipfile

import pytest

from geoname.errors import InvalidInputError
from geoname.formats.archive_zip import ArchiveFile, unpack_archive, write_archive


def files(tmp_path):
    (tmp_path / "photo").write_bytes(b"\xff\xd8\xff" * 1000)
    return [
        ArchiveFile("1-文书/001-实施方案.txt", "实施方案", "㵲阳".encode()),
        ArchiveFile("4-照片/001.jpg", "照片", tmp_path / "photo"),
    ]


def test_every_file_is_listed_with_its_checksum(tmp_path):
    write_archive(files(tmp_path), "花清线归档", "2026-04-02", tmp_path / "a.zip")
    count = unpack_archive(tmp_path / "a.zip", tmp_path / "out")
    assert count == 4
    sums = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    assert len(sums) == 3
    for line in sums:
        digest, path = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / path).read_bytes()).hexdigest() == digest
    listed = (tmp_path / "out" / "目录.csv").read_text("utf-8-sig")
    assert "1-文书/001-实施方案.txt,实施方案,6," in listed


def test_the_same_files_give_the_same_zip(tmp_path):
    for name in ("a.zip", "b.zip"):
        write_archive(files(tmp_path), "x", "2026-04-02", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert all(info.date_time[:3] == (2026, 4, 2) for info in zipfile.ZipFile(tmp_path / "a.zip").infolist())


def test_two_files_of_one_name_are_refused(tmp_path):
    twice = [ArchiveFile("a", "", b"1"), ArchiveFile("a", "", b"2")]
    with pytest.raises(InvalidInputError, match="called a"):
        write_archive(twice, "x", "2026-04-02", tmp_path / "a.zip")


def test_an_old_day_is_what_a_zip_can_hold(tmp_path):
    write_archive(files(tmp_path), "x", "1970-01-01", tmp_path / "a.zip")
    assert unpack_archive(tmp_path / "a.zip", tmp_path / "out") == 4
