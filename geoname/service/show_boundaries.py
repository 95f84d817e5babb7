"""Territories as GeoJSON (区划范围), for maps and analysis, and the editions that there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.simplify import simplify_for_display
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.service.answers import EditionShown
from geoname.service.browse_divisions import find_division
from geoname.service.geojson import DECIMALS, collection, geometry
from geoname.service.live_boundaries import level_of
from geoname.service.opened import Geoname
from geoname.service.showing import edition_shown


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
    geoname: Geoname,
    level: str = "county",
    within: str | None = None,
    tolerance_m: float = 0.0,
    on: date | None = None,
) -> bytes:
    """The territories of a level as a FeatureCollection, each with a point for its label.

    Simplified together to `tolerance_m` metres, so that shared borders stay shared. `within` is a code of
    the day `on`; the territories are the edition's in use, and say whether it is of that day.
    """
    index = geoname.live()
    return _territories(geoname, index.generation, level_of(index.boundaries, level), within, tolerance_m, on)


# The map asks for the same few collections again and again; each is some hundred kilobytes.
@lru_cache(maxsize=16)
def _territories(
    geoname: Geoname, generation: str, level: Level, within: str | None, tolerance_m: float, on: date | None
) -> bytes:
    index = geoname.live()
    boundaries = index.boundaries
    chosen = [position for position, at in enumerate(boundaries.territories.levels) if at is level]
    if within:
        span = range(*index.atlas.span(find_division(index, within, None, on, field="within").division.id))
        chosen = [i for i in chosen if index.atlas.position(boundaries.division_ids[i]) in span]
    territories = boundaries.territories.take(chosen)
    labels = shapely.point_on_surface(territories.polygons)
    if tolerance_m > 0:
        territories = _drawn(territories, tolerance_m)
    features = _territory_features(territories, labels)
    return collection(features, boundaries.edition, exact=boundaries.is_exact_on(on))


def _drawn(territories: Territories, tolerance_m: float) -> Territories:
    """Simplified; where two sources meet and overlap, the overlap is drawn once."""
    if not shapely.coverage_is_valid(territories.polygons):
        cleaned = shapely.coverage_clean(territories.polygons)  # type: ignore[attr-defined]
        territories = replace(territories, polygons=np.asarray(cleaned, dtype=object))
    return simplify_for_display(territories, tolerance_m)


def _territory_features(territories: Territories, labels: NDArray[np.object_]) -> list[dict[str, Any]]:
    points = np.column_stack([shapely.get_x(labels), shapely.get_y(labels)]).round(DECIMALS).tolist()
    return [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": name, "level": level, "label": label},
            "geometry": geometry(polygon),
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
