"""Reads measured positions of markers (界桩复测表) from a table: number, longitude, latitude, error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geoname.core.coordinates.crs import Crs, parse_crs
from geoname.core.inspections.marker_survey import Measured
from geoname.errors import InvalidInputError, TooLargeError
from geoname.formats.tables.open_table import AnySource, open_source
from geoname.formats.tables.table import Cell

MOST_MARKERS = 20_000
_HEADINGS = {
    "number": ("number", "编号", "界桩编号"),
    "lon": ("lon", "经度", "实测经度"),
    "lat": ("lat", "纬度", "实测纬度"),
    "crs": ("crs", "datum", "坐标系"),
    "error_m": ("error_m", "误差", "误差（米）"),
    "note": ("note", "备注"),
}
_NEEDED = ("number", "lon", "lat")


def read_survey(file: Path, crs: Crs = Crs.CGCS2000) -> tuple[Measured, ...]:
    """The measurements of a CSV, XLSX or GeoPackage table; `crs` is that of rows which name none.

    InvalidInputError names row and column for what cannot be, and columns that are missing.
    """
    source = open_source(file)
    try:
        found = tuple(_measured(row, where, crs) for where, row in _rows(source))
    finally:
        source.close()
    if not found:
        raise _refused("the table has no rows: give one for each marker", "表中没有数据行：每个界桩一行")
    return found


def _rows(source: AnySource) -> Iterator[tuple[str, dict[str, Cell]]]:
    columns = [column.strip().lower() for column in source.columns]
    wanted = {
        name: columns.index(heading)
        for name, headings in _HEADINGS.items()
        for heading in headings
        if heading in columns
    }
    missing = [name for name in _NEEDED if name not in wanted]
    if missing:
        shown = ", ".join(missing)
        raise _refused(
            f"the table has no column {shown}: name them number, lon, lat (crs, error_m, note)",
            f"表中没有 {shown.replace(', ', '、')} 列：请命名为 编号、经度、纬度（坐标系、误差、备注）",
        )
    for chunk in source.chunks([*wanted.values()]):
        if chunk.first_row + chunk.rows > MOST_MARKERS:
            raise TooLargeError(
                f"the table holds more than {MOST_MARKERS} rows: send it line by line",
                zh=f"表超过 {MOST_MARKERS} 行：请按界线分开上传",
                field="file",
            )
        for fault in chunk.faults:
            at = chunk.first_row + fault.offset
            raise _refused(
                f"row {at} cannot be read ({fault.kind}): {fault.detail}",
                f"第 {at} 行无法读取（{fault.kind}）：{fault.detail}",
            )
        for offset, cells in enumerate(zip(*chunk.cells, strict=True)):
            if any(cell not in (None, "") for cell in cells):
                yield f"row {chunk.first_row + offset}", dict(zip(wanted, cells, strict=True))


def _measured(row: dict[str, Cell], where: str, crs: Crs) -> Measured:
    number = _text(row, "number")
    if not number:
        raise _refused(f"{where}: the number is missing", f"{where}：缺少编号")
    written = _text(row, "crs")
    lon, lat = _number(row, "lon", where), _number(row, "lat", where)
    if lon is None or lat is None:
        raise _refused(f"{where}: lon or lat is missing", f"{where}：缺少经度或纬度")
    return Measured(
        number,
        lon,
        lat,
        parse_crs(written) if written else crs,
        _number(row, "error_m", where),
        _text(row, "note"),
    )


def _text(row: dict[str, Cell], name: str) -> str:
    cell = row.get(name)
    return "" if cell is None else str(cell).strip()


def _number(row: dict[str, Cell], name: str, where: str) -> float | None:
    written = _text(row, name)
    if not written:
        return None
    try:
        value = float(written)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e6 or (name == "error_m" and value < 0):
        raise _refused(
            f"{where}: {name} is {written[:30]!r}, which is no such number",
            f"{where}：{name} 为 {written[:30]!r}，不是合适的数",
        )
    return value


def _refused(en: str, zh: str) -> InvalidInputError:
    return InvalidInputError(en, zh=zh, field="file")
