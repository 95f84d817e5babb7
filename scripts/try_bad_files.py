"""Gives `geoname load names` files that are bad at full size (坏文件试验), and looks what it makes of them.

Ten million rows of nothing, archives that unpack to more than ten gigabytes, a line of two: each is made in a
temporary folder, handed to the command and removed. Every file must be refused with its remedy, in little
memory and in seconds; archives in less than one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_COLUMNS = ("记录编号", "标准名称", "类别", "东经", "北纬", "所在政区代码")
_HEADING = ",".join(_COLUMNS) + "\n"
_DEFINITION = """title = "generated"
authority = "none"
source = "generated"
licence = "CC0"
valid_from = 2024-01-01
crs = "EPSG:4490"
id = "bad"
"""
_GEONAME = [sys.executable, "-m", "geoname.faces.cli", "--language", "en"]
_BLOCK = 1 << 20
_SHEET_ROWS = 1_048_575
_SHEETS = '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>'
_RELATIONS = '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>'
_SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True, slots=True)
class Case:
    """A bad file: how it is made at a scale from 0 to 1, what the command says of it, in which time."""

    name: str
    make: Callable[[Path, float], None]
    exit_codes: tuple[int, ...]
    says: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Tried:
    """What the command made of a file; `more_mb` is memory beyond that for a file of one good row."""

    name: str
    file_mb: float
    exit_code: int
    process_seconds: float
    more_seconds: float
    more_mb: int
    said: str
    as_wanted: bool


def commas(file: Path, scale: float) -> None:
    """Ten million rows in which every cell is empty."""
    with file.open("w", encoding="utf-8") as out:
        out.write(_HEADING)
        for _ in range(int(1_000 * scale)):
            out.write(",,,,,\n" * 10_000)


def nulls(file: Path, scale: float) -> None:
    """Ten million rows without a value."""
    schema = pa.schema([(name, pa.string()) for name in _COLUMNS])
    batch = pa.RecordBatch.from_arrays([pa.nulls(100_000, pa.string())] * len(_COLUMNS), schema=schema)
    with pq.ParquetWriter(file, schema) as writer:
        for _ in range(int(100 * scale)):
            writer.write_batch(batch)


def blank_sheet(file: Path, scale: float) -> None:
    """As many rows as a sheet may have, with styled cells and nothing in them."""
    rows = "".join(f'<row r="{{0}}{i:04}"><c r="A{{0}}{i:04}" s="1"/></row>' for i in range(1_000))

    def write(out: zipfile.ZipFile) -> None:
        with out.open(_SHEET, "w") as sheet:
            sheet.write(_sheet_head())
            for thousand in range(1, int(_SHEET_ROWS / 1_000 * scale) + 1):
                sheet.write(rows.replace("{0}", str(thousand)).encode())
            sheet.write(b"</sheetData></worksheet>")

    _workbook(file, write)


def bomb_of_shapes(file: Path, scale: float) -> None:
    """A Shapefile in a ZIP that unpacks to twelve gigabytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for ending in ("shp", "dbf"):
            _pour(out, f"names.{ending}", b"\0" * _BLOCK, int(6_144 * scale))


def bomb_of_cells(file: Path, scale: float) -> None:
    """A workbook whose sheet unpacks to twelve gigabytes."""
    _workbook(file, lambda out: _pour(out, _SHEET, b" " * _BLOCK, int(12_288 * scale), _sheet_head()))


def bomb_in_a_bomb(file: Path, scale: float) -> None:
    """A ZIP of ZIPs, each of which unpacks to a gigabyte."""
    inner = file.with_name("inner.zip")
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as out:
        _pour(out, "names.shp", b"\0" * _BLOCK, int(1_024 * scale))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as out:
        for number in range(12):
            out.write(inner, f"{number}.zip")
    inner.unlink()


def long_line(file: Path, scale: float) -> None:
    """A line of two gigabytes below the headings."""
    with file.open("wb") as out:
        out.write(_HEADING.encode())
        for _ in range(int(2_048 * scale)):
            out.write(b"a" * _BLOCK)


