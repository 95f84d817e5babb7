"""Index files (索引文件): arrays in folders, written whole or not at all, mapped read-only, checksummed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from geoname.errors import DataFileError, InvalidInputError, NotFoundError, StorageError
from geoname.store.build_lock import locked

Arrays = Mapping[str, NDArray[Any]]
FORMAT = 4
"""Grows when arrays of the same name come to mean something else; files of another format are made anew."""
_MANIFEST = "manifest.json"
_BEGUN = "begun-"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


class IndexFiles:
    """The folder of the index files: for each kind one folder for each generation of the data.

    A folder holds one .npy file for each array and a manifest with sizes and checksums. It is written under
    another name, brought to the disk, then renamed, so that at every moment each generation is there whole or
    not at all.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made by the first `save`."""
        self.folder = folder

    def save(self, kind: str, generation: str, arrays: Arrays) -> Arrays:
        """Write a generation and give it back mapped; one of the same name is replaced.

        StorageError when the disk is full or not writable: what was there before is then still there.
        """
        target = self._place(kind, generation)
        begun = target.with_name(f"{_BEGUN}{uuid4().hex}")
        lock = begun.with_suffix(".lock")
        # The lock says that the folder's writer lives; `prune` clears away what a killed one left.
        try:
            with locked(lock):
                begun.mkdir(mode=0o700)
                _write(begun, arrays)
                _swap_in(begun, target)
        except OSError as error:
            raise _not_writable(target, error) from error
        finally:
            shutil.rmtree(begun, ignore_errors=True)
            with suppress(OSError):  # it may never have been made; what stays, `prune` clears away
                lock.unlink()
        opened = self.open(kind, generation)
        if opened is None:
            raise DataFileError(
                f"{target} was taken away while it was written: do not clear the cache of a running service",
                zh=f"{target} 在写入时被删除：服务运行时请勿清理缓存",
                field="cache",
            )
        return opened

    def open(self, kind: str, generation: str) -> Arrays | None:
        """The arrays of a generation, mapped read-only; None when it is not there or of another format.

        DataFileError when a file is missing, cut off or not the array that the manifest names.
        """
        place = self._place(kind, generation)
        manifest = _manifest(place)
        if manifest is None or manifest["format"] != FORMAT:
            return None
        return {name: _map(place / f"{name}.npy", entry) for name, entry in manifest["arrays"].items()}

    def verify(self, kind: str, generation: str) -> tuple[str, ...]:
        """Read everything; the names of the files whose content is not what was written.

        NotFoundError when there is no such generation.
        """
        place = self._place(kind, generation)
        manifest = _manifest(place)
        if manifest is None:
            raise NotFoundError(
                f"there are no index files {kind} of {generation}: they are made when the service starts",
                zh=f"没有 {generation} 的索引文件 {kind}：服务启动时会自动生成",
                field="cache",
            )
        return tuple(
            f"{name}.npy"
            for name, entry in manifest["arrays"].items()
            if not (place / f"{name}.npy").is_file() or _digest(place / f"{name}.npy") != entry["sha256"]
        )

    @contextmanager
    def building(self, kind: str, generation: str) -> Iterator[None]:
        """Be the only builder of a kind, among threads and processes; the others wait, then find it made.

        Open the generation inside the block before building it: another may have made it meanwhile.
        """
        lock = self._place(kind, generation).with_name("building.lock")
        with locked(lock):
            yield

    def generations(self, kind: str) -> list[str]:
        """The generations of a kind that are there whole."""
        place = self.folder / _checked(kind, "kind")
        return sorted(each.parent.name for each in place.glob(f"*/{_MANIFEST}") if not _is_begun(each.parent))

    def prune(self, keep: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
        """Remove all generations but these (kind, generation), and what killed writers left behind.

        Gives what was removed. A process that has one mapped keeps reading it; where the system does not let
        mapped files be removed, they stay for the next time.
        """
        removed = []
        for kind in sorted(each for each in self.folder.glob("*") if each.is_dir()):
            for generation in self.generations(kind.name):
                if (kind.name, generation) not in keep:
                    shutil.rmtree(kind / generation, ignore_errors=True)
                    if not (kind / generation).exists():
                        removed.append((kind.name, generation))
            for begun in {each.with_suffix("") for each in kind.glob(f"{_BEGUN}*")}:
                _clear_if_abandoned(begun)
        return removed

    def remove(self, kind: str, generation: str) -> None:
        """Remove one generation; who has it mapped keeps reading it."""
        place = self._place(kind, generation)
        aside = place.with_name(f"{_BEGUN}{uuid4().hex}")
        # Renamed first: half a generation must not be there. What cannot be removed, `prune` clears away.
        with suppress(OSError):
            place.rename(aside)
            shutil.rmtree(aside, ignore_errors=True)

    def _place(self, kind: str, generation: str) -> Path:
        return self.folder / _checked(kind, "kind") / _checked(generation, "generation")


def _write(begun: Path, arrays: Arrays) -> None:
    """Write arrays and manifest, and bring them to the disk."""
    entries = {}
    for name, array in arrays.items():
        file = begun / f"{_checked(name, 'array')}.npy"
        with file.open("wb") as out:
            np.save(out, array, allow_pickle=False)
            out.flush()
            os.fsync(out.fileno())
        entries[name] = {
            "bytes": file.stat().st_size,
            "dtype": np.lib.format.dtype_to_descr(array.dtype),
            "shape": list(array.shape),
            "sha256": _digest(file),
        }
    with (begun / _MANIFEST).open("w", encoding="utf-8") as out:
        json.dump({"format": FORMAT, "arrays": entries}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    _sync_folder(begun)


def _swap_in(begun: Path, target: Path) -> None:
    """Give the written folder its name; one that has it already is moved out of the way first."""
    if target.exists():
        aside = target.with_name(f"{_BEGUN}{uuid4().hex}")
        target.rename(aside)
        begun.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        begun.rename(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # Windows opens no folders; there the rename itself is brought to the disk.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _manifest(place: Path) -> dict[str, Any] | None:
    """What a generation's manifest says; None when there is no such generation."""
    file = place / _MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(manifest["format"], int) and isinstance(manifest["arrays"], dict):
            return manifest
    except FileNotFoundError:
        if not place.exists():
            return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(file, str(error)) from error
    raise _damaged(file, "no manifest")


