"""The shared strings of a workbook (共享字符串), kept in a file of their own and read one at a time."""

from __future__ import annotations

import mmap
import re
import tempfile
from array import array

from geoname.errors import DataFileError
from geoname.formats.tables.xlsx_package import Package, feed, new_parser

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PIECES = 4096


class SharedStrings:
    """Text by number; memory holds eight bytes for each string, the text itself is mapped from a file."""

    def __init__(self, package: Package) -> None:
        """Read the part of the strings, if the workbook has one."""
        self._ends = array("q", [0])
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the strings
        self._pieces: list[bytes] = []
        try:
            if package.strings_part is not None:
                self._read(package, package.strings_part)
            self._flush()
        except DataFileError:
            self._file.close()
            raise
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if self._ends[-1] else b""

    def __len__(self) -> int:
        """How many strings."""
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        """A string by its number; IndexError beyond the last."""
        if number < 0:
            raise IndexError(number)
        return self._map[self._ends[number] : self._ends[number + 1]].decode("utf-8")

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._map, mmap.mmap):
            self._map.close()
        self._file.close()

    def _read(self, package: Package, part: str) -> None:
        parser = new_parser(package.file)
        text: list[str] = []
        inside = {"t": False, "rPh": False}

        def start(name: str, _: object) -> None:
            local = name.rpartition(":")[2]
            if local in inside:
                inside[local] = True

        def end(name: str) -> None:
            local = name.rpartition(":")[2]
            if local in inside:
                inside[local] = False
            elif local == "si":
                self._add("".join(text))
                text.clear()

        def characters(data: str) -> None:
            # A reading aid (rPh) is not part of the text.
            if inside["t"] and not inside["rPh"]:
                text.append(data)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = characters
        with package.open(part) as stream:
            feed(package.file, part, parser, stream)

    def _add(self, text: str) -> None:
        data = unescaped(text).encode("utf-8", "replace")
        self._ends.append(self._ends[-1] + len(data))
        self._pieces.append(data)
        if len(self._pieces) >= _PIECES:
            self._flush()

    def _flush(self) -> None:
        self._file.write(b"".join(self._pieces))
        self._file.flush()
        self._pieces.clear()


def unescaped(text: str) -> str:
    """The text with `_x000D_` and its like written as the characters they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
