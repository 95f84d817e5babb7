"""Boundary lines as GeoJSON (界线): what is registered of them, drawn by the course that anyone may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from geoname.core.boundaries.marker import Marker
from geoname.core.boundaries.registered_line import RegisteredLine
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.geojson import collection, dumped, geometry
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.opened import Geoname
from geoname.service.show_tripoints import TripointShown, tripoints_of
from geoname.service.showing import written


def line_collection(
    geoname: Geoname,
    level: str | None = None,
    within: str | None = None,
    tolerance_m: float = 0.0,
    *,
    both_sides: bool = False,
    on: date | None = None,
) -> bytes:
    """The lines as a FeatureCollection: those along the divisions of `level` (default county).

    `within` is a code of the day `on`; the lines are the edition's in use, and say whether it is of that day.
    A registered line that the polygons do not draw has no geometry.
    """
    index = geoname.live()
    sides = Level(level) if level in tuple(Level) else None
    if level is not None and sides is None:
        raise InvalidInputError(
            f"{level!r} is no level: use one of {', '.join(Level)}",
            zh=f"level 不能是 {level!r}：请用 {', '.join(Level)} 之一",
            field="level",
        )
    lines = LineRegister(geoname).select(sides or Level.COUNTY, within, both_sides=both_sides, on=on)
    boundaries = index.boundaries
    features = [_feature(line, tolerance_m) for line in lines]
    return collection(features, boundaries.edition, exact=boundaries.is_exact_on(on))


def line_feature(geoname: Geoname, line_id: str) -> bytes:
    """One line as a Feature, with what is known of it beside: register, markers, tripoints, neighbours.

    NotFoundError when there is none of that id.
    """
    index = geoname.live()
    register = LineRegister(geoname)
    entry = register.find(line_id)
    markers = geoname.store.markers(entry.id)
    tripoints = tripoints_of(geoname, entry)
    beside = {
        "edition": asdict(index.boundaries.edition),
        "register": None if entry.registered is None else _registered(geoname, entry.registered),
        "markers": _counted(markers),
        "tripoints": [asdict(one) for one in tripoints],
        "neighbours": _neighbours(register, entry, tripoints),
        "parts": _parts(register, entry),
    }
    return dumped({**_feature(entry, 0.0), **beside})


def line_properties(entry: LineEntry) -> dict[str, Any]:
    """What every list tells of a line."""
    one, other = entry.sides
    registered, length = entry.registered, entry.length_m
    return {
        "id": entry.id,
        "name": f"{one.name}–{other.name}",
        "line_name": entry.name,
        "line_code": entry.code,
        "named_by": entry.named_by,
        "sides": [asdict(one), asdict(other)],
        "level": entry.level,
        "length_m": None if length is None else round(length, 1),
        "length_from": entry.length_from,
        "pieces": 0 if entry.derived is None else len(entry.derived.course.geoms),
        "origin": entry.origin,
        "disputed": registered is not None and registered.disputed,
        "last_inspected": None if registered is None else written(registered.last_inspected),
        "generated": registered is not None and registered.generated,
    }


def _feature(entry: LineEntry, tolerance_m: float) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": entry.id,
        "properties": line_properties(entry),
        "geometry": geometry(entry.open_course(), tolerance_m),
    }


def _registered(geoname: Geoname, line: RegisteredLine) -> dict[str, Any]:
    source = next((one for one in geoname.store.sources() if one.id == line.source_id), None)
    return {
        "name": line.name,
        "code": line.code,
        "sides": line.sides,
        "start": line.start,
        "end": line.end,
        "approval": line.approval,
        "approved_on": written(line.approved_on),
        "agreement": line.agreement,
        "length_m": line.length_m,
        "single_markers": line.counts.single,
        "double_markers": line.counts.double,
        "triple_markers": line.counts.triple,
        "tripoints": line.tripoints,
        "disputed": line.disputed,
        "last_inspected": written(line.last_inspected),
        "note": line.note,
        "surveyed": line.course is not None,
        "generated": line.generated,
        "source": None if source is None else {"title": source.title, "authority": source.authority},
        "version": line.version,
    }


def _counted(markers: Sequence[Marker]) -> dict[str, Any]:
    """How many markers there are, by standing and by the state last found; never where."""
    return {
        "total": len(markers),
        "standing": dict(Counter(one.standing.value for one in markers)),
        "state": dict(Counter(one.state.value if one.state else "unknown" for one in markers)),
        "generated": sum(one.generated for one in markers),
    }


def _neighbours(
    register: LineRegister, entry: LineEntry, tripoints: Sequence[TripointShown]
) -> list[dict[str, Any]]:
    """The lines between divisions of the same level that meet this one at its tripoints, by their ids."""
    met = {line_id for point in tripoints for line_id in point.lines}
    known = [one for line_id in sorted(met) if (one := register.get(line_id)) is not None]
    found = [one for one in known if one.id != entry.id and len(one.codes[0]) == len(entry.codes[0])]
    return [
        {
            "id": one.id,
            "name": f"{one.sides[0].name}–{one.sides[1].name}",
            "line_name": one.name,
            "length_m": None if one.length_m is None else round(one.length_m, 1),
        }
        for one in found
    ]


def _parts(register: LineRegister, entry: LineEntry) -> list[dict[str, Any]]:
    """The pairs of counties along a line of a higher level, from which it is put together."""
    digits = len(entry.codes[0])
    if digits >= len("520102"):
        return []
    county: list[LineEntry] = register.select(Level.COUNTY)
    return [
        {
            "id": one.id,
            "name": f"{one.sides[0].name}–{one.sides[1].name}",
            "length_m": round(drawn.length_m, 1),
        }
        for one in county
        if (drawn := one.derived) is not None
        and tuple(sorted(code[:digits] for code in one.codes)) == entry.codes
    ]
