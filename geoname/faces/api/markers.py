"""What can be asked about the markers and segments of a line (界桩、界线分段); places for its own people."""

from __future__ import annotations

from geoname.core.register.token import Caller
from geoname.errors import InvalidInputError, NotFoundError, UnauthenticatedError
from geoname.faces.api.boundaries import LineId
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.opened import Geoname
from geoname.service.show_markers import MarkerList, list_markers
from geoname.service.show_segments import SegmentList, list_segments


class OfLineQuery(Query):
    """Of which line."""

    id: LineId


def _segments(geoname: Geoname, asked: OfLineQuery, caller: Caller) -> SegmentList:
    return list_segments(geoname, asked.id, caller)


def _markers(geoname: Geoname, asked: OfLineQuery, caller: Caller) -> MarkerList:
    return list_markers(geoname, asked.id, caller)


_PROBLEMS = (InvalidInputError, NotFoundError, UnauthenticatedError)

ROUTES = (
    PrivateRoute(
        path="/v1/boundary-lines/{id}/segments",
        query=OfLineQuery,
        answer=SegmentList,
        ask=_segments,
        zh="界线分段：凭本方令牌按界桩分段，否则按段落",
        en="Segments of a line: cut at markers with a side's token, else its pieces",
        group="boundaries",
        command="boundaries segments",
        problems=_PROBLEMS,
    ),
    PrivateRoute(
        path="/v1/boundary-lines/{id}/markers",
        query=OfLineQuery,
        answer=MarkerList,
        ask=_markers,
        zh="界线上的界桩：坐标、方位物凭本方令牌，每次提供均留痕",
        en="Markers of a line: places and reference objects with a side's token, each time on record",
        group="boundaries",
        command="boundaries markers",
        problems=_PROBLEMS,
    ),
)
