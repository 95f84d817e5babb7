"""What can be asked about points (定位): where a point lies, where many lie, which names are near."""

from __future__ import annotations

from typing import Annotated

from geoname.core.coordinates.crs import Crs
from geoname.core.divisions.division import Level
from geoname.core.register.token import Caller
from geoname.errors import InvalidInputError
from geoname.faces.api.parameters import ClassCode, Day, Degrees, Latitude, Longitude, PageSize, System, says
from geoname.faces.api.route import Query, Route
from geoname.service.locate import LocateAnswer, LocateManyAnswer, locate, locate_many
from geoname.service.nearby import NearbyAnswer, nearby
from geoname.service.opened import Geoname

FARTHEST_M = 1_000_000.0

Radius = Annotated[float, says("半径，米", "radius in metres", gt=0, le=FARTHEST_M, allow_inf_nan=False)]
LevelOfCodes = Annotated[Level, says("要哪一级的代码", "level of the codes to give")]


class LocateQuery(Query):
    """A point, and the day to answer for."""

    lon: Longitude
    lat: Latitude
    crs: System = Crs.WGS84
    on: Day = None


class LocateManyQuery(Query):
    """Many points as two columns of the same length."""

    lon: Degrees
    lat: Degrees
    crs: System = Crs.WGS84
    level: LevelOfCodes = Level.COUNTY
    on: Day = None


class NearbyQuery(Query):
    """A point and how far around it to look."""

    lon: Longitude
    lat: Latitude
    radius: Radius = 5000.0
    crs: System = Crs.WGS84
    feature_class: ClassCode = None
    limit: PageSize = 10
    on: Day = None


def _locate(geoname: Geoname, asked: LocateQuery, _caller: Caller) -> LocateAnswer:
    return locate(geoname, asked.lon, asked.lat, asked.crs, asked.on)


def _locate_many(geoname: Geoname, asked: LocateManyQuery, _caller: Caller) -> LocateManyAnswer:
    if len(asked.lon) != len(asked.lat):
        raise InvalidInputError(
            f"lon holds {len(asked.lon)} numbers and lat {len(asked.lat)}: give one of each for every point",
            zh=f"lon 有 {len(asked.lon)} 个数，lat 有 {len(asked.lat)} 个：请逐点各给一个",
            field="lat",
        )
    return locate_many(geoname, asked.lon, asked.lat, asked.crs, asked.level, asked.on)


def _nearby(geoname: Geoname, asked: NearbyQuery, caller: Caller) -> NearbyAnswer:
    return nearby(
        geoname,
        asked.lon,
        asked.lat,
        asked.radius,
        asked.crs,
        asked.feature_class,
        asked.limit,
        caller.role,
        asked.on,
    )


ROUTES = (
    Route(
        path="/v1/locate",
        query=LocateQuery,
        answer=LocateAnswer,
        ask=_locate,
        zh="一点在哪里：区划链、近旁界线、所据版本",
        en="Where a point lies: its divisions, the lines near it, the edition that says so",
        group="places",
        command="locate",
    ),
    Route(
        path="/v1/locate",
        query=LocateManyQuery,
        answer=LocateManyAnswer,
        ask=_locate_many,
        zh="许多点各在哪个区划，按点的次序",
        en="The division of each of many points, in their order",
        group="places",
        command="locate --points",
        method="POST",
    ),
    Route(
        path="/v1/nearby",
        query=NearbyQuery,
        answer=NearbyAnswer,
        ask=_nearby,
        zh="近旁的地名，由近到远",
        en="Names around a point, the nearest first",
        group="places",
        command="nearby",
    ),
)
