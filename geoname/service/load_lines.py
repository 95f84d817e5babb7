"""Load registered boundary lines (载入登记界线): the department's own list, held against the polygons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString

from geoname.core.boundaries.derive_lines import line_level
from geoname.core.boundaries.line_names import line_code, line_name
from geoname.core.boundaries.marker_datum import check_marker_datum
from geoname.core.boundaries.outline import places_along
from geoname.core.boundaries.registered_line import MarkerCounts, RegisteredLine
from geoname.core.coordinates.datum import Frame
from geoname.core.divisions.listing import Reject
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError
from geoname.formats.line_fields import LINE_HEADINGS, LINE_NEEDED
from geoname.formats.line_table import LineTable, Row
from geoname.service.boundary_place import check_units, frame_of
from geoname.service.line_differences import LineDifferenceShown, differences
from geoname.service.line_files import (
    CellError,
    Sides,
    cell,
    first_given,
    listed,
    read_count,
    read_date,
    read_length,
    read_yes,
    require_right_datum,
    require_side,
)
from geoname.service.line_load import LineFileReport, LineLoad
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.live_index import LiveIndex
from geoname.service.load_kinds import LoadRequest, Progress
from geoname.service.opened import Geoname

_SPACING_M = 5_000.0
_PROVINCIAL_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLoadReport(LineFileReport):
    """What a load of lines found and did; `differences` are those between the register and the polygons."""

    levels: dict[str, int]
    with_course: int
    differences: tuple[LineDifferenceShown, ...]


def load_lines(geoname: Geoname, request: LoadRequest, progress: Progress | None = None) -> LineLoadReport:
    """Read a file of lines and register those rows that are right; the same again changes nothing.

    A row that cannot be right is rejected with its reason, and the others load, all in one transaction. A
    later day of the last inspection that is on record stays. InvalidInputError for a definition, columns or
    coordinates at fault, DataFileError for a damaged file, NotReadyError when no divisions are loaded.
    """
    load = LineLoad("lines", LINE_HEADINGS, LINE_NEEDED, request, progress)
    index = geoname.live()
    courses, frame = _courses(load.table, load.definition.crs, load.definition.axis_order)
    reader = _Reader(index, LineRegister(geoname), geoname.practice.county_code, request.acts_for)
    lines = load.read_rows(courses, reader.line, _twice)
    if frame is not None:
        _check_datum(lines, index, frame)
    report = LineLoadReport(
        **load.told(),
        levels=dict(Counter(line.level.value for line in lines)),
        with_course=sum(line.course is not None for line in lines),
        differences=differences(geoname, lines),
    )
    return load.finish(report, partial(geoname.store.put_lines, lines))


def _twice(line: RegisteredLine) -> CellError:
    return _wrong(
        "side_a",
        f"{line.name} ({line.id}) stands in an earlier row",
        f"{line.name}（{line.id}）已见于前面的行",
        ("keep one row for a line", "每条界线只留一行"),
    )


class _Reader:
    """Makes lines of rows, with the register's divisions and what is registered already."""

    def __init__(
        self, index: LiveIndex, known: LineRegister, county_code: str, acts_for: Sequence[str] | None
    ) -> None:
        self._acts_for = acts_for
        self._sides = Sides(index)
        self._index = index
        self._known = known
        self._county_code = county_code

    def line(self, row: Row, course: MultiLineString | None) -> RegisteredLine:
        """The line of a row; CellError for a cell that cannot be right."""
        sides = self._both(row)
        require_side(self._acts_for, sides, "side_a", "–".join(sides))
        kept = self._kept(sides, cell(row, "code"))
        before = kept.registered if kept is not None else None
        level = line_level(*sides)
        inspected = read_date(cell(row, "last_inspected"), "last_inspected")
        known = before.last_inspected if before is not None else None
        length = read_length(row)
        if length is not None and not 0.0 < length < 1e8:
            raise _wrong(
                "length_km", f"a length of {length} m", f"长度 {length} 米", ("check the unit", "请核对单位")
            )
        names = [self._name(code) for code in sides]
        return RegisteredLine(
            kept.id if kept is not None else "-".join(sides),
            cell(row, "name") or line_name(sides, names),
            level,
            sides,
            cell(row, "code") or line_code(sides, self._county_code),
            cell(row, "start"),
            cell(row, "end"),
            cell(row, "approval"),
            read_date(cell(row, "approved_on"), "approved_on"),
            cell(row, "agreement"),
            length,
            MarkerCounts(
                read_count(cell(row, "single_markers"), "single_markers"),
                read_count(cell(row, "double_markers"), "double_markers"),
                read_count(cell(row, "triple_markers"), "triple_markers"),
            ),
            listed(cell(row, "tripoints")),
            read_yes(cell(row, "disputed"), "disputed"),
            _later(inspected, known),
            cell(row, "note"),
            course,
            read_yes(cell(row, "generated"), "generated"),
        )

    def _both(self, row: Row) -> tuple[str, str]:
        found = []
        for side in ("side_a", "side_b"):
            field, text = first_given(row, (side, f"{side}_name"))
            if text:
                found.append(self._sides.code(text, field))
        code = cell(row, "code")
        if not found and len(code) == _PROVINCIAL_DIGITS and code.isdigit():
            found = [self._sides.code(code[:2], "code"), self._sides.code(code[2:], "code")]
        if len(found) < 2:
            raise _wrong(
                "side_a",
                "a side is missing",
                "缺一方",
                ("write both sides' codes or names", "请写双方的代码或名称"),
            )
        one, other = sorted(found)
        if one == other or len(one) != len(other):
            raise _wrong(
                "side_b",
                f"{found[0]} and {found[1]} are not two divisions of one level",
                f"{found[0]} 与 {found[1]} 不是同级的两个区划",
                ("write two different divisions of one level", "请写同级的两个不同区划"),
            )
        return one, other

    def _kept(self, sides: tuple[str, str], code: str) -> LineEntry | None:
        """What is known of this line already, by its sides or by its registered code."""
        return self._known.get("-".join(sides)) or self._known.get(code)

    def _name(self, code: str) -> str:
        return self._index.codebook.find(code).division.name


