from datetime import date

from geoname.core.divisions.change_rows import Unit
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level, kind_of
from geoname.core.divisions.timeline import Held, Turn, states_of
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period

OLD, NEW = Unit("520111103", "党武镇"), Unit("520111009", "党武街道")
YEAR = PartialDate.parse("2021")


def kind(name):
    return kind_of(name, Level.TOWNSHIP)


def told(states):
    return [
        (one.name, one.parent_id, str(one.period.start or ""), str(one.period.end or ""),
         [(c.code, str(c.period.start or ""), str(c.period.end or "")) for c in one.codes])
        for one in states
    ]  # fmt: skip


def under(*held):
    return lambda unit, day: held


def test_what_is_gone_has_an_end_and_no_invented_start():
    states = states_of("x", [Turn(YEAR, OLD, None, 2021)], Scheme.MCA, under(Held("h", None)), kind, None)
    assert told(states) == [("党武镇", "h", "", "2021", [("520111103", "", "2021")])]
    assert states[0].period.known_on == date(2020, 12, 31)
    assert states[0].kind is DivisionKind.TOWN


def test_a_present_division_gets_its_beginning_and_its_code():
    present = Division("x", "党武街道", Level.TOWNSHIP, DivisionKind.SUBDISTRICT, "h",
                       (Code(Scheme.NBS, "520111012"),), Period(known_on=date(2023, 6, 30)))  # fmt: skip
    states = states_of("x", [Turn(YEAR, None, NEW, 2021)], Scheme.MCA, under(Held("h", None)), kind, present)
    assert told(states) == [("党武街道", "h", "2021", "", [("520111012", "", ""), ("520111009", "2021", "")])]


def test_a_county_that_became_another_parts_the_time():
    end = PartialDate.parse("2017-04-09")
    turns = [Turn(PartialDate.parse("2015"), None, Unit("520222005", "胜境街道"), 2015)]
    present = Division("x", "胜境街道", Level.TOWNSHIP, DivisionKind.SUBDISTRICT, "new",
                       (Code(Scheme.MCA, "520281005"),), Period(known_on=date(2023, 6, 30)))  # fmt: skip
    states = states_of("x", turns, Scheme.MCA, under(Held("old", end), Held("new", None)), kind, present)
    assert told(states) == [
        ("胜境街道", "old", "2015", "2017-04-09", [("520222005", "2015", "2017-04-09")]),
        ("胜境街道", "new", "2017-04-09", "", [("520281005", "", "")]),
    ]


def test_a_new_code_under_the_same_name_and_parent_is_one_state():
    turns = [Turn(YEAR, Unit("520222105", "柏果镇"), Unit("520222123", "柏果镇"), 2021)]
    [state] = states_of("x", turns, Scheme.MCA, under(Held("h", None)), kind, None)
    assert [(c.code, str(c.period.start or ""), str(c.period.end or "")) for c in state.codes] == [
        ("520222105", "", "2021"), ("520222123", "2021", ""),
    ]  # fmt: skip


def test_a_renamed_division_has_two_states_and_keeps_its_code():
    turns = [Turn(YEAR, Unit("520425101", "水塘镇"), Unit("520425101", "格凸河镇"), 2021)]
    states = states_of("x", turns, Scheme.MCA, under(Held("h", None)), kind, None)
    assert [one.name for one in states] == ["水塘镇", "格凸河镇"]
    assert {code.code for one in states for code in one.codes} == {"520425101"}


def test_a_code_that_a_later_list_replaced_is_left_out():
    later = Code(Scheme.MCA, "520623106", date(2025, 12, 31))
    present = Division("x", "河坝镇", Level.TOWNSHIP, DivisionKind.TOWN, "h", (later,), Period())
    turns = [Turn(YEAR, None, Unit("520623107", "河坝镇"), 2021)]
    [state] = states_of("x", turns, Scheme.MCA, under(Held("h", None)), kind, present)
    assert [code.code for code in state.codes] == ["520623106"]


def test_a_beginning_that_is_known_better_stays():
    start = PartialDate.parse("2021-03-01")
    present = Division("x", "党武街道", Level.TOWNSHIP, DivisionKind.SUBDISTRICT, "h", (), Period(start))
    [state] = states_of("x", [Turn(YEAR, None, NEW, 2021)], Scheme.MCA, under(Held("h", None)), kind, present)
    assert str(state.period.start) == "2021-03-01"
