"""The parts of a Shapefile (矢量数据分部文件), beside each other or in a zip, checked and made whole."""

from __future__ import annotations

import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geoname.errors import DataFileError, InvalidInputError

_PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
_HEAD = 100
_MAGIC = 9994
_LARGEST_BYTES = 2 << 30
_MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Parts:
    """The files of one Shapefile, ready to be read, and what had to be done for that."""

    shp: Path
    dbf: Path
    prj: Path | None
    cpg: Path | None
    notes: tuple[str, ...]

    def all(self) -> tuple[Path, ...]:
        """The files that say something, in a fixed order; the index repeats what .shp holds."""
        return tuple(part for part in (self.shp, self.dbf, self.prj, self.cpg) if part is not None)


@contextmanager
def shapefile_parts(file: Path, layer: str = "") -> Iterator[Parts]:
    """The parts of a .shp, or of the one in a .zip (`layer` chooses among several), while the block lasts.

    A missing .shx is rebuilt in a folder of its own; the user's folder is left alone. InvalidInputError for a
    missing .dbf and for a zip without one Shapefile, DataFileError for a file that is damaged or cut off.
    """
    with tempfile.TemporaryDirectory(prefix="geoname-") as folder:
        shp = _unpack(file, layer, Path(folder)) if file.suffix.lower() == ".zip" else file
        length = _check_whole(shp)
        dbf = _beside(shp, ".dbf")
        if dbf is None:
            raise InvalidInputError(
                f"{shp.stem}.dbf is missing: without it no polygon has a code; put it beside {shp.name}",
                zh=f"缺少 {shp.stem}.dbf：没有它就没有代码和名称；请把它放在 {shp.name} 旁边",
                field="file",
            )
        prj, cpg = _beside(shp, ".prj"), _beside(shp, ".cpg")
        notes: tuple[str, ...] = ()
        if _beside(shp, ".shx") is None:
            shp = _with_index(shp, dbf, Path(folder) / "indexed", length)
            notes = ("shx_rebuilt",)
        yield Parts(shp, dbf, prj, cpg, notes)


def _beside(shp: Path, ending: str) -> Path | None:
    """The part of an ending in small or capital letters."""
    for written in (ending, ending.upper()):
        part = shp.with_suffix(written)
        if part.is_file():
            return part
    return None


def _check_whole(shp: Path) -> int:
    """The length in bytes that the head tells; DataFileError when the file is shorter or none."""
    try:
        with shp.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as error:
        raise DataFileError(
            f"{shp.name} cannot be read ({error.strerror}): check the path",
            zh=f"无法读取 {shp.name}（{error.strerror}）：请检查路径",
            field="file",
        ) from error
    if len(head) < _HEAD or struct.unpack_from(">i", head)[0] != _MAGIC:
        raise _damaged(shp, "it is no Shapefile", "不是 Shapefile")
    told = 2 * int(struct.unpack_from(">i", head, 24)[0])
    size = shp.stat().st_size
    if size < told:
        raise _damaged(shp, f"cut off, {size} of {told} bytes", f"不完整，应有 {told} 字节，实有 {size} 字节")
    return told


def _with_index(shp: Path, dbf: Path, folder: Path, length: int) -> Path:
    """A copy of both in a folder, with the index of the records made from their lengths; the .shp of it."""
    folder.mkdir()
    copy = folder / "layer.shp"
    shutil.copyfile(shp, copy)
    shutil.copyfile(dbf, copy.with_suffix(".dbf"))
    raw = copy.read_bytes()
    entries = []
    at = _HEAD
    while at + 8 <= length:
        words = struct.unpack_from(">i", raw, at + 4)[0]
        if words < 0 or at + 8 + 2 * words > length:
            raise _damaged(shp, f"a record at byte {at} does not end in it", f"字节 {at} 处的记录不完整")
        entries.append(struct.pack(">ii", at // 2, words))
        at += 8 + 2 * words
    head = bytearray(raw[:_HEAD])
    struct.pack_into(">i", head, 24, (_HEAD + 8 * len(entries)) // 2)
    copy.with_suffix(".shx").write_bytes(bytes(head) + b"".join(entries))
    return copy


def _unpack(file: Path, layer: str, folder: Path) -> Path:
    """The .shp among the parts of one Shapefile, taken out of a zip."""
    try:
        with zipfile.ZipFile(file) as packed:
            members = [one for one in packed.infolist() if not one.is_dir()][:_MOST_MEMBERS]
            stem = _chosen(members, layer)
            wanted = {
                Path(one.filename).suffix.lower(): one
                for one in members
                if _stem(one) == stem and Path(one.filename).suffix.lower() in _PARTS
            }
            if sum(one.file_size for one in wanted.values()) > _LARGEST_BYTES:
                raise InvalidInputError(
                    f"{file.name} unpacks to over {_LARGEST_BYTES >> 30} GB: unpack it and name the .shp",
                    zh=f"{file.name} 解压后超过 {_LARGEST_BYTES >> 30} GB：请先解压，再指定 .shp 文件",
                    field="file",
                )
            for ending, one in wanted.items():
                with packed.open(one) as inside, (folder / f"layer{ending}").open("wb") as outside:
                    shutil.copyfileobj(inside, outside)
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, zlib.error) as error:
        # RuntimeError is what zipfile says of passwords and rare compressions.
        raise _damaged(file, str(error), "压缩包无法解开") from error
    return folder / "layer.shp"


def _stem(member: zipfile.ZipInfo) -> str:
    return str(Path(member.filename).with_suffix(""))


def _chosen(members: list[zipfile.ZipInfo], layer: str) -> str:
    stems = [_stem(one) for one in members if Path(one.filename).suffix.lower() == ".shp"]
    fitting = [stem for stem in stems if not layer or Path(stem).name == layer]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(Path(stem).name for stem in stems)
    raise InvalidInputError(
        f"the zip holds {names}: choose with layer = … in the definition"
        if stems
        else "the zip holds no .shp file: pack .shp, .dbf, .shx and .prj together",
        zh=f"压缩包内有 {names}：请在数据说明中用 layer 选定"
        if stems
        else "压缩包内没有 .shp 文件：请把 .shp、.dbf、.shx、.prj 一起压缩",
        field="layer" if stems else "file",
    )


def _damaged(file: Path, trouble: str, zh: str) -> DataFileError:
    return DataFileError(
        f"{file.name} is damaged: {trouble}; copy the file again",
        zh=f"{file.name} 已损坏（{zh}）：请重新复制",
        field="file",
    )
