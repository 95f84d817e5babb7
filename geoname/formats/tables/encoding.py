"""Which encoding (字符编码) a text file is in: its byte-order mark, else strict UTF-8, else GB 18030."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geoname.errors import DataFileError, InvalidInputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "ascii": "utf-8", "utf-8-sig": "utf-8"}
_READ = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_BLOCK = 1 << 20
_LINE = 1 << 16
_JUDGES = 20_000
# Two neighbouring characters of Chinese in UTF-8, which is almost never text in GB 18030.
_CHINESE_UTF8 = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2}")


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """A codec and how many bytes its byte-order mark takes at the head of the file."""

    codec: str
    mark: int

    @property
    def width(self) -> int:
        """Bytes of one unit: 1, 2 or 4."""
        return int(self.codec[4:6]) // 8 if self.codec[4:6] in ("16", "32") else 1

    @property
    def other(self) -> str | None:
        """What a line that does not fit may be in instead; None for the wide encodings."""
        return {"utf-8": "gb18030", "gb18030": "utf-8"}.get(self.codec)


def detect_encoding(file: Path, asked: str | None = None) -> TextEncoding:
    """The encoding of a whole file; `asked` overrules everything but a byte-order mark.

    Where single lines are in another encoding than the rest, the greater number decides. InvalidInputError
    for an encoding that is not read, DataFileError for a file that is not text.
    """
    with file.open("rb") as content:
        head = content.read(_BLOCK)
        marked = next(((mark, codec) for mark, codec in _MARKS if head.startswith(mark)), None)
        named = None if asked is None else _known(asked)
        if marked is not None:
            return TextEncoding(marked[1], len(marked[0]))
        if named is not None:
            return TextEncoding(named, 0)
        _check_text(file, head)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = content.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            content.seek(0)
            return TextEncoding(_by_majority(iter(lambda: content.readline(_LINE), b"")), 0)
    return TextEncoding("utf-8", 0)


def looks_like_utf8(line: bytes) -> bool:
    """Whether a line of a GB 18030 file is Chinese in UTF-8."""
    if _CHINESE_UTF8.search(line) is None:
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_majority(lines: Iterator[bytes]) -> str:
    in_utf8 = in_other = 0
    for line in lines:
        if line.isascii():
            continue
        if looks_like_utf8(line):
            in_utf8 += 1
        else:
            in_other += 1
        if in_utf8 + in_other >= _JUDGES:
            break
    return "utf-8" if in_utf8 > in_other else "gb18030"


def _known(asked: str) -> str:
    written = asked.strip().lower().replace("_", "-")
    name = _NAMES.get(written, written)
    if name in ("utf8", "u8"):
        name = "utf-8"
    if name in ("utf-16", "utf-32"):
        name += "-le"
    if name not in _READ:
        raise InvalidInputError(
            f"{asked!r} is not an encoding that is read: use one of {', '.join(_READ)}",
            zh=f"不能读取编码 {asked!r}：请用 {'、'.join(_READ)} 之一",
            field="encoding",
        )
    return name


def _check_text(file: Path, head: bytes) -> None:
    if b"\0" in head:
        raise DataFileError(
            f"{file.name} holds zero bytes, so it is no text in UTF-8 or GB 18030: give a CSV file, "
            "or name its encoding (utf-16-le?) with --encoding",
            zh=f"{file.name} 含零字节，不是 UTF-8 或 GB 18030 文本：请给出 CSV 文件，"
            "或用 --encoding 指明编码（utf-16-le?）",
            field="file",
        )
