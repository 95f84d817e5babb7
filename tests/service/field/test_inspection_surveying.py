"""A table of measurements opens findings to verify, once each, never says moved, and is on record."""

from __future__ import annotations

import pytest

from geoname.core.inspections.finding import FindingState
from geoname.core.inspections.report_build import report_of
from geoname.core.register.token import KEEPER
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError, InvalidInputError
from geoname.service.inspect_boundary import Asked
from geoname.service.inspection_report_facts import gather
from geoname.service.inspection_surveying import survey_markers


def rows(field, *off):
    """A table of the first markers, measured so many degrees east of their places."""
    lines = ["number,lon,lat"]
    for serial, east in enumerate(off, start=1):
        place = field.geoname.store.marker(f"{field.case.line_id}:{serial:03}Q").position
        lines.append(f"{serial:03}Q,{place.lon + east:.7f},{place.lat:.7f}")
    return field.upload("\n".join(lines).encode(), "a.csv")


def survey(field, *off, **more):
    return survey_markers(field.geoname, field.asked(), field.id, rows(field, *off), **more)


def test_only_what_is_far_off_is_to_be_verified(field):
    shown = survey(field, 0.0, 0.001, 0.00001)
    assert [one.verdict for one in shown.items] == ["within", "verify", "within"]
    (finding,) = field.file().findings
    assert shown.opened == (finding.id,)
    assert (finding.state, finding.item) == (FindingState.TO_VERIFY, "marker:002Q")
    assert survey(field, 0.0, 0.001).opened == ()
    assert len(field.file().findings) == 1


def test_the_report_does_not_call_it_moved(field):
    survey(field, 0.001)
    document = report_of(gather(field.geoname, KEEPER, field.file()).facts)
    said = str(document.sections)
    assert "F4 位置偏差（待核实）" in said
    assert "擅自移动" not in said
    assert "依法追究" not in said


def test_the_limit_may_be_given(field):
    assert survey(field, 0.00003, limit_m=1.0).items[0].verdict == "verify"
    assert survey(field, 0.00003, limit_m=10.0).items[0].verdict == "within"


def test_a_marker_of_another_line_is_refused_and_nothing_is_written(field):
    content = field.upload(b"number,lon,lat\n001Q,107,27\n999Q,106,26\n", "a.csv")
    with pytest.raises(InvalidInputError, match="999Q is not on the field list"):
        survey_markers(field.geoname, field.asked(), field.id, content)
    assert field.file().findings == ()


def test_who_may_survey_and_that_it_is_on_record(field):
    with pytest.raises(ForbiddenError):
        survey_markers(field.geoname, Asked(field.caller(Role.READER)), field.id, rows(field, 0.0))
    survey(field, 0.0)
    told = [record.action for record in field.geoname.store.audit(f"inspection:{field.id}")]
    assert told == ["opened", "coordinates given"]
