from datetime import date

import pytest

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import DivisionEvent, Extent, Operation, Succession
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.divisions.heirs import heirs_between
from geoname.core.divisions.successions import Successions
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period

WHOLE, PART = Extent.WHOLE, Extent.PART


def county(id_, start=None, end=None):
    since, until = (PartialDate.parse(text) if text else None for text in (start, end))
    return Division(id_, f"{id_}县", Level.COUNTY, DivisionKind.COUNTY, None, (), Period(since, until))


ATLAS = DivisionAtlas(
    [county("a", None, "2016-03-20"), county("b", "2016-03-20", "2019"), county("c", "2019"), county("d"),
     county("gone", None, "2015")]
)  # fmt: skip
EVENTS = [
    DivisionEvent("e1", Operation.REPLACE, "", approved_on=PartialDate.parse("2016-03-20")),
    DivisionEvent("e2", Operation.REPLACE, "", approved_on=PartialDate.parse("2019")),
    DivisionEvent("e3", Operation.ABOLISH, "", approved_on=PartialDate.parse("2015")),
]
EDGES = [Succession("e1", "a", "b", WHOLE), Succession("e1", "a", "d", PART),
         Succession("e2", "b", "c", WHOLE), Succession("e3", "gone", None, WHOLE)]  # fmt: skip
HISTORY = Successions(EVENTS, EDGES)


def heirs(id_, first, last):
    found = heirs_between(ATLAS, HISTORY, id_, date.fromisoformat(first), date.fromisoformat(last))
    return {heir.id: (heir.extent, heir.certain) for heir in found.heirs}, found


def test_the_way_leads_over_several_events():
    assert heirs("a", "2010-01-01", "2024-01-01")[0] == {"c": (WHOLE, True), "d": (PART, True)}


def test_only_what_lies_between_the_days_counts():
    assert heirs("a", "2010-01-01", "2018-01-01")[0] == {"b": (WHOLE, True), "d": (PART, True)}
    assert heirs("a", "2010-01-01", "2016-03-19")[0] == {"a": (WHOLE, True)}
    assert heirs("b", "2017-01-01", "2018-01-01")[0] == {"b": (WHOLE, True)}


def test_a_day_inside_a_year_that_is_all_that_is_known_is_not_certain():
    found, whole = heirs("b", "2018-01-01", "2019-06-01")
    assert found == {"c": (WHOLE, False)}
    assert not all(step.certain for step in whole.passed)


def test_what_ended_without_successor_says_so():
    found, whole = heirs("gone", "2010-01-01", "2024-01-01")
    assert found == {}
    assert whole.ended
    assert [step.to_id for step in whole.passed] == [None]


def test_backwards_it_tells_where_a_division_came_from():
    assert heirs("c", "2024-01-01", "2010-01-01")[0] == {"a": (WHOLE, True)}
    assert heirs("d", "2024-01-01", "2010-01-01")[0].keys() == {"a", "d"}


@pytest.mark.parametrize("day", ["2010-01-01", "2024-01-01"])
def test_on_one_day_a_division_is_itself(day):
    assert heirs("d", day, day)[0] == {"d": (WHOLE, True)}


def test_a_division_whose_edges_go_round_is_walked_once():
    edges = [Succession("e1", "d", "d", WHOLE)]
    found = heirs_between(ATLAS, Successions(EVENTS, edges), "d", date(2010, 1, 1), date(2024, 1, 1))
    assert [heir.id for heir in found.heirs] == ["d"]
    assert len(found.passed) == 1
