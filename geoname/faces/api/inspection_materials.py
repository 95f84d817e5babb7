"""What can be asked about materials from the field (外业资料): tracks, photographs, forms, reports."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, InstanceOf, WithJsonSchema

from geoname.core.coordinates.crs import Crs
from geoname.core.inspections.attachment import Attachment
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import TooLargeError
from geoname.faces.api.inspection_parameters import (
    CHANGED,
    SEEN,
    Actor,
    CaseId,
    CaseQuery,
    ChangeQuery,
    LongText,
    Side,
    Why,
)
from geoname.faces.api.parameters import System, Text, says
from geoname.faces.api.private import Download, PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.handing_in import Upload
from geoname.service.inspection_material_answers import AttachmentList, TrackList, TrackShown
from geoname.service.opened import Geoname

_BINARY = WithJsonSchema({"type": "string", "format": "binary"})
GpxFile = Annotated[InstanceOf[Upload], _BINARY, says("GPX 轨迹文件", "a GPX file")]
PhotoFile = Annotated[
    InstanceOf[Upload],
    _BINARY,
    says("照片或扫描件：JPEG、PNG、WebP、TIFF、PDF", "a photograph or scan: JPEG, PNG, WebP, TIFF, PDF"),
]
Tolerance = Annotated[
    float | None,
    Field(gt=0, lt=1_000_000, allow_inf_nan=False),
    says(
        "距界线多少米以内算走过；不写则按设置，且不细于界线精度",
        "metres from the line that count as walked; by setting when not given, never finer than the line",
    ),
]
Subject = Annotated[
    Text,
    says(
        "归属：case、marker:编号、segment:区段、record:标识、finding:标识、peace:标识、paper:标识",
        "what it belongs to: case, marker:NUMBER, segment:KEY, record:ID, finding:ID, peace:ID, paper:ID",
        examples=["case"],
    ),
]
Note = Annotated[LongText, says("备注", "a note")]
TrackId = Annotated[Text, says("轨迹标识", "id of a track")]
AttachmentId = Annotated[Text, says("附件标识", "id of an attachment")]


class TrackQuery(ChangeQuery):
    """A track of a case."""

    file: GpxFile
    crs: System = Crs.WGS84
    tolerance: Tolerance = None
    note: Note = ""
    side: Side = None
    actor: Actor = None


class WithdrawTrackQuery(ChangeQuery):
    """Which track, and why."""

    track: TrackId
    reason: Why
    side: Side = None
    actor: Actor = None


class AttachQuery(ChangeQuery):
    """A photograph or scan of a case."""

    file: PhotoFile
    subject: Subject = "case"
    note: Note = ""
    side: Side = None
    actor: Actor = None


class AttachmentsQuery(Query):
    """Which attachments of a case."""

    id: CaseId
    subject: Annotated[Text | None, says("只要归属于此的", "only those that belong to this")] = None


class AttachmentQuery(Query):
    """Which attachment."""

    id: CaseId
    attachment: AttachmentId


class WithdrawAttachmentQuery(ChangeQuery):
    """Which attachment, and why."""

    attachment: AttachmentId
    reason: Why
    side: Side = None
    actor: Actor = None


# What reads pictures and tables imports half of the house, which other questions do not need.


def _track(geoname: Geoname, asked: TrackQuery, caller: Caller) -> TrackShown:
    from geoname.service.inspection_tracks import add_track

    return add_track(
        geoname, asked.made_by(caller), asked.id, asked.file, asked.crs, asked.tolerance, asked.note
    )


def _tracks(geoname: Geoname, asked: CaseQuery, caller: Caller) -> TrackList:
    from geoname.service.inspection_tracks import list_tracks

    return list_tracks(geoname, caller, asked.id)


def _withdraw_track(geoname: Geoname, asked: WithdrawTrackQuery, caller: Caller) -> TrackShown:
    from geoname.service.inspection_tracks import withdraw_track

    return withdraw_track(geoname, asked.made_by(caller), asked.id, asked.track)


def _attach(geoname: Geoname, asked: AttachQuery, caller: Caller) -> Attachment:
    from geoname.service.inspection_attachments import add_attachment

    return add_attachment(geoname, asked.made_by(caller), asked.id, asked.file, asked.subject, asked.note)


def _attachments(geoname: Geoname, asked: AttachmentsQuery, caller: Caller) -> AttachmentList:
    from geoname.service.inspection_attachments import list_attachments

    return list_attachments(geoname, caller, asked.id, asked.subject)


def _attachment(geoname: Geoname, asked: AttachmentQuery, caller: Caller) -> Download:
    from geoname.service.inspection_attachments import attachment_content

    given = attachment_content(geoname, caller, asked.id, asked.attachment)
    return Download(given.media, given.filename, given.blocks)


def _withdraw_attachment(geoname: Geoname, asked: WithdrawAttachmentQuery, caller: Caller) -> Attachment:
    from geoname.service.inspection_attachments import withdraw_attachment

    return withdraw_attachment(geoname, asked.made_by(caller), asked.id, asked.attachment)


_HANDED = (*CHANGED, TooLargeError)

ROUTES = (
    PrivateRoute(
        path="/v1/inspections/{id}/tracks",
        query=TrackQuery,
        answer=TrackShown,
        ask=_track,
        zh="交一份轨迹，得知走过多少界线、哪些未走、经过哪些界桩",
        en="Hand in a track: how much of the line it walked, what is left, which markers it passed",
        group="inspections",
        command="inspections track",
        method="POST",
        needs=Role.RECORDER,
        problems=_HANDED,
        status=201,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/tracks",
        query=CaseQuery,
        answer=TrackList,
        ask=_tracks,
        zh="各份轨迹，以及合起来走过多少",
        en="The tracks of a case, and what they show together",
        group="inspections",
        command="inspections tracks",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/tracks/{track}",
        query=WithdrawTrackQuery,
        answer=TrackShown,
        ask=_withdraw_track,
        zh="撤回误交的轨迹，理由留存",
        en="Withdraw a track handed in by mistake; it stays on record with the reason",
        group="inspections",
        command="inspections withdraw-track",
        method="DELETE",
        needs=Role.RECORDER,
        problems=CHANGED,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/attachments",
        query=AttachQuery,
        answer=Attachment,
        ask=_attach,
        zh="交一张照片或一份扫描件",
        en="Hand in a photograph or scan",
        group="inspections",
        command="inspections attach",
        method="POST",
        needs=Role.RECORDER,
        problems=_HANDED,
        status=201,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/attachments",
        query=AttachmentsQuery,
        answer=AttachmentList,
        ask=_attachments,
        zh="照片和扫描件",
        en="The photographs and scans of a case",
        group="inspections",
        command="inspections attachments",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/attachments/{attachment}",
        query=AttachmentQuery,
        answer=Download,
        ask=_attachment,
        zh="取一份附件的原件；取用留痕",
        en="The file as it was handed in; that it was given out is on record",
        group="inspections",
        command="inspections attachment",
        media="application/octet-stream",
        needs=Role.RECORDER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/attachments/{attachment}",
        query=WithdrawAttachmentQuery,
        answer=Attachment,
        ask=_withdraw_attachment,
        zh="撤回误交的附件，理由留存",
        en="Withdraw an attachment handed in by mistake; it stays on record with the reason",
        group="inspections",
        command="inspections withdraw-attachment",
        method="DELETE",
        needs=Role.RECORDER,
        problems=CHANGED,
    ),
)
