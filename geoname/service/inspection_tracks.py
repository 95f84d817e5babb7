"""Tracks of a case (巡查轨迹): handed in as GPX, held against the line, kept with what they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from geoname.core.coordinates.crs import Crs
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.stages import Stage
from geoname.core.inspections.track import Track, TrackRules, check_track, summary, time_gaps
from geoname.core.inspections.track_coverage import Interval, PassedMarker, complement, cover, cut
from geoname.core.inspections.track_record import TrackRecord, passed_together, walked_together
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError, NotFoundError
from geoname.formats.gpx import read_gpx
from geoname.service.handing_in import Upload, plain_filename
from geoname.service.inspect_boundary import Asked, demand_open, seen_case
from geoname.service.inspected_course import InspectedCourse, course_of, line_geometry
from geoname.service.inspection_acting import as_side, sees_positions
from geoname.service.inspection_material_answers import (
    GapShown,
    PassedShown,
    StretchShown,
    TogetherShown,
    TrackList,
    TrackShown,
)
from geoname.service.inspection_moment import new_id, now
from geoname.service.opened import Geoname

FIELD_STAGES = (Stage.FIELD, Stage.FINDINGS, Stage.REMEDY, Stage.SURVEYED, Stage.REPORT_DRAFT)
"""When what was walked and seen is handed in: from the field work until the report is signed."""
ENDING = "gpx"


def add_track(
    geoname: Geoname,
    asked: Asked,
    inspection_id: str,
    upload: Upload,
    crs: Crs = Crs.WGS84,
    tolerance_m: float | None = None,
    note: str = "",
) -> TrackShown:
    """Keep a GPX file with what it shows of the line; the same file again is the track kept already.

    InvalidInputError for what is no GPX, has entities, or runs backwards in time; TooLargeError beyond the
    limits of points and bytes; OutOfOrderError outside field work. Nothing is kept then.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    case = file.inspection
    who = as_side(asked.caller, case, asked.side, asked.name, Role.RECORDER)
    demand_open(file, *FIELD_STAGES)
    line = course_of(geoname, case)
    practice = geoname.field
    rules = practice.rules if tolerance_m is None else replace(practice.rules, tolerance_m=tolerance_m)
    with geoname.attachments.receiving(upload.stream, upload.quota.file_bytes, lambda _: ENDING) as received:
        with received.file.open("rb") as content:
            track = read_gpx(content, practice.track_points).read_as(crs)
        check_track(track)
        record = _judged(track, line, rules, case, who.side, who.actor)
        record = replace(
            record, filename=plain_filename(upload.filename, "track.gpx"), sha256=received.sha256,
            size=received.size, crs=crs.value, note=note.strip(),
        )  # fmt: skip
        with geoname.attachments.guarded():
            geoname.attachments.place(received)
            kept = geoname.store.add_track(record)
    return _shown(kept, line, asked.caller, case)


def list_tracks(geoname: Geoname, caller: Caller, inspection_id: str) -> TrackList:
    """The tracks of a case and what they show together.

    Where the line was surveyed, its course is shown to those entitled only, and that is put on record.
    """
    case = seen_case(geoname, caller, inspection_id).inspection
    line = course_of(geoname, case)
    tracks = tuple(geoname.store.tracks(inspection_id))
    if not line.open and tracks and sees_positions(caller, case):
        geoname.store.log_coordinates_given([f"inspection:{inspection_id}"], caller.actor, "tracks")
    return TrackList(
        tuple(_shown(one, line, caller, case) for one in tracks), _together(tracks, line, caller, case)
    )


