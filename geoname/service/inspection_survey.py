"""Measured markers of a case against the register (界桩复测): far off is to be verified, never "moved"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from geoname.core.coordinates.crs import Crs, parse_crs
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding, FindingState
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.marker_survey import Deviation, Measured, SurveyVerdict, survey
from geoname.service.inspection_acting import Acting
from geoname.service.inspection_moment import new_id
from geoname.service.opened import Geoname


def surveyed(geoname: Geoname, file: CaseFile, records: Sequence[FieldRecord]) -> dict[str, Deviation]:
    """Every newly measured position against the register, by the marker's number."""
    measured = [
        Measured(one.marker.number, one.marker.lon, one.marker.lat, _crs(one.marker.datum))
        for one in records
        if one.marker is not None and one.marker.lon is not None and one.marker.lat is not None
        and one.marker.deviation_m is None
    ]  # fmt: skip
    register = {one.number: one for one in geoname.store.markers(file.inspection.line_id)}
    return {one.number: one for one in survey(measured, register, geoname.field.survey_limit_m)}


def _crs(datum: str) -> Crs:
    return parse_crs(datum, field="datum") if datum else Crs.CGCS2000


def with_deviation(record: FieldRecord, deviations: Mapping[str, Deviation]) -> FieldRecord:
    """The record with how far off its marker was measured, where it was."""
    found = deviations.get(record.marker.number) if record.marker else None
    if record.marker is None or found is None:
        return record
    return replace(record, marker=replace(record.marker, deviation_m=found.distance_m))


def to_verify(
    file: CaseFile, records: Sequence[FieldRecord], deviations: Mapping[str, Deviation], who: Acting
) -> list[Finding]:
    """A finding to verify for each record whose marker was measured beyond the limit."""
    found = []
    for record in records:
        deviation = deviations.get(record.marker.number) if record.marker else None
        if deviation is not None:
            opened = suspicions(file, (deviation,), who, record.day)
            found += [replace(one, record_id=record.id) for one in opened]
    return found


def suspicions(file: CaseFile, deviations: Iterable[Deviation], who: Acting, day: date) -> list[Finding]:
    """A finding to verify for each measurement beyond the limit, unless one about the marker is open already.

    Its kind is that of a marker that may have been moved; whether it was, people find out on the ground.
    """
    case = file.inspection
    about = {one.item for one in file.findings if one.kind is FindingKind.MOVED and not one.state.ended}
    return [
        Finding(
            new_id(), case.id, FindingKind.MOVED, f"marker:{one.number}", _suspicion(one),
            FindingState.TO_VERIFY, who.side, who.actor, day, generated=case.generated,
        )
        for one in deviations
        if one.verdict is SurveyVerdict.VERIFY and f"marker:{one.number}" not in about
    ]  # fmt: skip


def _suspicion(deviation: Deviation) -> str:
    text = (
        f"{deviation.number} 实测位置与登记位置相差 {deviation.distance_m} 米"
        f"（方位角 {deviation.azimuth_deg}°），超过限差 {deviation.limit_m} 米，待核实"
    )
    if deviation.looks_like is not None:
        text += f"；若坐标实为 {deviation.looks_like.value}，则相符"
    return text
