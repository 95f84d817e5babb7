"""Territories, boundary lines and editions as GeoJSON (RFC 7946), for maps and analysis."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.simplify import simplify_for_display
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.answers import EditionShown
from geoname.service.browse_divisions import find_division
from geoname.service.live_boundaries import KnownLine, level_of
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.showing import edition_shown

DECIMALS = 6


@dataclass(frozen=True, slots=True)
class EditionListed:
    """An edition, and whether answers are given from it."""

    edition: EditionShown
    active: bool


@dataclass(frozen=True, slots=True)
class EditionList:
    """Every edition that is loaded."""

    items: tuple[EditionListed, ...]


def list_editions(geoname: Geoname) -> EditionList:
    """The editions in the database, the active one marked."""
    sources = {source.id: source for source in geoname.store.sources()}
    active = geoname.store.active_edition()
    return EditionList(
        tuple(
            EditionListed(
                edition_shown(edition, sources[edition.source_id]),
                active is not None and edition.id == active.id,
            )
            for edition in geoname.store.editions()
        )
    )


def territory_collection(
    geoname: Geoname, level: str = "county", within: str | None = None, tolerance_m: float = 0.0
) -> bytes:
    """The territories of a level as a FeatureCollection, each with a point for its label.

    Simplified together to `tolerance_m` metres, so that shared borders stay shared.
    """
    index = geoname.live()
    return _territories(geoname, index.generation, level_of(index.boundaries, level), within, tolerance_m)


# The map asks for the same few collections again and again; each is some hundred kilobytes.
@lru_cache(maxsize=16)
def _territories(
    geoname: Geoname, generation: str, level: Level, within: str | None, tolerance_m: float
) -> bytes:
    index = geoname.live()
    boundaries = index.boundaries
    chosen = [position for position, at in enumerate(boundaries.territories.levels) if at is level]
    if within:
        span = range(*index.atlas.span(find_division(index, within, None, None, field="within").division.id))
        chosen = [i for i in chosen if index.atlas.position(boundaries.division_ids[i]) in span]
    territories = boundaries.territories.take(chosen)
    labels = shapely.point_on_surface(territories.polygons)
    if tolerance_m > 0:
        territories = _drawn(territories, tolerance_m)
    return _collection(_territory_features(territories, labels), boundaries.edition)


def _drawn(territories: Territories, tolerance_m: float) -> Territories:
    """Simplified; where two sources meet and overlap, the overlap is drawn once."""
    if not shapely.coverage_is_valid(territories.polygons):
        cleaned = shapely.coverage_clean(territories.polygons)  # type: ignore[attr-defined]
        territories = replace(territories, polygons=np.asarray(cleaned, dtype=object))
    return simplify_for_display(territories, tolerance_m)


def line_collection(
    geoname: Geoname, level: str | None = None, within: str | None = None, tolerance_m: float = 0.0
) -> bytes:
    """The boundary lines as a FeatureCollection: those along the divisions of `level` (default county)."""
    index = geoname.live()
    sides = Level(level) if level in tuple(Level) else None
    if level is not None and sides is None:
        raise InvalidInputError(
            f"{level!r} is no level: use one of {', '.join(Level)}",
            zh=f"level 不能是 {level!r}：请用 {', '.join(Level)} 之一",
            field="level",
        )
    lines = [line for line in index.boundaries.lines if line.sides[0].level == (sides or Level.COUNTY)]
    if within:
        span = range(*index.atlas.span(find_division(index, within, None, None, field="within").division.id))
        lines = [line for line in lines if any(index.atlas.position(side.id) in span for side in line.sides)]
    return _collection([_line_feature(line, tolerance_m) for line in lines], index.boundaries.edition)


def line_feature(geoname: Geoname, line_id: str) -> bytes:
    """One boundary line as a Feature; NotFoundError when there is none of that id."""
    index = geoname.live()
    return _dumped(
        {**_line_feature(line_of(index, line_id), 0.0), "edition": asdict(index.boundaries.edition)}
    )


def line_of(index: LiveIndex, line_id: str) -> KnownLine:
    """The line of an id such as 520102-520103, the sides in either order."""
    line = index.boundaries.line("-".join(sorted(line_id.split("-"))))
    if line is None:
        raise NotFoundError(
            f"there is no boundary line {line_id!r}: write two neighbours' codes, such as 520102-520103",
            zh=f"没有界线 {line_id!r}：请写相邻两方的代码，如 520102-520103",
            field="id",
        )
    return line


def _territory_features(territories: Territories, labels: NDArray[np.object_]) -> list[dict[str, Any]]:
    points = np.column_stack([shapely.get_x(labels), shapely.get_y(labels)]).round(DECIMALS).tolist()
    return [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": name, "level": level, "label": label},
            "geometry": _geometry(polygon),
        }
        for code, name, level, polygon, label in zip(
            territories.codes,
            territories.names,
            territories.levels,
            territories.polygons,
            points,
            strict=True,
        )
    ]


def _line_feature(line: KnownLine, tolerance_m: float) -> dict[str, Any]:
    course = line.course
    if tolerance_m > 0:
        course = shapely.simplify(course, tolerance_m / METRES_PER_DEGREE)
    one, other = line.sides
    return {
        "type": "Feature",
        "id": line.id,
        "properties": {
            "id": line.id,
            "name": f"{one.name}–{other.name}",
            "sides": [asdict(one), asdict(other)],
            "level": line.level,
            "length_m": round(line.length_m, 1),
            "pieces": len(line.course.geoms),
            "origin": line.origin,
        },
        "geometry": _geometry(course),
    }


METRES_PER_DEGREE = 111_320.0


def _geometry(shape: shapely.Geometry) -> dict[str, Any]:
    return dict(json.loads(shapely.to_geojson(shapely.set_precision(shape, 10**-DECIMALS, mode="pointwise"))))


def _collection(features: list[dict[str, Any]], edition: EditionShown) -> bytes:
    return _dumped({"type": "FeatureCollection", "edition": asdict(edition), "features": features})


def _dumped(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
