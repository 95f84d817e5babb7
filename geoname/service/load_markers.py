"""Load boundary markers (载入界桩): numbers, places with their datum, reference objects, states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely

from geoname.core.boundaries.marker import Marker, Position
from geoname.core.boundaries.marker_datum import check_marker_datum
from geoname.core.boundaries.marker_number import MarkerNumber, parse_marker_number
from geoname.core.coordinates.datum import read_frame
from geoname.errors import InvalidInputError
from geoname.formats.line_fields import MARKER_HEADINGS, MARKER_NEEDED
from geoname.formats.line_table import Row
from geoname.service.line_files import (
    CellError,
    Sides,
    cell,
    listed,
    read_number,
    read_yes,
    require_right_datum,
    require_side,
)
from geoname.service.line_load import LineFileReport, LineLoad
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.load_kinds import LoadRequest, Progress
from geoname.service.marker_cells import faces_of, merged_states, references_of, standing_agrees, states_of
from geoname.service.marker_findings import MarkerFindingShown, findings_of_lines
from geoname.service.marker_positions import Given, given_positions
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerLoadReport(LineFileReport):
    """What a load of markers found and did.

    `not_converted` counts those whose datum has no public shift: kept as given, on no map. `findings` are
    those of every line that the file touches, with the markers that were there already.
    """

    lines: dict[str, int]
    with_position: int
    not_converted: int
    findings: tuple[MarkerFindingShown, ...]


def load_markers(
    geoname: Geoname, request: LoadRequest, progress: Progress | None = None
) -> MarkerLoadReport:
    """Read a file of markers and register those rows that are right; the same again changes nothing.

    A row that cannot be right is rejected with its reason, and the others load, all in one transaction.
    States that are on record stay, those of the file are added. InvalidInputError for a definition, columns
    or coordinates at fault, DataFileError for a damaged file, NotReadyError when no divisions are loaded.
    """
    load = LineLoad("markers", MARKER_HEADINGS, MARKER_NEEDED, request, progress)
    register = LineRegister(geoname)
    given = given_positions(load.table, load.definition.crs, load.definition.axis_order == "lat,lon")
    reader = _Reader(geoname, register, request.acts_for)
    markers = load.read_rows(given, reader.marker, _twice)
    _check_datum(markers, register)
    together = reader.known | {one.id: one for one in markers}
    touched = {one.line_id for one in markers}
    positions = [one.position for one in markers if one.position is not None]
    report = MarkerLoadReport(
        **load.told(),
        lines=dict(sorted(Counter(one.line_id for one in markers).items())),
        with_position=len(positions),
        not_converted=sum(one.lon is None for one in positions),
        findings=findings_of_lines(
            geoname, register, [one for one in together.values() if one.line_id in touched]
        ),
    )
    return load.finish(report, partial(geoname.store.put_markers, markers))


def _twice(marker: Marker) -> CellError:
    return _wrong(
        "number",
        f"marker {marker.number} stands in an earlier row",
        f"界桩 {marker.number} 已见于前面的行",
        ("keep one row for a marker", "每个界桩只留一行"),
    )


class _Reader:
    """Makes markers of rows, with the lines and markers that are known already."""

    def __init__(self, geoname: Geoname, register: LineRegister, acts_for: Sequence[str] | None) -> None:
        self._acts_for = acts_for
        self._sides = Sides(geoname.live())
        self._register = register
        self.known = {one.id: one for one in geoname.store.markers()}

    def marker(self, row: Row, at: Given | None) -> Marker:
        """The marker of a row; CellError for a cell that cannot be right."""
        number = self._number(row)
        line = self._line(row, number.line_code)
        require_side(self._acts_for, line.codes, "line", line.name)
        standing_agrees(cell(row, "standing"), number.type)
        id_ = f"{line.id}:{number}"
        before = self.known.get(id_)
        responsible = cell(row, "responsible_side")
        states = states_of(row)
        return Marker(
            id_,
            line.id,
            str(number),
            number.line_code or line.code,
            number.serial,
            number.type,
            tuple(sorted(self._sides.code(one, "sides") for one in listed(cell(row, "sides")))) or line.codes,
            faces_of(cell(row, "faces")),
            cell(row, "material"),
            None if at is None else self._position(row, at),
            cell(row, "location"),
            references_of(row),
            self._sides.code(responsible, "responsible_side") if responsible else "",
            cell(row, "custodian"),
            listed(cell(row, "photographs")),
            merged_states(() if before is None else before.states, states),
            tuple(self._also(one) for one in listed(cell(row, "also_on"))),
            cell(row, "note"),
            read_yes(cell(row, "generated"), "generated"),
        )

    def _number(self, row: Row) -> MarkerNumber:
        try:
            return parse_marker_number(cell(row, "number"))
        except InvalidInputError as error:
            raise CellError(
                error.message,
                zh=error.zh,
                field="number",
                remedy=("write it as it stands on the marker", "请照界桩上所刻填写"),
            ) from None

    def _line(self, row: Row, line_code: str) -> LineEntry:
        said = cell(row, "line")
        for text in (said, line_code):
            if not text:
                continue
            found = self._register.get(text)
            if found is not None:
                return found
            same = self._register.coded(text) or self._register.named(text)
            if len(same) == 1:
                return same[0]
            if len(same) > 1:
                shown = ", ".join(one.id for one in same[:4])
                raise _wrong(
                    "line",
                    f"{text} is the name of {len(same)} lines ({shown})",
                    f"“{text}”有 {len(same)} 条（{shown}）",
                    ("write the line's id", "请写界线标识"),
                )
        raise _wrong(
            "line" if said else "number",
            f"there is no line {said or line_code or '(none named)'}",
            f"没有界线“{said or line_code or '（未写）'}”",
            (
                "write the line's id, code or name, or load the line first",
                "请写界线标识、代码或名称，或先载入界线",
            ),
        )

    def _also(self, text: str) -> str:
        found = self._register.get(text)
        if found is None:
            raise _wrong(
                "also_on",
                f"there is no line {text}",
                f"没有界线“{text}”",
                ("write the line's id", "请写界线标识"),
            )
        return found.id

    def _position(self, row: Row, at: Given) -> Position:
        return Position(
            at.x,
            at.y,
            at.crs,
            at.lon,
            at.lat,
            read_number(cell(row, "height_m"), "height_m"),
            cell(row, "height_datum"),
            read_number(cell(row, "error_m"), "error_m"),
            cell(row, "method"),
        )


def _check_datum(markers: Sequence[Marker], register: LineRegister) -> None:
    """InvalidInputError when markers plainly stand as another system would have them, by their own lines."""
    by_frame: dict[str, list[tuple[float, float, shapely.MultiLineString]]] = {}
    for one in markers:
        at, line = one.position, register.entries[one.line_id].best_course()
        if at is not None and at.lon is not None and at.lat is not None and line is not None:
            by_frame.setdefault(at.given_crs, []).append((at.lon, at.lat, line))
    for crs, placed in by_frame.items():
        frame = read_frame(crs)
        lon, lat, lines = zip(*placed, strict=True)
        found = check_marker_datum(np.array(lon), np.array(lat), lines, frame.degrees)
        require_right_datum(found, "markers", "界桩")


def _wrong(field: str, message: str, zh: str, remedy: tuple[str, str]) -> CellError:
    return CellError(message, zh=zh, field=field, remedy=remedy)
