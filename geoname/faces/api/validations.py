"""What can be asked about files to validate (批量核对): hand in, follow, look through, choose, take away."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, InstanceOf, WithJsonSchema

from geoname.core.coordinates.crs import Crs
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
    UnauthenticatedError,
)
from geoname.faces.api.parameters import Cursor, Day, PageSize, System, Text, says
from geoname.faces.api.private import Download, PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.handing_in import Upload
from geoname.service.opened import Geoname
from geoname.service.validation_answers import (
    PreviewShown,
    RowPage,
    RowShown,
    ValidationList,
    ValidationOptions,
    ValidationShown,
)

_LONG = {"extra": {"x-limit": "query_length"}}
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "gpkg": "application/geopackage+sqlite3",
}

Handed = Annotated[
    InstanceOf[Upload],
    WithJsonSchema({"type": "string", "format": "binary"}),
    says("CSV、XLSX、Parquet 或 GeoPackage 文件", "a CSV, XLSX, Parquet or GeoPackage file"),
]
Column = Annotated[
    Text | None,
    says("地名所在列；不写则按列名猜", "column of the names; guessed by its heading when not given", **_LONG),
]
WithinColumn = Annotated[
    Text | None,
    says("所称区划：代码，或写有代码的列", "stated division: a code, or a column of codes", **_LONG),
]
PointColumn = Annotated[Text | None, says("坐标所在列，度", "column of a coordinate in degrees", **_LONG)]
Encoding = Annotated[Text | None, says("文本的编码；不写则识别", "encoding of text; detected when not given")]
Delimiter = Annotated[
    Text | None, says("文本的分隔符；不写则识别", "delimiter of text; detected when not given")
]
Sheet = Annotated[Text | None, says("工作表", "sheet of a workbook", **_LONG)]
Layer = Annotated[Text | None, says("图层", "layer of a GeoPackage", **_LONG)]
Spoken = Annotated[Literal["zh", "en"], says("结果所用语言", "language of the appended columns")]
JobId = Annotated[Text, says("文件标识", "id of a file", **_LONG)]
RowStatus = Annotated[
    Literal["standard", "corrected", "ambiguous", "retired", "unknown", "invalid", "chosen"] | None,
    says("只要这种结果的行；chosen 为已选定", "only rows that came out so; chosen by a person"),
]
ResultFormat = Annotated[
    Literal["csv", "xlsx", "parquet", "gpkg"] | None,
    says("结果的格式；不写则与原文件相同", "format of the result; that of the file when not given"),
]
RowNumber = Annotated[
    int, Field(strict=True), says("行号，从 1 起，不计标题行", "row, from 1 without headings", ge=1)
]
Choice = Annotated[
    Text | None,
    says("选定的候选标识；不写则撤回", "id of the chosen candidate; the choice is taken back when not given"),
]


class PreviewQuery(Query):
    """A file to look into."""

    file: Handed


class BeginQuery(Query):
    """A file, and what is to be known of it."""

    file: Handed
    column: Column = None
    within: WithinColumn = None
    lon: PointColumn = None
    lat: PointColumn = None
    crs: System = Crs.WGS84
    encoding: Encoding = None
    delimiter: Delimiter = None
    sheet: Sheet = None
    layer: Layer = None
    result_language: Spoken = "zh"
    on: Day = None


class FilesQuery(Query):
    """All files of a token; nothing to choose."""


class FileQuery(Query):
    """Which file."""

    id: JobId


class RowsQuery(Query):
    """Which rows of a file."""

    id: JobId
    status: RowStatus = None
    limit: PageSize = 20
    cursor: Cursor = None


class ResultQuery(Query):
    """Which file, in which format."""

    id: JobId
    format: ResultFormat = None


class ChoiceQuery(Query):
    """Which candidate for which row."""

    id: JobId
    row: RowNumber
    choice: Choice = None


# What reads tables imports half of the house, which other questions do not need.


def _preview(geoname: Geoname, asked: PreviewQuery, _caller: Caller) -> PreviewShown:
    from geoname.service.validations import preview_file

    return preview_file(geoname, asked.file)


def _begin(geoname: Geoname, asked: BeginQuery, caller: Caller) -> ValidationShown:
    from geoname.service.validations import begin_validation

    options = ValidationOptions(
        asked.column,
        asked.within,
        asked.lon,
        asked.lat,
        asked.crs,
        asked.encoding,
        asked.delimiter,
        asked.sheet,
        asked.layer,
        asked.result_language,
        None if asked.on is None else asked.on.isoformat(),
    )
    return begin_validation(geoname, asked.file, options, caller)


def _list(geoname: Geoname, _: FilesQuery, caller: Caller) -> ValidationList:
    from geoname.service.validations import list_validations

    return list_validations(geoname, caller)


def _show(geoname: Geoname, asked: FileQuery, caller: Caller) -> ValidationShown:
    from geoname.service.validations import show_validation

    return show_validation(geoname, asked.id, caller)


def _remove(geoname: Geoname, asked: FileQuery, caller: Caller) -> None:
    from geoname.service.validations import remove_validation

    remove_validation(geoname, asked.id, caller)


def _rows(geoname: Geoname, asked: RowsQuery, caller: Caller) -> RowPage:
    from geoname.service.validation_matcher import offering_matcher
    from geoname.service.validation_result import list_rows

    return list_rows(geoname, offering_matcher, asked.id, caller, asked.status, asked.limit, asked.cursor)


def _choose(geoname: Geoname, asked: ChoiceQuery, caller: Caller) -> RowShown:
    from geoname.service.validation_matcher import offering_matcher
    from geoname.service.validation_result import choose

    return choose(geoname, offering_matcher, asked.id, asked.row, asked.choice, caller)


def _result(geoname: Geoname, asked: ResultQuery, caller: Caller) -> Download:
    from geoname.service.validation_matcher import offering_matcher
    from geoname.service.validation_result import result_file

    made = result_file(geoname, offering_matcher, asked.id, asked.format, caller)
    return Download(_MEDIA[made.ending], made.filename, made.blocks)


_OWN = (InvalidInputError, UnauthenticatedError, ForbiddenError, NotFoundError)

ROUTES = (
    PrivateRoute(
        path="/v1/validations/preview",
        query=PreviewQuery,
        answer=PreviewShown,
        ask=_preview,
        zh="看一份文件的列和前几行，不保存",
        en="Columns and first rows of a file, which is not kept",
        group="validations",
        command="jobs preview",
        method="POST",
        needs=Role.READER,
        problems=(InvalidInputError, UnauthenticatedError, ForbiddenError, TooLargeError),
    ),
    PrivateRoute(
        path="/v1/validations",
        query=BeginQuery,
        answer=ValidationShown,
        ask=_begin,
        zh="交一份文件来核对",
        en="Hand in a file to be validated",
        group="validations",
        command="jobs add",
        method="POST",
        needs=Role.READER,
        problems=(InvalidInputError, UnauthenticatedError, ForbiddenError, TooLargeError),
        status=202,
        location="/v1/validations/{id}",
    ),
    PrivateRoute(
        path="/v1/validations",
        query=FilesQuery,
        answer=ValidationList,
        ask=_list,
        zh="自己的文件",
        en="The files handed in with this token",
        group="validations",
        command="jobs list",
        needs=Role.READER,
        problems=(InvalidInputError, UnauthenticatedError, ForbiddenError),
    ),
    PrivateRoute(
        path="/v1/validations/{id}",
        query=FileQuery,
        answer=ValidationShown,
        ask=_show,
        zh="一份文件核对到哪里、结果如何",
        en="How far a file is, and how its rows came out",
        group="validations",
        command="jobs show",
        needs=Role.READER,
        problems=_OWN,
    ),
    PrivateRoute(
        path="/v1/validations/{id}",
        query=FileQuery,
        answer=type(None),
        ask=_remove,
        zh="停止核对并删除文件和结果",
        en="Stop the work and delete file and result",
        group="validations",
        command="jobs remove",
        method="DELETE",
        needs=Role.READER,
        problems=_OWN,
        status=204,
    ),
    PrivateRoute(
        path="/v1/validations/{id}/rows",
        query=RowsQuery,
        answer=RowPage,
        ask=_rows,
        zh="逐行看结果，可按结果筛选；待选定的附候选",
        en="Rows by result, with candidates where one may choose",
        group="validations",
        command="jobs rows",
        needs=Role.READER,
        problems=_OWN,
    ),
    PrivateRoute(
        path="/v1/validations/{id}/choices",
        query=ChoiceQuery,
        answer=RowShown,
        ask=_choose,
        zh="为一行选定候选，或撤回",
        en="Choose a candidate for a row, or take the choice back",
        group="validations",
        command="jobs choose",
        method="POST",
        needs=Role.READER,
        problems=(*_OWN, ConflictError),
    ),
    PrivateRoute(
        path="/v1/validations/{id}/result",
        query=ResultQuery,
        answer=Download,
        ask=_result,
        zh="核对完的文件：原有各列不变，附上结果",
        en="The finished file: its own columns as they were, ours appended",
        group="validations",
        command="jobs result",
        media="application/octet-stream",
        needs=Role.READER,
        problems=(*_OWN, ConflictError),
    ),
)
