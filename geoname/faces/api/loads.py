"""What can be asked about files to load (载入数据): hand in, follow, see what failed, publish, take back."""

from __future__ import annotations

import io
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, InstanceOf, WithJsonSchema

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
from geoname.faces.api.parameters import Text, says, whole_characters
from geoname.faces.api.private import Download, PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.handing_in import ClosableBlocks, Upload
from geoname.service.loads import LoadList, LoadShown
from geoname.service.opened import Geoname
from geoname.service.show_boundaries import EditionList
from geoname.service.suggested_load import SuggestedLoad

_LONG = {"extra": {"x-limit": "query_length"}}
_LONGEST_DEFINITION = 20_000

Handed = Annotated[
    InstanceOf[Upload],
    WithJsonSchema({"type": "string", "format": "binary"}),
    says(
        "CSV、XLSX、Parquet、GeoPackage、GeoJSON，或压缩的 Shapefile",
        "CSV, XLSX, Parquet, GeoPackage, GeoJSON, or a zipped Shapefile",
    ),
]
Kind = Annotated[
    Literal["names", "divisions", "changes", "boundaries", "lines", "markers"],
    says("载入的种类", "what the file holds"),
]
DefinitionText = Annotated[
    str,
    Field(max_length=_LONGEST_DEFINITION),
    AfterValidator(whole_characters),
    says("数据说明（TOML）", "the definition (TOML)"),
]
Trial = Annotated[bool, says("只检查并报告，不写入", "check and report only")]
LoadId = Annotated[Text, says("载入标识", "id of a load", **_LONG)]
EditionId = Annotated[Text, says("界线版本标识", "id of a boundary edition", **_LONG)]


class SuggestQuery(Query):
    """A file whose definition is wanted."""

    file: Handed
    kind: Kind = "names"
    definition: DefinitionText = ""


class BeginQuery(Query):
    """A file to load, and what is to be known of it."""

    file: Handed
    kind: Kind
    definition: DefinitionText
    dry_run: Trial = False


class LoadsQuery(Query):
    """All loads of a token; nothing to choose."""


class LoadQuery(Query):
    """Which load."""

    id: LoadId


class EditionQuery(Query):
    """Which boundary edition."""

    edition: EditionId


# What reads files imports half of the house, which other questions do not need.


def _suggest(geoname: Geoname, asked: SuggestQuery, _caller: Caller) -> SuggestedLoad:
    from geoname.service.suggest_load import suggest_load

    return suggest_load(geoname, asked.file, asked.kind, asked.definition)


def _begin(geoname: Geoname, asked: BeginQuery, caller: Caller) -> LoadShown:
    from geoname.service.loads import begin_load

    return begin_load(geoname, asked.file, asked.kind, asked.definition, asked.dry_run, caller)


def _list(geoname: Geoname, _: LoadsQuery, caller: Caller) -> LoadList:
    from geoname.service.loads import list_loads

    return list_loads(geoname, caller)


def _show(geoname: Geoname, asked: LoadQuery, caller: Caller) -> LoadShown:
    from geoname.service.loads import show_load

    return show_load(geoname, asked.id, caller)


def _rejects(geoname: Geoname, asked: LoadQuery, caller: Caller) -> Download:
    from geoname.service.loads import rejects_of

    return _csv(rejects_of(geoname, asked.id, caller))


def _changes(geoname: Geoname, asked: LoadQuery, caller: Caller) -> Download:
    from geoname.service.loads import changes_of

    return _csv(changes_of(geoname, asked.id, caller))


def _csv(table: tuple[str, bytes]) -> Download:
    filename, content = table
    return Download("text/csv; charset=utf-8", filename, ClosableBlocks(io.BytesIO(content)))


def _publish(geoname: Geoname, asked: LoadQuery, caller: Caller) -> LoadShown:
    from geoname.service.loads import publish_load

    return publish_load(geoname, asked.id, caller)


def _undo(geoname: Geoname, asked: LoadQuery, caller: Caller) -> LoadShown:
    from geoname.service.loads import undo_loaded

    return undo_loaded(geoname, asked.id, caller)


