"""The round over the real lines: plan, adoption, progress, deadlines, demonstration."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from geoname.core.inspections.deadlines import Urgency
from geoname.core.inspections.inspection import InspectionKind, Stretch, Trigger
from geoname.core.inspections.stages import Stage, Step
from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from geoname.service.inspect_boundary import (
    Asked,
    PaperGiven,
    list_inspections,
    open_inspection,
    seen_case,
    show_inspection,
    take_step,
)
from geoname.service.inspection_deadlines import deadline_calendar, list_deadlines
from geoname.service.inspection_lines import inspected_line, inspected_lines
from geoname.service.inspection_progress import show_progress
from geoname.service.inspections_demo import remove_demo, run_demo
from geoname.service.opened import open_geoname
from geoname.service.plan_inspections import adopt_plan, list_plans, preview_plan

DAY = date(2026, 6, 15)
COUNTY = Caller(Role.OFFICER, "t1", ("520102",))
PROVINCE = Caller(Role.OFFICER, "t2", ("52",))


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    """The shipped data set in a file of its own, with a demonstration round of a day that is past."""
    folder = tmp_path_factory.mktemp("round")
    for file in loaded.glob("geoname.gpkg*"):
        shutil.copy(file, folder)
    opened = open_geoname(str(folder / "geoname.gpkg"), loaded / "cache", folder / "files")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def demo(geoname):
    return run_demo(geoname, replace(KEEPER, account="演示"), on=DAY)


def test_the_lines_are_five_and_two_hundred_and_twenty_six(geoname):
    assert Counter(line.level for line in inspected_lines(geoname)) == {"province": 5, "county": 226}
    assert inspected_line(geoname, "520103-520102").id == "520102-520103"
    with pytest.raises(NotFoundError):
        inspected_line(geoname, "520102-522727")


def test_a_plan_of_the_real_lines_is_even_and_changes_nothing(geoname):
    plan = preview_plan(geoname, KEEPER, 2026, 5)
    assert len(plan.assignments) == 231
    assert sorted(load.lines for load in plan.loads) == [46, 46, 46, 46, 47]
    assert all(abs(load.length_off_percent) <= 10 for load in plan.loads)
    assert (plan.id, plan.forced) == ("preview", ())
    assert geoname.store.inspection_plans() == []
    own = preview_plan(geoname, COUNTY, 2026, 5).assignments
    assert own
    assert all("520102" in one.sides or one.sides[1] == "52" or one.sides[0] == "52" for one in own)


def test_the_demonstration_goes_from_plan_to_closed_and_says_that_it_is_generated(geoname, demo):
    assert (demo.provincial, demo.county, demo.generated) == (5, 226, True)
    assert demo.closed > 80
    assert demo.records > 500
    cases = geoname.store.inspections()
    assert len(cases) == 231
    assert all(case.generated for case in cases)
    assert {case.stage for case in cases} >= {Stage.PLANNED, Stage.FIELD, Stage.SIGNED, Stage.CLOSED}
    assert all(marker.generated and "generated" in marker.note for marker in geoname.store.markers())
    closed = next(case for case in cases if case.stage is Stage.CLOSED)
    file = geoname.store.inspection(closed.id)
    assert file.signed_sides("report") == closed.sides
    assert all(one.generated for one in (*file.records, *file.findings, *file.papers, *file.peace))
    assert closed.next_due == closed.filed_on.year + 5


def test_progress_shows_five_and_two_hundred_and_twenty_six(geoname, demo):
    found = show_progress(geoname, on=DAY)
    assert {tally.key: tally.lines for tally in found.by_level} == {"province": 5, "county": 226}
    assert found.generated
    states = Counter(item.state for item in found.items)
    assert set(states) >= {"done", "in_field", "reporting", "planned", "due", "overdue"}
    assert sum(tally.lines for tally in found.by_year) == 231
    first = found.by_prefecture[0]
    assert (first.key, first.name) == ("5201", "贵阳市")
    assert first.lines == sum(
        (first.done, first.reporting, first.in_field, first.planned, first.due, first.overdue, first.unknown)
    )
    assert all(
        item.year == 2026 or item.due == 2026 for item in show_progress(geoname, year=2026, on=DAY).items
    )


def test_a_county_sees_its_own(geoname, demo):
    every = list_inspections(geoname, KEEPER, limit=1000).items
    own = list_inspections(geoname, COUNTY, limit=1000).items
    assert len(every) == 231
    assert 0 < len(own) < 30
    assert all(any(side in ("520102", "52") for side in case.sides) for case in own)
    assert len(list_plans(geoname, COUNTY).items[0].assignments) == len(own)
    hidden = next(case for case in every if case.id not in {one.id for one in own})
    with pytest.raises(NotFoundError):
        show_inspection(geoname, COUNTY, hidden.id)


def test_pages_go_on_where_they_ended(geoname, demo):
    seen, cursor = [], None
    while True:
        page = list_inspections(geoname, KEEPER, year=2026, limit=20, cursor=cursor)
        seen += [case.id for case in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 46
    with pytest.raises(InvalidInputError, match="cursor"):
        list_inspections(geoname, KEEPER, year=2025, limit=20, cursor="abc")


def test_deadlines_are_listed_and_make_a_calendar(geoname, demo):
    found = list_deadlines(geoname, KEEPER, on=DAY)
    assert (found.late, found.soon, found.later) == tuple(
        sum(one.urgency is kind for one in found.items) for kind in Urgency
    )
    assert found.late > 0
    late = list_deadlines(geoname, KEEPER, on=DAY, urgency=Urgency.LATE).items
    assert all(one.day < DAY for one in late)
    soon = list_deadlines(geoname, COUNTY, on=DAY, until=DAY + timedelta(days=60))
    assert all(one.day <= DAY + timedelta(days=60) for one in soon.items)
    read = Calendar.from_ical(deadline_calendar(geoname, found))
    events = read.walk("VEVENT")
    assert len(events) == len(found.items)
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert events[0].decoded("DTSTART") == found.items[0].day


def test_a_plan_is_not_adopted_over_cases_at_work(geoname, demo):
    with pytest.raises(ConflictError, match="not closed"):
        adopt_plan(geoname, KEEPER, 2027, 5)
    with pytest.raises(ForbiddenError, match="within your own division"):
        adopt_plan(geoname, Caller(Role.OFFICER, "t", ("520102",)), 2040, 5, within="5202")
    with pytest.raises(ConflictError, match="inspections already"):
        run_demo(geoname, KEEPER)


def test_a_special_inspection_is_of_a_stretch_and_leaves_the_round_alone(geoname, demo):
    markers = geoname.store.markers("520102-520103")
    first, last = markers[0].number, markers[1].number
    asked = Asked(COUNTY)
    with pytest.raises(InvalidInputError, match="has a cause"):
        open_inspection(geoname, asked, "520102-520103")
    with pytest.raises(InvalidInputError, match="name the markers"):
        open_inspection(geoname, asked, "520102-520103", trigger=Trigger.DISASTER)
    with pytest.raises(InvalidInputError, match="not after it"):
        open_inspection(
            geoname, asked, "520102-520103", trigger=Trigger.DISASTER, stretch=Stretch(last, first)
        )
    stranger = Asked(Caller(Role.OFFICER, "t", ("520111",)))
    with pytest.raises(ForbiddenError):
        open_inspection(
            geoname, stranger, "520102-520103", trigger=Trigger.DISASTER, stretch=Stretch(first, last)
        )
    with pytest.raises(InvalidInputError, match="still to come"):
        open_inspection(
            geoname, replace(asked, on=date(2999, 1, 1)), "520102-520103", trigger=Trigger.DISASTER,
            stretch=Stretch(first, last),
        )  # fmt: skip
    made = open_inspection(
        geoname, asked, "520102-520103", trigger=Trigger.DISASTER, cause="山洪", stretch=Stretch(first, last)
    )
    assert (made.kind, made.stage, made.next_due) == (InspectionKind.SPECIAL, Stage.DUE, None)
    plan = [PaperGiven("annual_plan", "特别联检安排")]
    with pytest.raises(ConflictError):
        take_step(geoname, replace(asked, version=9), made.id, Step.PLAN, plan)
    states = {item.line_id: item.inspection_id for item in show_progress(geoname, on=DAY).items}
    assert states["520102-520103"] != made.id
    assert seen_case(geoname, PROVINCE, made.id).inspection.stretch == Stretch(first, last)


def test_a_regular_inspection_outside_the_plan_is_one_for_a_line_and_year(geoname, demo):
    asked = Asked(COUNTY, on=DAY)
    made = open_inspection(geoname, asked, "520102-520103", InspectionKind.REGULAR, 2040)
    assert (made.year, made.stage, made.trigger) == (2040, Stage.DUE, None)
    led = inspected_line(geoname, "520102-520103").last_lead
    assert made.lead != led
    with pytest.raises(ConflictError, match="already"):
        open_inspection(geoname, asked, "520102-520103", InspectionKind.REGULAR, 2040)
    with pytest.raises(InvalidInputError, match="no side of the line"):
        open_inspection(geoname, asked, "520102-520103", InspectionKind.REGULAR, 2041, lead="520111")


def test_the_demonstration_is_removed_and_what_is_real_stays(geoname, demo):
    removed = remove_demo(geoname, KEEPER).removed
    assert removed > 231
    assert {case.kind for case in geoname.store.inspections()} == set(InspectionKind)
    assert not any(case.generated for case in geoname.store.inspections())
    assert geoname.store.markers() == []
    assert geoname.store.verify() == []
