"""Names around a point, by distance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.coordinates.convert import check_coordinates, to_wgs84
from geoname.core.coordinates.crs import parse_crs
from geoname.core.register.visibility import Role
from geoname.service.answers import NameSummary
from geoname.service.find_names import NameQuery, name_filter
from geoname.service.name_answers import name_summary
from geoname.service.opened import Geoname


@dataclass(frozen=True)
class NearbyItem:
    """A name and how far its place's point is, in metres."""

    name: NameSummary
    distance_m: float


@dataclass(frozen=True)
class NearbyAnswer:
    """The nearest first."""

    items: tuple[NearbyItem, ...]


def nearby(
    geoname: Geoname,
    lon: float,
    lat: float,
    radius_m: float = 5000.0,
    crs: str = "wgs84",
    feature_class: str | None = None,
    limit: int = 10,
    role: Role = Role.PUBLIC,
    on: date | None = None,
) -> NearbyAnswer:
    """At most `limit` names within `radius_m` metres whose location this role may see.

    With `on` those that may have held on that day.
    """
    index = geoname.live()
    check_coordinates(lon, lat)
    lon, lat = to_wgs84(lon, lat, parse_crs(crs))
    wanted = name_filter(index, NameQuery(feature_class=feature_class, on=on), role)
    keeps = index.names.keeping_located(wanted, role)
    found = index.points.nearest(lon, lat, limit, max_m=radius_m, keeps=keeps, order=index.names.order)
    return NearbyAnswer(
        tuple(NearbyItem(name_summary(index, row, on, role), round(metres, 1)) for row, metres in found)
    )
