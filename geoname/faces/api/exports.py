"""What can be taken away as a file (导出): names and divisions, as the caller may see them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from geoname.core.register.token import Caller
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.faces.api.parameters import (
    ClassCode,
    CodeScheme,
    Day,
    DivisionLevel,
    Statuses,
    Within,
    says,
)
from geoname.faces.api.private import Download, PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.opened import Geoname

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/vnd.apache.parquet",
}
FileFormat = Annotated[
    Literal["csv", "geojson", "gpkg", "parquet"],
    says("文件格式", "format of the file"),
]
Mark = Annotated[
    bool,
    says("CSV 前加字节序标记，便于表格软件识别", "a byte-order mark before a CSV, for spreadsheet programs"),
]


class NamesExport(Query):
    """Which names, in which format."""

    format: FileFormat = "csv"
    feature_class: ClassCode = None
    within: Within = None
    scheme: CodeScheme = None
    status: Statuses = ()
    on: Day = None
    bom: Mark = False


class DivisionsExport(Query):
    """Which divisions, in which format."""

    format: FileFormat = "csv"
    level: DivisionLevel = None
    within: Within = None
    scheme: CodeScheme = None
    on: Day = None
    bom: Mark = False


def _names(geoname: Geoname, asked: NamesExport, caller: Caller) -> Download:
    from geoname.service.export_download import names_download
    from geoname.service.export_names_columns import NamesWanted

    wanted = NamesWanted(asked.feature_class, asked.within, asked.scheme, asked.status, asked.on, asked.bom)
    blocks = names_download(geoname, asked.format, wanted, caller)
    return Download(_MEDIA[asked.format], _called("names", asked.on, asked.format), blocks)


def _divisions(geoname: Geoname, asked: DivisionsExport, caller: Caller) -> Download:
    from geoname.service.export_divisions import DivisionsWanted
    from geoname.service.export_download import divisions_download

    wanted = DivisionsWanted(asked.level, asked.within, asked.scheme, asked.on, asked.bom)
    blocks = divisions_download(geoname, asked.format, wanted, caller)
    return Download(_MEDIA[asked.format], _called("divisions", asked.on, asked.format), blocks)


def _called(what: str, on: date | None, ending: str) -> str:
    return f"{what}-{on.isoformat()}.{ending}" if on is not None else f"{what}.{ending}"


_PROBLEMS = (InvalidInputError, NotFoundError, AmbiguousCodeError)

ROUTES = (
    PrivateRoute(
        path="/v1/exports/names",
        query=NamesExport,
        answer=Download,
        ask=_names,
        zh="导出地名：只含调用者可见的，附来源和许可",
        en="Names as a file: what the caller may see, with sources and licences",
        group="exports",
        command="export names",
        media="application/octet-stream",
        problems=_PROBLEMS,
    ),
    PrivateRoute(
        path="/v1/exports/divisions",
        query=DivisionsExport,
        answer=Download,
        ask=_divisions,
        zh="导出行政区划：某一天的区划、代码和隶属",
        en="Divisions of a day as a file: codes, chains, sources",
        group="exports",
        command="export divisions",
        media="application/octet-stream",
        problems=_PROBLEMS,
    ),
)
