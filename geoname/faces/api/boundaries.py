"""What can be asked about boundary lines (界线), tripoints, territories and their editions."""

from __future__ import annotations

from typing import Annotated

from geoname.core.divisions.division import Level
from geoname.core.register.token import Caller
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.faces.api.parameters import Day, DivisionLevel, Text, Within, says
from geoname.faces.api.route import Query, Route
from geoname.service.opened import Geoname
from geoname.service.show_boundaries import EditionList, list_editions, territory_collection
from geoname.service.show_lines import line_collection, line_feature
from geoname.service.show_tripoints import tripoint_collection

GEOJSON = "application/geo+json"

Tolerance = Annotated[
    float,
    says("化简的容差，米", "tolerance of simplification in metres", ge=0, le=100_000, allow_inf_nan=False),
]
LineId = Annotated[
    Text,
    says(
        "界线标识：两方代码，或登记的界线代码",
        "id of a line: both sides' codes, or its registered code",
        examples=["520102-520103"],
    ),
]
BothSides = Annotated[
    bool, says("只要双方都在 within 之内的", "only lines both of whose sides lie in `within`")
]
TripointLevel = Annotated[
    Level | None, says("只要最高界线为此级的", "only those at which a line of this level is the highest")
]
TerritoryLevel = Annotated[Level, says("哪一级的范围", "level of the territories")]


class LinesQuery(Query):
    """Which lines."""

    level: DivisionLevel = None
    within: Within = None
    tolerance: Tolerance = 0.0
    both_sides: BothSides = False
    on: Day = None


class LineQuery(Query):
    """Which line."""

    id: LineId


class TripointsQuery(Query):
    """Which tripoints."""

    level: TripointLevel = None
    within: Within = None
    on: Day = None


class TerritoriesQuery(Query):
    """Which territories, how finely drawn."""

    level: TerritoryLevel = Level.COUNTY
    within: Within = None
    tolerance: Tolerance = 0.0
    on: Day = None


class EditionsQuery(Query):
    """All editions; nothing to choose."""


def _lines(geoname: Geoname, asked: LinesQuery, _caller: Caller) -> bytes:
    return line_collection(
        geoname, asked.level, asked.within, asked.tolerance, both_sides=asked.both_sides, on=asked.on
    )


def _tripoints(geoname: Geoname, asked: TripointsQuery, _caller: Caller) -> bytes:
    return tripoint_collection(geoname, asked.level, asked.within, asked.on)


def _line(geoname: Geoname, asked: LineQuery, _caller: Caller) -> bytes:
    return line_feature(geoname, asked.id)


def _territories(geoname: Geoname, asked: TerritoriesQuery, _caller: Caller) -> bytes:
    return territory_collection(geoname, asked.level, asked.within, asked.tolerance, asked.on)


def _editions(geoname: Geoname, _: EditionsQuery, _caller: Caller) -> EditionList:
    return list_editions(geoname)


_PROBLEMS = (InvalidInputError, NotFoundError, AmbiguousCodeError)

ROUTES = (
    Route(
        path="/v1/boundary-lines",
        query=LinesQuery,
        answer=bytes,
        ask=_lines,
        zh="界线，GeoJSON",
        en="Boundary lines as GeoJSON",
        group="boundaries",
        command="boundaries list",
        media=GEOJSON,
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/boundary-lines/{id}",
        query=LineQuery,
        answer=bytes,
        ask=_line,
        zh="一条界线，GeoJSON",
        en="One boundary line as GeoJSON",
        group="boundaries",
        command="boundaries show",
        media=GEOJSON,
        problems=(InvalidInputError, NotFoundError),
    ),
    Route(
        path="/v1/tripoints",
        query=TripointsQuery,
        answer=bytes,
        ask=_tripoints,
        zh="三交点，GeoJSON",
        en="Tripoints as GeoJSON",
        group="boundaries",
        command="boundaries tripoints",
        media=GEOJSON,
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/territories",
        query=TerritoriesQuery,
        answer=bytes,
        ask=_territories,
        zh="区划范围，GeoJSON",
        en="Territories of divisions as GeoJSON",
        group="boundaries",
        command="boundaries territories",
        media=GEOJSON,
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/editions",
        query=EditionsQuery,
        answer=EditionList,
        ask=_editions,
        zh="界线版本",
        en="Boundary editions",
        group="boundaries",
        command="editions list",
    ),
)
