"""Writes an archive set (归档文件): one zip with a list of its files and their SHA-256 checksums."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geoname.errors import InvalidInputError, StorageError

LIST, SUMS = "目录.csv", "SHA256SUMS"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of the set: its path within it, what it is, and its content or where that lies."""

    path: str
    title: str
    content: bytes | Path


def write_archive(files: Iterable[ArchiveFile], folder: str, day: str, target: Path) -> None:
    """A zip with everything below one folder, `目录.csv` and `SHA256SUMS` (as sha256sum -c reads it) last.

    Times within are those of `day`, so that the same files give the same zip. InvalidInputError when two
    files have one path, StorageError when the disk is full.
    """
    year, month, number = (int(part) for part in day.split("-"))
    stamp = (max(year, 1980), month, number, 0, 0, 0)
    listed: list[tuple[str, str, int, str]] = []
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                if any(file.path == known[0] for known in listed):
                    raise InvalidInputError(
                        f"two files of the set are called {file.path}",
                        zh=f"归档中有两个文件同名：{file.path}",
                        field="archive",
                    )
                size, digest = _add(archive, f"{folder}/{file.path}", file.content, stamp)
                listed.append((file.path, file.title, size, digest))
            table = _list(listed)
            _, digest = _add(archive, f"{folder}/{LIST}", table, stamp)
            sums = [*((path, told) for path, _, _, told in listed), (LIST, digest)]
            text = "".join(f"{told}  {path}\n" for path, told in sums)
            _add(archive, f"{folder}/{SUMS}", text.encode(), stamp)
    except OSError as error:
        raise StorageError(
            f"the archive set cannot be written ({error.strerror}): make room",
            zh=f"无法写入归档文件（{error.strerror}）：请腾出空间",
            field="archive",
        ) from error


def unpack_archive(source: Path, target: Path) -> int:
    """Write the files of a set that was just made into a new folder; how many there are."""
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
        for name in names:
            # Ours begin with one folder, which the new one stands for.
            inside = target.joinpath(*Path(name).parts[1:])
            inside.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as content, inside.open("xb") as out:
                while block := content.read(_BLOCK):
                    out.write(block)
    return len(names)


def _add(
    archive: zipfile.ZipFile, name: str, content: bytes | Path, stamp: tuple[int, int, int, int, int, int]
) -> tuple[int, str]:
    about = zipfile.ZipInfo(name, stamp)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    size, digest = 0, hashlib.sha256()
    with archive.open(about, "w", force_zip64=True) as out:
        for block in _blocks(content):
            out.write(block)
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def _blocks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def _list(listed: Iterable[tuple[str, str, int, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["文件", "名称", "字节", "SHA-256"])
    writer.writerows(listed)
    return out.getvalue().encode("utf-8-sig")
