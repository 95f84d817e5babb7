"""A table of measured markers of a case (界桩复测表): each against the register, far off to be verified."""

from __future__ import annotations

from dataclasses import replace

from geoname.core.coordinates.crs import Crs
from geoname.core.inspections.marker_survey import survey
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError
from geoname.formats.survey_file import read_survey
from geoname.service.handing_in import Upload, kind_of
from geoname.service.inspect_boundary import Asked, demand_open, seen_case
from geoname.service.inspection_acting import as_side
from geoname.service.inspection_material_answers import SurveyShown
from geoname.service.inspection_moment import today
from geoname.service.inspection_survey import suspicions
from geoname.service.inspection_tracks import FIELD_STAGES
from geoname.service.opened import Geoname


def survey_markers(
    geoname: Geoname,
    asked: Asked,
    inspection_id: str,
    upload: Upload,
    crs: Crs = Crs.CGCS2000,
    limit_m: float | None = None,
) -> SurveyShown:
    """Hold a table of measurements against the register; each that is far off opens a finding to verify.

    A marker is never called moved by this: people find that out on the ground. One about which such a finding
    is open already gets no second. InvalidInputError for a number that is not on the field list, or anything
    in the table that cannot be; nothing is written then. How far a place is from the register tells where the
    register has it, so that it is put on record like a coordinate.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    demand_open(file, *FIELD_STAGES)
    most = min(upload.quota.file_bytes, geoname.field.photo_bytes)
    with geoname.attachments.receiving(upload.stream, most, lambda one: kind_of(one).value) as received:
        measured = read_survey(received.file, crs)
    limit = geoname.field.survey_limit_m if limit_m is None else limit_m
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        demand_open(before, *FIELD_STAGES)
        listed = {item.key for item in before.inspection.items}
        for one in measured:
            if f"marker:{one.number}" not in listed:
                raise InvalidInputError(
                    f"{one.number} is not on the field list of this case: check the number",
                    zh=f"{one.number} 不在本案的外业清单中：请核对编号",
                    field="number",
                )
        register = {one.number: one for one in geoname.store.markers(before.inspection.line_id)}
        found = survey(measured, register, limit)
        opened = suspicions(before, found, who, today())
        if opened:
            after = replace(before, findings=(*before.findings, *opened))
            writer.save(before, after, "markers measured")
    chain = f"inspection:{inspection_id}"
    geoname.store.log_coordinates_given([chain], asked.caller.actor, f"survey of {len(found)} markers")
    return SurveyShown(limit, found, tuple(one.id for one in opened))
