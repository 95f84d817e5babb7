"""A surveyed course goes before a derived one and is for those entitled; a stretch is judged alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geoname.core.boundaries.registered_line import RegisteredLine
from geoname.core.divisions.division import Level
from geoname.core.inspections.field_list import ListedMarker, field_list
from geoname.core.inspections.inspection import Inspection, InspectionKind, Stretch
from geoname.core.inspections.line_measure import LineMeasure
from geoname.core.inspections.stages import Stage
from geoname.core.register.provenance import Source
from geoname.core.register.token import KEEPER
from geoname.core.register.visibility import Role
from geoname.errors import NotReadyError
from geoname.service.inspected_course import course_of
from geoname.service.inspection_report import inspection_report
from geoname.service.inspection_tracks import add_track, list_tracks
from geoname.service.line_register import LineRegister

LINE, SIDES = "520111-520112", ("520111", "520112")
SOURCE = Source(
    "surveyed-lines", "Surveyed lines", "geoname", "made for tests", "CC0-1.0", "", None, "1" * 64
)


@pytest.fixture(scope="module")
def surveyed(field_database):
    """A line registered with the derived course of another, a little moved, as if it had been surveyed."""
    drawn = LineRegister(field_database).find("520111-520181").best_course()
    line = RegisteredLine(
        LINE, "花乌线", Level.COUNTY, SIDES, course=drawn, generated=True, source_id=SOURCE.id
    )
    field_database.store.put_lines([line], SOURCE, "test")
    numbers = ("521Q", "522Q", "523Q")
    measure = LineMeasure(drawn)
    base = field_database.store.markers("520111-520181")[0]
    placed = []
    for serial, number in enumerate(numbers, start=1):
        lon, lat = measure.place(measure.length_m * serial / 4)
        position = replace(base.position, given_x=lon, given_y=lat, lon=lon, lat=lat)
        placed.append(
            replace(
                base,
                id=f"{LINE}:{number}",
                line_id=LINE,
                number=number,
                serial=520 + serial,
                sides=SIDES,
                position=position,
            )
        )
    field_database.store.put_markers(placed, SOURCE, "test")
    return field_database, measure


def special(geoname, name, stretch):
    items = field_list([ListedMarker(f"52{i}Q", i) for i in (1, 2, 3)], stretch)
    case = Inspection(
        name, LINE, "花乌线", InspectionKind.SPECIAL, 1, 2026, SIDES, SIDES[0], Stage.FIELD,
        date(2026, 4, 1), stretch=stretch, cause="河流改道", items=items, generated=True,
    )  # fmt: skip
    with geoname.store.changing_inspections("test") as writer:
        writer.open_case(case)
    return case


def test_a_stretch_is_judged_alone_on_the_surveyed_course(field, surveyed):
    geoname, measure = surveyed
    case = special(geoname, "special-1", Stretch("521Q", "522Q"))
    course = course_of(geoname, case)
    assert (course.of, course.accuracy_m, course.open) == ("registered", 0.0, False)
    assert course.stretch == pytest.approx((measure.length_m / 4, measure.length_m / 2), abs=0.1)
    shown = add_track(
        geoname, field.asked(SIDES[0]), case.id, field.upload(field.gpx(0.25, 0.5)), tolerance_m=5.0
    )
    assert not shown.tolerance_raised
    assert shown.tolerance_m == 5.0
    assert shown.share == pytest.approx(1.0, abs=0.01)
    assert shown.line_m == pytest.approx(measure.length_m / 4, abs=1.0)


def test_a_surveyed_course_is_shown_to_those_entitled_and_each_time_is_on_record(field, surveyed):
    geoname, _ = surveyed
    case = special(geoname, "special-2", None)
    add_track(geoname, field.asked(SIDES[0]), case.id, field.upload(field.gpx(0.0, 0.5)))
    own = list_tracks(geoname, field.caller(Role.RECORDER), case.id)
    assert own.together.missed[0].geometry is not None
    read = list_tracks(geoname, field.caller(Role.READER), case.id)
    assert read.together.missed[0].geometry is None
    assert read.items[0].missed[0].geometry is None
    assert read.together.missed[0].length_m > 0
    told = [record.action for record in geoname.store.audit(f"inspection:{case.id}")]
    assert told == ["opened", "track added", "coordinates given"]


def test_a_reader_gets_no_map_of_a_surveyed_course(field, surveyed):
    geoname, _ = surveyed
    case = special(geoname, "special-3", None)
    for caller, more in ((KEEPER, True), (field.caller(Role.READER), False)):
        word = b"".join(inspection_report(geoname, caller, case.id, "docx").blocks)
        assert (len(word) > 45_000) is more


def test_a_stretch_between_markers_without_a_place_is_looked_at_in_the_whole_line(surveyed):
    geoname, measure = surveyed
    case = special(geoname, "special-4", None)
    odd = replace(case, stretch=Stretch("998Q", "999Q"))
    assert course_of(geoname, odd).stretch is None
    assert course_of(geoname, odd).segment("998Q", "999Q") is None
    assert course_of(geoname, odd).segment("start", "521Q").length > 0
    assert measure.length_m > 0


def test_a_line_that_nothing_draws_is_told(surveyed):
    geoname, _ = surveyed
    bare = RegisteredLine("520111-520327", "无图线", Level.COUNTY, ("520111", "520327"), source_id=SOURCE.id)
    geoname.store.put_lines([bare], SOURCE, "test")
    case = replace(special(geoname, "special-5", None), line_id="520111-520327")
    with pytest.raises(NotReadyError, match="no course"):
        course_of(geoname, case)
