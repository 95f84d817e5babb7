"""Load registered boundary lines (载入登记界线): the department's own list, held against the polygons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
from geoname.formats.division_rejects import write_rejects
from geoname.formats.line_fields import LINE_HEADINGS
from geoname.formats.line_table import LineTable, Row, read_line_table
from geoname.service.boundary_place import check_units, frame_of
from geoname.service.line_differences import LineDifferenceShown, differences
from geoname.service.line_files import (
    CellError,
    LoadStatus,
    Sides,
    cell,
    first_given,
    listed,
    provenance_of,
    read_count,
    read_date,
    read_length,
    read_yes,
    require_right_datum,
    require_side,
    source_of_file,
)
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.live_index import LiveIndex
from geoname.service.load_divisions import announcer
from geoname.service.load_divisions_report import RejectShown, reject_shown
from geoname.service.load_kinds import LoadRequest, Progress
from geoname.service.opened import Geoname

_STEPS = ("read", "check", "write")
_NEEDED = (("side_a", "side_a_name", "code"), ("side_b", "side_b_name", "code"))
_SPACING_M = 5_000.0
_PROVINCIAL_DIGITS = 4


@dataclass(frozen=True, slots=True)
class LineLoadReport:
    """What a load of lines found and did; `differences` are those between the register and the polygons."""

    file: str
    title: str
    source: str
    status: str
    format: str
    encoding: str
    rows: int
    columns: dict[str, str]
    unused: tuple[str, ...]
    levels: dict[str, int]
    with_course: int
    notes: tuple[str, ...]
    differences: tuple[LineDifferenceShown, ...]
    rejects: tuple[RejectShown, ...]
    added: int = 0
    changed: int = 0
    same: int = 0

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return len(self.rejects)


def load_lines(geoname: Geoname, request: LoadRequest, progress: Progress | None = None) -> LineLoadReport:
    """Read a file of lines and register those rows that are right; the same again changes nothing.

    A row that cannot be right is rejected with its reason, and the others load, all in one transaction. A
    later day of the last inspection that is on record stays. InvalidInputError for a definition, columns or
    coordinates at fault, DataFileError for a damaged file, NotReadyError when no divisions are loaded.
    """
    step = announcer(progress, _STEPS)
    step("read")
    definition = provenance_of(request.file, request.definition)
    table = read_line_table(
        request.file, LINE_HEADINGS, _NEEDED, definition.fields, definition.layer, definition.encoding
    )
    source = source_of_file("lines", request.file, definition, table.sha256)
    index = geoname.live()
    courses, frame = _courses(table, definition.crs, definition.axis_order)
    step("check")
    reader = _Reader(index, LineRegister(geoname), geoname.practice.county_code, request.acts_for)
    lines, rejects = reader.lines(table, courses)
    if frame is not None:
        _check_datum(lines, index, frame)
    rejects = sorted((*table.rejects, *rejects), key=lambda reject: reject.row)
    report = LineLoadReport(
        str(request.file),
        definition.title,
        source.id,
        LoadStatus.DRY_RUN,
        table.format,
        table.encoding,
        len(table) + len(table.rejects),
        dict(table.columns),
        table.unused,
        dict(Counter(line.level.value for line in lines)),
        sum(line.course is not None for line in lines),
        table.notes,
        differences(geoname, lines),
        tuple(map(reject_shown, rejects)),
    )
    if request.rejects is not None and rejects:
        write_rejects(request.rejects, rejects)
    if request.dry_run:
        return report
    step("write")
    written = geoname.store.put_lines(lines, source, request.actor, f"load lines {source.id}")
    status = LoadStatus.LOADED if written.added or written.changed else LoadStatus.UNCHANGED
    return replace(report, status=status, added=written.added, changed=written.changed, same=written.same)


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

    def lines(
        self, table: LineTable, courses: Sequence[MultiLineString | Reject | None]
    ) -> tuple[list[RegisteredLine], list[Reject]]:
        """The lines of the rows that are right, and the others with their reasons."""
        found: dict[str, RegisteredLine] = {}
        rejects: list[Reject] = []
        for number, row, course in zip(table.numbers, table.rows, courses, strict=True):
            if isinstance(course, Reject):
                rejects.append(course)
                continue
            try:
                line = self._line(row, course)
                if line.id in found:
                    raise _wrong(
                        "side_a",
                        f"{line.name} ({line.id}) stands in an earlier row",
                        f"{line.name}（{line.id}）已见于前面的行",
                        ("keep one row for a line", "每条界线只留一行"),
                    )
            except CellError as error:
                rejects.append(error.reject(number, row.get(error.field or "", "")))
                continue
            found[line.id] = line
        return list(found.values()), rejects

    def _line(self, row: Row, course: MultiLineString | None) -> RegisteredLine:
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