def long_heading(file: Path, scale: float) -> None:
    """A file of two gigabytes without an end of line."""
    with file.open("wb") as out:
        for _ in range(int(2_048 * scale)):
            out.write("坏".encode() * (_BLOCK // 3))


CASES = (
    Case("nothing.csv", commas, (2,), "holds no records", 60.0),
    Case("nothing.parquet", nulls, (2,), "holds no records", 60.0),
    Case("nothing.xlsx", blank_sheet, (2,), "holds no records", 30.0),
    Case("bomb.zip", bomb_of_shapes, (2,), "unpacks to over", 1.0),
    Case("bomb.xlsx", bomb_of_cells, (3,), "would unpack to", 1.0),
    Case("nested.zip", bomb_in_a_bomb, (2,), "holds no .shp", 1.0),
    Case("long_line.csv", long_line, (1,), "the row cannot be read", 30.0),
    Case("long_heading.csv", long_heading, (3,), "line of headings", 30.0),
)
_MOST_MB = 150


def try_files(folder: Path, scale: float = 1.0, wanted: tuple[str, ...] = ()) -> list[Tried]:
    """Make each file, load it, remove it; at a smaller scale sizes that matter may not be reached."""
    database = folder / "geoname.gpkg"
    if not database.exists():
        command = [*_GEONAME, "load", "guizhou"]
        subprocess.run(command, env=os.environ | _where(database), check=True, stdout=subprocess.DEVNULL)
    good = folder / "good.csv"
    good.write_text(f"{_HEADING}1,虚构寨,22200,106.68,26.335,520111\n", encoding="utf-8")
    _, _, usual_seconds, usual_kb = _run(database, good)
    tried = []
    for case in CASES:
        if wanted and case.name not in wanted:
            continue
        file = folder / case.name
        case.make(file, scale)
        size = file.stat().st_size
        code, said, seconds, kilobytes = _run(database, file)
        file.unlink()
        more, memory = seconds - usual_seconds, (kilobytes - usual_kb) // 1024
        as_wanted = code in case.exit_codes and case.says in said
        fine = as_wanted and more <= case.seconds and memory <= _MOST_MB
        spent = round(seconds, 2), round(more, 2), memory
        tried.append(Tried(case.name, round(size / 1e6, 1), code, *spent, said, fine))
    return tried


def _where(database: Path) -> dict[str, str]:
    return {"GEONAME_DATABASE": str(database), "GEONAME_CACHE": str(database.parent / "cache")}


def _run(database: Path, file: Path) -> tuple[int, str, float, int]:
    """Exit code, what is said, seconds of process time and kilobytes at most."""
    file.with_name(f"{file.name}.toml").write_text(_DEFINITION, encoding="utf-8")
    command = [*_GEONAME, "load", "names", str(file), "--dry-run"]
    with subprocess.Popen(
        command,
        env=os.environ | _where(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, said.strip(), used.ru_utime + used.ru_stime, used.ru_maxrss


def _sheet_head() -> bytes:
    cells = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{column}</t></is></c>'
        for letter, column in zip("ABCDEF", _COLUMNS, strict=True)
    )
    return f'<worksheet><sheetData><row r="1">{cells}</row>'.encode()


def _workbook(file: Path, write: Callable[[zipfile.ZipFile], None]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/workbook.xml", _SHEETS)
        out.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
        write(out)


def _pour(out: zipfile.ZipFile, name: str, block: bytes, times: int, head: bytes = b"") -> None:
    with out.open(name, "w", force_zip64=True) as part:
        part.write(head)
        for _ in range(times):
            part.write(block)


def main() -> int:
    """Try and print; exit code 1 when a file was not refused as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", metavar="NAME", help="only these, such as bomb.zip")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="geoname-bad-") as folder:
        tried = try_files(Path(folder), wanted=tuple(given.files))
    if given.json:
        print(json.dumps([asdict(one) for one in tried], indent=1, ensure_ascii=False))
    else:
        print(f"{'file':18}{'MB':>9}{'exit':>6}{'CPU s':>8}{'more s':>8}{'more MB':>9}  as wanted")
        for one in tried:
            print(
                f"{one.name:18}{one.file_mb:9.1f}{one.exit_code:6}{one.process_seconds:8.2f}"
                f"{one.more_seconds:8.2f}{one.more_mb:9}  {'yes' if one.as_wanted else 'NO'}"
            )
            print(f"    {one.said.splitlines()[-1] if one.said else ''}")
    return 0 if all(one.as_wanted for one in tried) else 1


if __name__ == "__main__":
    sys.exit(main())
