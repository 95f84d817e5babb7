"""What is handed in is kept once, privately, whole or not at all."""

import hashlib
import io
import os
import threading

import pytest

from geoname.errors import DataFileError, InvalidInputError, StorageError, TooLargeError
from geoname.store.attachments import Attachments

TEXT = "名称\n青岩镇\n".encode()


@pytest.fixture
def files(tmp_path):
    return Attachments(tmp_path / "files")


def csv(_):
    return "csv"


def keep(files, stream, most):
    with files.receiving(stream, most, csv) as received:
        files.place(received)
    return received


def left(files):
    return sorted(path for path in files.folder.rglob("*") if path.is_file() and path.name != ".lock")


def test_a_file_lies_under_its_digest_and_is_private(files):
    kept = keep(files, io.BytesIO(TEXT), 1000)
    assert (kept.sha256, kept.size) == (hashlib.sha256(TEXT).hexdigest(), len(TEXT))
    place = files.there(kept.sha256, "csv")
    assert place.read_bytes() == TEXT
    assert place.stat().st_mode & 0o777 == 0o600
    assert files.folder.stat().st_mode & 0o777 == 0o700
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_it_stays_private_under_a_generous_umask(files):
    before = os.umask(0)
    try:
        kept = keep(files, io.BytesIO(TEXT), 1000)
    finally:
        os.umask(before)
    assert files.there(kept.sha256, "csv").stat().st_mode & 0o777 == 0o600


def test_the_same_content_is_kept_once(files):
    assert keep(files, io.BytesIO(TEXT), 1000).sha256 == keep(files, io.BytesIO(TEXT), 1000).sha256
    assert len(left(files)) == 1


def test_too_large_a_file_leaves_nothing_behind(files):
    keep(files, io.BytesIO(b"x" * 1000), 1000)
    with pytest.raises(TooLargeError, match="1000 bytes"):
        keep(files, io.BytesIO(b"x" * 1001), 1000)
    assert len(left(files)) == 1


def test_a_sender_who_breaks_off_leaves_nothing_behind(files):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError("gone")

    with pytest.raises(ConnectionResetError):
        keep(files, Broken(), 1000)
    assert left(files) == []


def test_a_folder_that_cannot_be_written_is_told(files, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="make room"):
        keep(files, io.BytesIO(TEXT), 1000)
    monkeypatch.undo()
    assert left(files) == []


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "/" * 64, "." * 64])
def test_only_a_digest_is_a_place(files, digest):
    with pytest.raises(DataFileError, match="hexadecimal"):
        files.path(digest, "csv")


def test_only_letters_and_digits_end_a_name(files):
    for ending in ("", "../x", "a.b", "表"):
        with pytest.raises(DataFileError):
            files.path("a" * 64, ending)


def test_what_is_refused_by_its_content_leaves_nothing_behind(files):
    def refuse(file):
        assert file.read_bytes() == TEXT
        raise InvalidInputError("no table")

    with pytest.raises(InvalidInputError), files.receiving(io.BytesIO(TEXT), 1000, refuse):
        pass
    assert left(files) == []


def test_a_file_that_is_gone_is_told(files):
    kept = keep(files, io.BytesIO(TEXT), 1000)
    files.remove(kept.sha256, "csv")
    files.remove(kept.sha256, "csv")
    with pytest.raises(DataFileError, match="hand it in again"):
        files.there(kept.sha256, "csv")


def test_who_guards_is_alone(files):
    order = []

    def second():
        with files.guarded():
            order.append("second")

    with files.guarded():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_what_is_not_placed_is_gone_afterwards(files):
    with files.receiving(io.BytesIO(TEXT), 1000, csv) as received:
        assert received.file.read_bytes() == TEXT
        assert received.file.stat().st_mode & 0o777 == 0o600
    assert left(files) == []


def test_what_a_killed_process_left_is_swept_when_it_is_old(files):
    keep(files, io.BytesIO(TEXT), 1000)
    old, young = files.folder / ".part-aa", files.folder / ".part-bb.csv"
    old.mkdir()
    (old / "begun.csv").touch()
    young.touch()
    os.utime(old, (0, 0))
    files.sweep(3600)
    assert not old.exists()
    assert young.exists()
    assert len(left(files)) == 2
