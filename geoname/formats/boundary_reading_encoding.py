"""Finds the encoding (字符编码) of a Shapefile's table or of a text: mark, UTF-8, then GB 18030."""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass
from pathlib import Path

from geoname.errors import DataFileError, InvalidInputError

_UTF8, _GB = "UTF-8", "GB18030"
_FIELD = 32
_END_OF_FIELDS = 0x0D
_GB_NAMES = ("gb18030", "gbk", "gb2312", "cp936", "936", "ansi936", "euccn")
_NAME = 11
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class FoundEncoding:
    """The name of an encoding, and `how` it is known: `declared`, `mark`, `cpg` or `detected`."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class _Texts:
    """Bytes that are texts; those in `full` fill their field, which may have cut their last character."""

    plain: bytes
    full: tuple[bytes, ...] = ()

    def fit(self, name: str) -> bool:
        """Whether all of them can be of an encoding."""
        return _decodes(self.plain, name) and all(
            any(_decodes(text[: len(text) - cut], name) for cut in range(_LONGEST)) for text in self.full
        )

    def are_utf8(self) -> bool:
        """Whether they are UTF-8 and more than ASCII; other texts are so by no likely chance."""
        ascii_only = self.plain.isascii() and all(text.isascii() for text in self.full)
        return not ascii_only and self.fit(_UTF8)


def text_encoding(raw: bytes, declared: str = "") -> FoundEncoding:
    """The encoding of a text's bytes; InvalidInputError when the declared one is wrong or none fits."""
    if raw.startswith(codecs.BOM_UTF8):
        return FoundEncoding("UTF-8-SIG", "mark")
    return _agreed(_Texts(raw), declared, "")


def dbf_encoding(file: Path, cpg: Path | None, declared: str = "") -> FoundEncoding:
    """The encoding of the texts of a .dbf file, by the definition, the .cpg file or the bytes themselves.

    A .cpg that the bytes contradict is passed over. DataFileError for a file that is cut off or no table,
    InvalidInputError when the declared encoding is wrong or none fits.
    """
    said = "" if cpg is None else cpg.read_bytes().decode("ascii", "replace").strip()
    return _agreed(_dbf_texts(file), declared, said)


def _agreed(texts: _Texts, declared: str, said: str) -> FoundEncoding:
    if declared:
        return FoundEncoding(_checked(texts, declared), "declared")
    known = _known(said)
    if known and texts.fit(known) and (known == _UTF8 or not texts.are_utf8()):
        return FoundEncoding(known, "cpg")
    found = _detected(texts)
    if found:
        return FoundEncoding(found, "detected")
    raise InvalidInputError(
        "the texts are neither UTF-8 nor GB 18030: say encoding = … in the definition",
        zh="文字既不是 UTF-8 也不是 GB 18030：请在数据说明中写明 encoding",
        field="encoding",
    )


def _detected(texts: _Texts) -> str:
    return next((name for name in (_UTF8, _GB) if texts.fit(name)), "")


def _checked(texts: _Texts, declared: str) -> str:
    name = _known(declared)
    if not name:
        raise InvalidInputError(
            f"{declared!r} is no encoding: write utf-8 or gb18030, or leave it out",
            zh=f"{declared!r} 不是字符编码：请写 utf-8 或 gb18030，也可不写",
            field="encoding",
        )
    if not texts.fit(name) or (name != _UTF8 and texts.are_utf8()):
        found = _detected(texts)
        remedy = f"the bytes are {found}: say so or leave it out" if found else "look at the file"
        cure = f"内容是 {found}：请照此写明或不写" if found else "请检查文件"
        raise InvalidInputError(
            f"encoding {declared} is wrong, {remedy}",
            zh=f"encoding {declared} 不对，{cure}",
            field="encoding",
        )
    return name


def _known(name: str) -> str:
    """One spelling for each encoding that is read, empty for what is none; GB 18030 holds GBK and GB 2312."""
    plain = name.strip().lower()
    if plain.replace("-", "").replace("_", "") in _GB_NAMES:
        return _GB
    try:
        found = codecs.lookup(plain).name if plain else ""
    except LookupError:
        return ""
    return _UTF8 if found in ("utf-8", "utf-8-sig") else found


def _decodes(raw: bytes, name: str) -> bool:
    try:
        raw.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _dbf_texts(file: Path) -> _Texts:
    """The names of a table's fields and the texts in its rows."""
    raw = file.read_bytes()
    if len(raw) < _FIELD:
        raise _damaged(file, "its head is cut off", "文件头不完整")
    count, head, size = struct.unpack_from("<IHH", raw, 4)
    if len(raw) < head + count * size or head < _FIELD or size < 1:
        raise _damaged(
            file, f"{count} rows should follow, the file ends before", f"应有 {count} 行，文件提前结束"
        )
    plain: list[bytes] = []
    full: list[bytes] = []
    spans: list[tuple[int, int]] = []
    at, start = _FIELD, 1
    while at + _FIELD <= head and raw[at] != _END_OF_FIELDS:
        name, width = raw[at : at + _NAME].split(b"\0")[0], raw[at + 16]
        (full if len(name) >= _NAME - 1 else plain).append(name)
        if raw[at + _NAME : at + _NAME + 1] == b"C":
            width += raw[at + 17] << 8
            spans.append((start, start + width))
        start += width
        at += _FIELD
    for row in range(head, head + count * size, size):
        for first, last in spans:
            text = raw[row + first : row + last]
            (plain if text.endswith((b" ", b"\0")) else full).append(text)
    return _Texts(b"\n".join(plain), tuple(full))


def _damaged(file: Path, trouble: str, zh: str) -> DataFileError:
    return DataFileError(
        f"{file.name} is damaged: {trouble}; copy the file again",
        zh=f"{file.name} 已损坏（{zh}）：请重新复制",
        field="file",
    )
