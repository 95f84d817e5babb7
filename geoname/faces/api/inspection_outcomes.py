"""What can be asked about forms, measurements, report and archive of a case (外业表、复测、报告、归档)."""

from __future__ import annotations

from typing import Annotated, Literal

import orjson
from pydantic import BeforeValidator, Field, InstanceOf, WithJsonSchema

from geoname.core.coordinates.crs import Crs
from geoname.core.inspections.form_merge import Decisions
from geoname.core.inspections.form_merge import Side as Whose
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import OutOfOrderError, TooLargeError
from geoname.faces.api.inspection_parameters import CHANGED, SEEN, Actor, CaseId, CaseQuery, ChangeQuery, Side
from geoname.faces.api.parameters import System, fault, says
from geoname.faces.api.private import Download, PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.handing_in import Upload
from geoname.service.inspection_material_answers import MergeShown, SurveyShown
from geoname.service.opened import Geoname

_BINARY = WithJsonSchema({"type": "string", "format": "binary"})
_MEDIA = {
    "gpkg": "application/geopackage+sqlite3",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
FormFile = Annotated[
    InstanceOf[Upload], _BINARY, says("填好的外业表", "the form as it came back: GeoPackage, CSV or XLSX")
]
SurveyFile = Annotated[
    InstanceOf[Upload],
    _BINARY,
    says("复测表：编号、经度、纬度", "a table of measurements: number, lon, lat (crs, error_m, note)"),
]


def _decided(value: object) -> object:
    """The decisions of a JSON text, as a form field can carry them."""
    if not isinstance(value, str):
        return value
    try:
        return orjson.loads(value or "{}")
    except orjson.JSONDecodeError as error:
        raise fault("bad_json", trouble=str(error)) from None


Decided = Annotated[
    dict[str, dict[str, Whose]],
    BeforeValidator(_decided),
    says(
        '各项以谁为准：{"项目": {"字段或 *": "mine" 或 "theirs"}}',
        'whose values hold: {"ITEM": {"FIELD or *": "mine" or "theirs"}}, as JSON',
    ),
]


class FormQuery(ChangeQuery):
    """A form to take to the field."""

    format: Annotated[Literal["gpkg", "csv"], says("格式", "format")] = "gpkg"
    side: Side = None
    actor: Actor = None


class MergeQuery(ChangeQuery):
    """A form that came back."""

    file: FormFile
    decisions: Decided = {}  # noqa: RUF012 - pydantic copies it
    side: Side = None
    actor: Actor = None


class SurveyQuery(ChangeQuery):
    """Measured positions of markers."""

    file: SurveyFile
    crs: System = Crs.CGCS2000
    limit_m: Annotated[
        float | None,
        Field(gt=0, lt=100_000, allow_inf_nan=False),
        says("限差，米；不写则按设置", "metres beyond which to verify; by setting when not given"),
    ] = None
    side: Side = None
    actor: Actor = None


class ReportQuery(Query):
    """The report of a case."""

    id: CaseId
    format: Annotated[Literal["pdf", "docx"], says("格式", "format")] = "pdf"


# What sets type and reads tables imports half of the house, which other questions do not need.


def _form(geoname: Geoname, asked: FormQuery, caller: Caller) -> Download:
    from geoname.service.inspection_forms import give_form

    given = give_form(geoname, asked.made_by(caller), asked.id, asked.format)
    return Download(_MEDIA[asked.format], given.filename, given.blocks)


def _merge(geoname: Geoname, asked: MergeQuery, caller: Caller) -> MergeShown:
    from geoname.service.inspection_form_merge import merge_returned

    decisions: Decisions = asked.decisions
    return merge_returned(geoname, asked.made_by(caller), asked.id, asked.file, decisions)


def _survey(geoname: Geoname, asked: SurveyQuery, caller: Caller) -> SurveyShown:
    from geoname.service.inspection_surveying import survey_markers

    return survey_markers(geoname, asked.made_by(caller), asked.id, asked.file, asked.crs, asked.limit_m)


def _report(geoname: Geoname, asked: ReportQuery, caller: Caller) -> Download:
    from geoname.service.inspection_report import inspection_report

    made = inspection_report(geoname, caller, asked.id, asked.format)
    return Download(_MEDIA[asked.format], made.filename, made.blocks)


def _archive(geoname: Geoname, asked: CaseQuery, caller: Caller) -> Download:
    from geoname.service.inspection_archive import inspection_archive

    made = inspection_archive(geoname, caller, asked.id)
    return Download(_MEDIA["zip"], made.filename, made.blocks)


_HANDED = (*CHANGED, TooLargeError)

ROUTES = (
    PrivateRoute(
        path="/v1/inspections/{id}/forms",
        query=FormQuery,
        answer=Download,
        ask=_form,
        zh="领取外业表：GeoPackage（QField 可开）或 CSV",
        en="Take a form to the field: GeoPackage (opens in QField) or CSV",
        group="inspections",
        command="inspections form",
        method="POST",
        media="application/octet-stream",
        needs=Role.RECORDER,
        problems=(*SEEN, OutOfOrderError),
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/forms/merge",
        query=MergeQuery,
        answer=MergeShown,
        ask=_merge,
        zh="交回外业表：无冲突的写入，有冲突的列出待人决定",
        en="Bring a form back: what conflicts with nothing is written, a person decides the rest",
        group="inspections",
        command="inspections merge",
        method="POST",
        needs=Role.RECORDER,
        problems=_HANDED,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/survey",
        query=SurveyQuery,
        answer=SurveyShown,
        ask=_survey,
        zh="复测的界桩与登记位置对照；超限的列为待核实",
        en="Measured markers against the register; far off opens a finding to verify",
        group="inspections",
        command="inspections survey",
        method="POST",
        needs=Role.RECORDER,
        problems=_HANDED,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/report",
        query=ReportQuery,
        answer=Download,
        ask=_report,
        zh="联检报告，附界线示意图；未全部签字的标明草稿",
        en="The report with a map of the line; a draft until all sides have signed it",
        group="inspections",
        command="inspections report",
        media="application/octet-stream",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/archive",
        query=CaseQuery,
        answer=Download,
        ask=_archive,
        zh="归档材料：一个压缩包，各文件附 SHA-256",
        en="The archive set: one zip, every file in it with its SHA-256",
        group="inspections",
        command="inspections archive",
        media="application/zip",
        needs=Role.RECORDER,
        problems=SEEN,
    ),
)
