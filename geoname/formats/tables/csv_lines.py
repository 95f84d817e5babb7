"""The lines of a text table (文本行): cut from blocks, decoded, each with its bytes as they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from geoname.formats.tables.encoding import TextEncoding, looks_like_utf8

LONGEST_RECORD = 16 << 20
"""Bytes of one record; what is longer is passed through unread."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line too long to be held: where its bytes lie in the file, and how many they are."""

    start: int
    length: int


@dataclass(slots=True)
class Lines:
    """Whole lines from one place of a file on.

    `raw[i]` are the bytes of line i with its end, `text[i]` the same decoded. `foreign` tells of lines that
    are in another encoding than the file (its codec), or in none ("").
    """

    raw: list[bytes]
    text: list[str]
    at_end: bool
    foreign: dict[int, str] = field(default_factory=dict)


class LineFile:
    """A text file opened for reading lines at any place of it."""

    def __init__(
        self, file: BinaryIO, encoding: TextEncoding, newline: str, longest: int = LONGEST_RECORD
    ) -> None:
        """Take an open file, its encoding and what ends its lines."""
        self._file = file
        self._encoding = encoding
        self._newline = newline.encode(encoding.codec)
        self._old_mac = newline == "\r"
        self._longest = longest

    def read(self, start: int, block: int = _BLOCK) -> Lines | LongLine | None:
        """The whole lines of a block from `start`, which begins a line; None at the end of the file."""
        while True:
            data = _read(self._file, start, block)
            if not data:
                return None
            at_end = len(data) < block
            cut = len(data) if at_end else self._last_end(data)
            if cut:
                return self._decoded(data[:cut], at_end)
            if block >= self._longest:
                return LongLine(start, self._length_of_line(start))
            block = min(block * 4, self._longest)

    def grow(self, lines: Lines) -> int | None:
        """The size of block to read next when a record needs more lines than these; None when it may not."""
        if lines.at_end:
            return None
        block = max(_BLOCK, sum(map(len, lines.raw)) * 4)
        return block if block <= self._longest else None

    def _last_end(self, data: bytes) -> int:
        end = len(data)
        while (found := data.rfind(self._newline, 0, end)) >= 0:
            if found % self._encoding.width == 0:
                return found + len(self._newline)
            end = found + len(self._newline) - 1
        return 0

    def _length_of_line(self, start: int) -> int:
        at = start
        while data := _read(self._file, at, _BLOCK):
            found = data.find(self._newline)
            while found >= 0 and found % self._encoding.width:
                found = data.find(self._newline, found + 1)
            if found >= 0:
                return at + found + len(self._newline) - start
            at += len(data)
        return at - start

    def _decoded(self, data: bytes, at_end: bool) -> Lines:
        codec, width = self._encoding.codec, self._encoding.width
        if width > 1:
            spare = len(data) % width
            text = _split_text(data[: len(data) - spare].decode(codec, "surrogatepass"))
            raw = [line.encode(codec, "surrogatepass") for line in text]
            if spare:
                raw[-1] += data[-spare:]
            return Lines(raw, text, at_end)
        raw = self._split_bytes(data)
        suspicious = codec == "gb18030" and not data.isascii()
        if not suspicious:
            try:
                decoded = data.decode(codec)
            except UnicodeDecodeError:
                pass
            else:
                text = (
                    [f"{line}\r" for line in decoded.split("\r")] if self._old_mac else _split_text(decoded)
                )
                return Lines(raw, text[: len(raw)], at_end)
        foreign: dict[int, str] = {}
        text = [self._decode_line(number, line, foreign) for number, line in enumerate(raw)]
        return Lines(raw, text, at_end, foreign)

    def _decode_line(self, number: int, line: bytes, foreign: dict[int, str]) -> str:
        codec, other = self._encoding.codec, self._encoding.other
        if codec == "gb18030" and looks_like_utf8(line):
            foreign[number] = "utf-8"
            return line.decode("utf-8")
        for attempt in (codec, other):
            try:
                text = line.decode(attempt or codec)
            except UnicodeDecodeError:
                continue
            if attempt != codec:
                foreign[number] = attempt or ""
            return text
        foreign[number] = ""
        return line.decode(codec, "replace")

    def _split_bytes(self, data: bytes) -> list[bytes]:
        if self._old_mac:
            lines = [line + b"\r" for line in data.split(b"\r")]
            lines[-1] = lines[-1][:-1]
            return lines if lines[-1] else lines[:-1]
        return list(io.BytesIO(data))


def _split_text(text: str) -> list[str]:
    return list(io.StringIO(text, newline="\n"))


def _read(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


def each_block(file: BinaryIO, line: LongLine) -> Iterator[bytes]:
    """The bytes of a line too long to be held, in blocks."""
    at, end = line.start, line.start + line.length
    while at < end and (data := _read(file, at, min(_BLOCK, end - at))):
        yield data
        at += len(data)