def _map(file: Path, entry: Mapping[str, Any]) -> NDArray[Any]:
    try:
        size = file.stat().st_size
        if size != entry["bytes"]:
            raise _damaged(file, f"{size} bytes instead of {entry['bytes']}")
        mapped: NDArray[Any] = np.load(file, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(file, str(error)) from error
    if list(mapped.shape) != entry["shape"]:
        raise _damaged(file, f"shape {mapped.shape} instead of {entry['shape']}")
    return mapped.view(np.ndarray)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _is_begun(folder: Path) -> bool:
    return folder.name.startswith(_BEGUN)


def _clear_if_abandoned(begun: Path) -> None:
    lock = begun.with_suffix(".lock")
    with locked(lock, wait=False) as held:
        if held:
            shutil.rmtree(begun, ignore_errors=True)
    if held:
        lock.unlink(missing_ok=True)


def _checked(name: str, field: str) -> str:
    if _NAME.fullmatch(name) is None or name.startswith(_BEGUN):
        raise InvalidInputError(
            f"{name!r} cannot name a file of an index: use letters, digits, dots, hyphens and underscores",
            zh=f"{name!r} 不能用作索引文件名：只能用字母、数字、点、连字符和下划线",
            field=field,
        )
    return name


def _damaged(file: Path, trouble: str) -> DataFileError:
    return DataFileError(
        f"the index file {file} is damaged ({trouble}): remove the folder {file.parent}, it is made again",
        zh=f"索引文件 {file} 已损坏（{trouble}）：请删除文件夹 {file.parent}，服务会重新生成",
        field="cache",
    )


def _not_writable(target: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{target} cannot be written ({error.strerror}): make room or give write permission; "
        "nothing was changed",
        zh=f"无法写入 {target}（{error.strerror}）：请腾出空间或授予写权限；原有文件未改动",
        field="cache",
    )