def withdraw_track(geoname: Geoname, asked: Asked, inspection_id: str, track_id: str) -> TrackShown:
    """Withdraw a track that was handed in by mistake; it stays on record with the reason."""
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    demand_open(file, *FIELD_STAGES)
    demand_reason(asked.reason)
    known = geoname.store.track(track_id)
    if known is None or known.inspection_id != inspection_id:
        raise NotFoundError(
            f"this case has no track {track_id!r}: its tracks are listed at /tracks",
            zh=f"本案没有轨迹 {track_id!r}：轨迹列表见 /tracks",
            field="track",
        )
    gone = geoname.store.withdraw_track(track_id, who.actor, asked.reason.strip())
    return _shown(gone, course_of(geoname, file.inspection), asked.caller, file.inspection)


def demand_reason(reason: str) -> None:
    """InvalidInputError without one."""
    if not reason.strip():
        raise InvalidInputError("say why it is withdrawn", zh="请写明撤回的理由", field="reason")


def _judged(
    track: Track, line: InspectedCourse, rules: TrackRules, case: Inspection, side: str, actor: str
) -> TrackRecord:
    markers = [(one.marker.number, one.lon, one.lat) for one in line.markers]
    coverage = cover(track, line.course, line.accuracy_m, rules, markers, line.stretch)
    return TrackRecord(
        new_id(), case.id, "", "", 0, "", course=line.of, coverage=coverage, side=side, actor=actor,
        added_at=now(), gaps=time_gaps(track, rules.pause_s), generated=case.generated, **summary(track),
    )  # fmt: skip


def _shown(record: TrackRecord, line: InspectedCourse, caller: Caller, case: Inspection) -> TrackShown:
    coverage = record.coverage
    # Metres along another course, of an edition that was replaced since, are no places on this one.
    visible = line.shown_to(caller, case) and record.course == line.of
    return TrackShown(
        record.id, record.inspection_id, record.filename, record.sha256, record.crs, record.points,
        record.recordings, record.length_m, _moment(record.began), _moment(record.ended),
        record.timed_share, record.course, round(coverage.length_m, 1), round(coverage.walked_m, 1),
        round(coverage.share, 4), coverage.tolerance.asked_m, coverage.tolerance.used_m,
        coverage.tolerance.raised, coverage.tolerance.accuracy_m,
        _stretches(coverage.missed, line, visible), _passed(coverage.passed),
        tuple(GapShown(_moment(one.began) or "", _moment(one.ended) or "", round(one.ended - one.began, 1),
                       one.metres) for one in record.gaps),
        record.side, record.actor, record.added_at, record.note, record.withdrawn_at,
        record.withdrawn_reason, record.generated,
    )  # fmt: skip


def _together(
    tracks: tuple[TrackRecord, ...], line: InspectedCourse, caller: Caller, case: Inspection
) -> TogetherShown:
    # Tracks that were held against another course than the present one cannot be added up with the others.
    same = tuple(one for one in tracks if one.course == line.of)
    stretch = line.stretch or (0.0, line.measure.length_m)
    missed = complement(walked_together(same), line.measure.pieces_within(stretch))
    passed = passed_together(same)
    seen = {one.marker for one in passed}
    length = stretch[1] - stretch[0]
    walked = length - sum(end - start for start, end in missed)
    return TogetherShown(
        round(length, 1), round(walked, 1), round(walked / length, 4),
        _stretches(missed, line, line.shown_to(caller, case)), _passed(passed),
        tuple(one.marker.number for one in line.markers if one.marker.number not in seen),
    )  # fmt: skip


def _stretches(
    intervals: Iterable[Interval], line: InspectedCourse, visible: bool
) -> tuple[StretchShown, ...]:
    known = tuple(intervals)
    shapes = cut(line.course, known) if visible else ()
    return tuple(
        StretchShown(
            round(start, 1),
            round(end, 1),
            round(end - start, 1),
            line_geometry(shapes[number]) if visible else None,
        )
        for number, (start, end) in enumerate(known)
    )


def _passed(passed: tuple[PassedMarker, ...]) -> tuple[PassedShown, ...]:
    return tuple(PassedShown(one.marker, one.distance_m, _moment(one.at)) for one in passed)


def _moment(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