def _activate(geoname: Geoname, asked: EditionQuery, caller: Caller) -> EditionList:
    from geoname.service.activate_edition import activate_edition
    from geoname.service.show_boundaries import list_editions

    activate_edition(geoname, asked.edition, f"token {caller.token_id}")
    return list_editions(geoname)


_KNOWN = (InvalidInputError, UnauthenticatedError, ForbiddenError)

ROUTES = (
    PrivateRoute(
        path="/v1/loads/definition",
        query=SuggestQuery,
        answer=SuggestedLoad,
        ask=_suggest,
        zh="看一份文件的列和前几行，并给出数据说明初稿；不保存",
        en="Columns and first rows of a file, and a definition to begin with; nothing is kept",
        group="loads",
        command="loads suggest",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_KNOWN, TooLargeError),
    ),
    PrivateRoute(
        path="/v1/loads",
        query=BeginQuery,
        answer=LoadShown,
        ask=_begin,
        zh="交一份文件来载入，或试载",
        en="Hand in a file to be loaded, or tried",
        group="loads",
        command="loads add",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_KNOWN, TooLargeError),
        status=202,
        location="/v1/loads/{id}",
    ),
    PrivateRoute(
        path="/v1/loads",
        query=LoadsQuery,
        answer=LoadList,
        ask=_list,
        zh="自己的载入",
        en="The loads of this token",
        group="loads",
        command="loads list",
        needs=Role.OFFICER,
        problems=_KNOWN,
    ),
    PrivateRoute(
        path="/v1/loads/{id}",
        query=LoadQuery,
        answer=LoadShown,
        ask=_show,
        zh="一次载入进行到哪里，发现和改动了什么",
        en="How far a load is, what it found and did",
        group="loads",
        command="loads show",
        needs=Role.OFFICER,
        problems=(*_KNOWN, NotFoundError),
    ),
    PrivateRoute(
        path="/v1/loads/{id}/rejects",
        query=LoadQuery,
        answer=bytes,
        ask=_rejects,
        zh="退回的行及原因，CSV",
        en="The rows that failed and why, as CSV",
        group="loads",
        command="loads rejects",
        media="text/csv",
        needs=Role.OFFICER,
        problems=(*_KNOWN, NotFoundError),
    ),
    PrivateRoute(
        path="/v1/loads/{id}/changes",
        query=LoadQuery,
        answer=bytes,
        ask=_changes,
        zh="地名载入对已有记录的每项改动（更名、移位、废止、冲突等），CSV",
        en="Every change of names that were there (renamed, moved, retired, in conflict, ...), as CSV",
        group="loads",
        command="loads changes",
        media="text/csv",
        needs=Role.OFFICER,
        problems=(*_KNOWN, NotFoundError),
    ),
    PrivateRoute(
        path="/v1/loads/{id}/publish",
        query=LoadQuery,
        answer=LoadShown,
        ask=_publish,
        zh="把试载过的正式载入（另起一次），或启用载入的界线版本",
        en="Load in earnest what was tried (a new load), or make the loaded edition active",
        group="loads",
        command="loads publish",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_KNOWN, NotFoundError, ConflictError),
        status=202,
        location="/v1/loads/{id}",
    ),
    PrivateRoute(
        path="/v1/loads/{id}/undo",
        query=LoadQuery,
        answer=LoadShown,
        ask=_undo,
        zh="撤销一次载入",
        en="Take a load back",
        group="loads",
        command="loads undo",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_KNOWN, NotFoundError, ConflictError),
    ),
    PrivateRoute(
        path="/v1/editions/{edition}/activate",
        query=EditionQuery,
        answer=EditionList,
        ask=_activate,
        zh="启用一个界线版本：此后的回答都以它为准",
        en="Make a boundary edition the one that all answers are given from",
        group="loads",
        command="editions activate",
        method="POST",
        needs=Role.ADMINISTRATOR,
        problems=(*_KNOWN, NotFoundError),
    ),
)
