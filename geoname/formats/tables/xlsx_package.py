"""The parts of a workbook (XLSX): its sheets, where each lies in the archive, whether it is a bomb."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from geoname.errors import DataFileError, InvalidInputError

MOST_UNPACKED = 200 << 20
"""Bytes an archive may always unpack to; beyond, no more than `MOST_RATIO` times its own size."""
MOST_RATIO = 200
_OLE = b"\xd0\xcf\x11\xe0"
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and the part of the archive that holds its cells."""

    name: str
    part: str


class Package:
    """An opened workbook; DataFileError when it is none, is protected, or would unpack beyond all measure."""

    def __init__(self, file: Path) -> None:
        """Read the archive's directory and the list of sheets."""
        self.file = file
        try:
            with file.open("rb") as content:
                if content.read(4) == _OLE:
                    raise _damaged(file, "it is protected by a password or an old .xls",
                                   "文件受密码保护或为旧版 .xls", "save it as .xlsx without password",
                                   "请另存为无密码的 .xlsx")  # fmt: skip
            self.archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            raise _damaged(file, str(error), str(error)) from None
        self.since_1904 = False
        try:
            self._check_sizes()
            self.sheets = self._read_sheets()
        except DataFileError:
            self.archive.close()
            raise
        self.strings_part = self._part_like("sharedStrings.xml")
        self.styles_part = self._part_like("styles.xml")

    def sheet(self, name: str | None) -> Sheet:
        """A sheet by its name, or the first; InvalidInputError lists those there are."""
        for sheet in self.sheets:
            if name is None or sheet.name == name:
                return sheet
        said = ", ".join(sheet.name for sheet in self.sheets)
        raise InvalidInputError(
            f"{self.file.name} has no sheet {name!r}; it has: {said}",
            zh=f"{self.file.name} 没有工作表 {name!r}；现有：{said}",
            field="sheet",
        )

    def size_of(self, part: str) -> int:
        """How many bytes a part unpacks to."""
        return self.archive.getinfo(part).file_size

    def open(self, part: str) -> IO[bytes]:
        """A part as a stream."""
        return self.archive.open(part)

    def close(self) -> None:
        """Close the archive."""
        self.archive.close()

    def parse(self, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
        """Call `start` with the local name and attributes of every element of a small part."""
        parser = new_parser(self.file)
        parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
        with self.open(part) as stream:
            feed(self.file, part, parser, stream)

    def _check_sizes(self) -> None:
        unpacked = sum(part.file_size for part in self.archive.infolist())
        allowed = max(MOST_UNPACKED, MOST_RATIO * self.file.stat().st_size)
        if unpacked > allowed:
            raise _damaged(
                self.file,
                f"its {self.file.stat().st_size:,} bytes would unpack to {unpacked:,}",
                f"{self.file.stat().st_size:,} 字节将解压为 {unpacked:,} 字节",
                "no workbook is that empty; save it anew, or as CSV",
                "正常工作簿不会如此；请另存一份，或存为 CSV",
            )

    def _read_sheets(self) -> tuple[Sheet, ...]:
        targets: dict[str, str] = {}
        listed: list[tuple[str, str]] = []

        def relation(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        def sheet(name: str, attributes: dict[str, str]) -> None:
            if name == "workbookPr":
                self.since_1904 = attributes.get("date1904") in ("1", "true")
            elif name == "sheet":
                id_ = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
                listed.append((attributes.get("name", ""), id_))

        self._require("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        self.parse("xl/workbook.xml", sheet)
        self.parse("xl/_rels/workbook.xml.rels", relation)
        parts = set(self.archive.namelist())
        sheets = tuple(
            Sheet(name, part) for name, id_ in listed if (part := _resolve(targets.get(id_, ""))) in parts
        )
        if not sheets:
            raise _damaged(self.file, "it has no sheet of cells", "没有工作表")
        return sheets

    def _require(self, *parts: str) -> None:
        for part in parts:
            if part not in self.archive.namelist():
                raise _damaged(self.file, f"the part {part} is missing", f"缺少 {part}")

    def _part_like(self, ending: str) -> str | None:
        return next((name for name in self.archive.namelist() if name == f"xl/{ending}"), None)


def new_parser(file: Path) -> expat.XMLParserType:
    """A parser that takes no document type, in which bombs of another kind are written."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _damaged(file, "it declares a document type", "含有文档类型声明")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(file: Path, part: str, parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    """Parse a whole stream; DataFileError when it is cut off, damaged or no XML."""
    try:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise damaged_part(file, part, error) from None


def damaged_part(file: Path, part: str, error: Exception) -> DataFileError:
    """The error for a part that cannot be read."""
    return _damaged(file, f"{part}: {error}", f"{part}:{error}")


def _resolve(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _damaged(
    file: Path,
    trouble: str,
    zh: str,
    remedy: str = "open it in a spreadsheet program and save it anew",
    remedy_zh: str = "请用电子表格软件打开并另存",
) -> DataFileError:
    return DataFileError(
        f"{file.name} cannot be read as XLSX ({trouble}): {remedy}",
        zh=f"{file.name} 无法按 XLSX 读取（{zh}）：{remedy_zh}",
        field="file",
    )
