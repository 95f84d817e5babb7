"""The markers of a line (界桩): kinds and states for anyone, where they stand for its own people."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.boundaries.course import Course
from geoname.core.boundaries.marker import Marker
from geoname.core.boundaries.marker_checks import Placed, place_markers
from geoname.core.register.token import Caller
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.marker_access import log_shown, may_see_line, may_see_marker
from geoname.service.marker_findings import MarkerFindingShown, findings_of_lines
from geoname.service.opened import Geoname
from geoname.service.showing import written


@dataclass(frozen=True, slots=True)
class ReferenceShown:
    """An object by which a marker is found: degrees clockwise from north and metres from the marker."""

    name: str
    azimuth_deg: float | None
    distance_m: float | None


@dataclass(frozen=True, slots=True)
class StateShown:
    """A state the marker was in, and since when."""

    state: str
    on: str | None
    document: str
    note: str


@dataclass(frozen=True, slots=True)
class MarkerPlace:
    """Where a marker stands, for those who may know.

    `lon` and `lat` are degrees, WGS 84, None in a datum that cannot be converted; `given_x` and `given_y` as
    handed over, in `given_crs`. `chainage_m` is metres along piece `piece`, `off_m` metres off it.
    """

    lon: float | None
    lat: float | None
    given_x: float
    given_y: float
    given_crs: str
    height_m: float | None
    height_datum: str
    error_m: float | None
    method: str
    piece: int | None
    chainage_m: float | None
    off_m: float | None


@dataclass(frozen=True, slots=True)
class MarkerShown:
    """A marker; what would tell where it stands is None or empty for those who may not know.

    `shown_whole` says whether nothing is held back; `photographs` are digests of kept files or their names.
    """

    id: str
    line_id: str
    number: str
    type: str
    standing: str
    faces: int | None
    material: str
    responsible_side: str
    state: str | None
    generated: bool
    version: int
    shown_whole: bool
    place: MarkerPlace | None
    location: str
    references: tuple[ReferenceShown, ...]
    custodian: str
    photographs: tuple[str, ...]
    states: tuple[StateShown, ...]
    also_on: tuple[str, ...]
    sides: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class MarkerList:
    """The markers of a line in the order of their numbers, and for its own people what is wrong with them."""

    line_id: str
    line_name: str
    items: tuple[MarkerShown, ...]
    findings: tuple[MarkerFindingShown, ...]


def list_markers(geoname: Geoname, line_id: str, caller: Caller) -> MarkerList:
    """The markers of a line; each time coordinates are shown it is put on the line's record.

    NotFoundError when there is no such line.
    """
    register = LineRegister(geoname)
    entry = register.find(line_id)
    markers = geoname.store.markers(entry.id)
    course = entry.best_course()
    placed = (
        place_markers(markers, Course(course))
        if course is not None
        else tuple(Placed(one, None, None, None) for one in markers)
    )
    items = tuple(_shown(entry, one, caller) for one in placed)
    if any(one.shown_whole for one in items):
        log_shown(geoname, caller, [entry.id], "markers")
    findings: tuple[MarkerFindingShown, ...] = ()
    if may_see_line(caller, entry):
        findings = findings_of_lines(geoname, register, [one for one in markers if one.line_id == entry.id])
    return MarkerList(entry.id, entry.name, items, findings)


def _shown(entry: LineEntry, placed: Placed, caller: Caller) -> MarkerShown:
    marker = placed.marker
    whole = may_see_marker(caller, entry, marker)
    return MarkerShown(
        marker.id,
        marker.line_id,
        marker.number,
        marker.type,
        marker.standing,
        marker.faces,
        marker.material,
        marker.responsible_side,
        marker.state,
        marker.generated,
        marker.version,
        whole,
        _place(placed) if whole else None,
        marker.location if whole else "",
        tuple(ReferenceShown(one.name, one.azimuth_deg, one.distance_m) for one in marker.references)
        if whole
        else (),
        marker.custodian if whole else "",
        marker.photographs if whole else (),
        _states(marker) if whole else (),
        marker.also_on,
        marker.sides,
        marker.note if whole else "",
    )


def _place(placed: Placed) -> MarkerPlace | None:
    at = placed.marker.position
    if at is None:
        return None
    return MarkerPlace(
        at.lon,
        at.lat,
        at.given_x,
        at.given_y,
        at.given_crs,
        at.height_m,
        at.height_datum,
        at.error_m,
        at.method,
        None if placed.piece is None else placed.piece + 1,
        None if placed.chainage_m is None else round(placed.chainage_m, 1),
        None if placed.off_m is None else round(placed.off_m, 1),
    )


def _states(marker: Marker) -> tuple[StateShown, ...]:
    return tuple(StateShown(one.state, written(one.on), one.document, one.note) for one in marker.states)