def _courses(
    table: LineTable, crs: str, axis_order: str
) -> tuple[list[MultiLineString | Reject | None], Frame | None]:
    """The course of each row in WGS 84, or why it has none that can be used; and the frame, if any has."""
    if table.shapes is None or shapely.is_missing(table.shapes).all():
        return [None] * len(table), None
    if not crs:
        raise InvalidInputError(
            'the file holds courses: write crs = "EPSG:4490" or the like into the definition',
            zh='文件含界线图形：请在数据说明中写 crs = "EPSG:4490" 等',
            field="crs",
        )
    frame = frame_of(crs, table.crs)
    lat_first = axis_order == "lat,lon"
    places = shapely.get_coordinates(table.shapes)
    x, y = (places[:, 1], places[:, 0]) if lat_first else (places[:, 0], places[:, 1])
    check_units(x, y, frame, ())
    found: list[MultiLineString | Reject | None] = []
    for number, shape in zip(table.numbers, table.shapes, strict=True):
        if shape is None or shape.is_empty:
            found.append(None)
        elif not isinstance(shape, LineString | MultiLineString):
            found.append(
                Reject(
                    number, "geometry", shape.geom_type, "the shape is no line", "图形不是线",
                    "draw a line, or take the shape out", "请画成线，或去掉图形",
                )
            )  # fmt: skip
        else:
            found.append(_in_degrees(shape, frame, lat_first))
    return found, frame


def _in_degrees(shape: LineString | MultiLineString, frame: Frame, lat_first: bool) -> MultiLineString:
    def convert(points: np.ndarray) -> np.ndarray:
        first, second = (points[:, 1], points[:, 0]) if lat_first else (points[:, 0], points[:, 1])
        return np.column_stack(frame.to_wgs84(first, second))

    parts = shape.geoms if isinstance(shape, MultiLineString) else [shape]
    moved = shapely.transform(MultiLineString(list(parts)), convert)
    assert isinstance(moved, MultiLineString)
    return moved


def _check_datum(lines: Iterable[RegisteredLine], index: LiveIndex, frame: Frame) -> None:
    """InvalidInputError when the courses plainly lie as another system would have them."""
    lon, lat, beside = [], [], []
    for line in lines:
        drawn = index.boundaries.line("-".join(line.sides))
        if line.course is None or drawn is None:
            continue
        x, y = places_along(line.course, _SPACING_M)
        every = max(len(x) // 40, 1)
        lon.append(x[::every])
        lat.append(y[::every])
        beside += [drawn.course] * len(x[::every])
    if lon:
        found = check_marker_datum(np.concatenate(lon), np.concatenate(lat), beside, frame.degrees)
        require_right_datum(found, "courses", "界线图形")


def _later(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    known = [day for day in (one, other) if day is not None]
    return max(known, key=lambda day: day.last) if known else None


def _wrong(field: str, message: str, zh: str, remedy: tuple[str, str]) -> CellError:
    return CellError(message, zh=zh, field=field, remedy=remedy)
