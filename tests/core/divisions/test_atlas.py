from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Held, Period
from geoname.errors import DataFileError

KINDS = {
    Level.PROVINCE: DivisionKind.PROVINCE,
    Level.PREFECTURE: DivisionKind.PREFECTURE_CITY,
    Level.COUNTY: DivisionKind.COUNTY,
    Level.TOWNSHIP: DivisionKind.TOWN,
}


def division(id_, level, parent, code, *, period=None, name=None):
    held = period or Period(known_on=date(2023, 6, 30))
    codes = (Code(Scheme.NBS, code, date(2023, 6, 30), held),)
    return Division(id_, name or id_, level, KINDS[level], parent, codes, held)


MOVED = Period(start=PartialDate(date(2014, 5, 1)))
BEFORE = Period(end=PartialDate(date(2014, 5, 1)))
SMALL = [
    division("gz", Level.PROVINCE, None, "52"),
    division("qdn", Level.PREFECTURE, "gz", "5226"),
    division("majiang", Level.COUNTY, "qdn", "522635"),
    division("kaili", Level.COUNTY, "qdn", "522601"),
    division("xiasi", Level.TOWNSHIP, "majiang", "522635102", period=BEFORE),
    division("xiasi", Level.TOWNSHIP, "kaili", "522601108", period=MOVED),
]


def test_a_division_that_changed_its_parent_is_found_under_the_parent_of_the_day():
    atlas = DivisionAtlas(SMALL)
    assert [step.id for step in atlas.chain("xiasi")] == ["gz", "qdn", "kaili", "xiasi"]
    assert [step.id for step in atlas.chain("xiasi", date(2013, 1, 1))] == ["gz", "qdn", "majiang", "xiasi"]
    assert [child.id for child in atlas.children("kaili")] == ["xiasi"]
    assert atlas.children("majiang") == ()
    assert [child.id for child in atlas.children("majiang", date(2013, 1, 1))] == ["xiasi"]


def test_children_come_in_order_of_their_codes():
    assert [child.id for child in DivisionAtlas(SMALL).children("qdn")] == ["kaili", "majiang"]


def test_the_code_shown_is_the_one_that_holds():
    atlas = DivisionAtlas(SMALL)
    state, held = atlas.state_on("xiasi", date(2013, 1, 1))
    assert (atlas.code_of(state, date(2013, 1, 1)), held) == ("522635102", Held.UNKNOWN_BEFORE)
    assert atlas.code_of(atlas.latest("xiasi")) == "522601108"


def test_a_missing_parent_is_refused():
    with pytest.raises(DataFileError, match="parent nowhere that is not there"):
        DivisionAtlas([division("a", Level.COUNTY, "nowhere", "520101")])


def test_a_circle_of_parents_is_refused():
    circle = [division("a", Level.COUNTY, "b", "520101"), division("b", Level.COUNTY, "a", "520102")]
    with pytest.raises(DataFileError, match="cannot be part of"):
        DivisionAtlas(circle)


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=60))
def test_spans_hold_exactly_the_descendants(seeds):
    levels = list(KINDS)
    made = [division("0", Level.PROVINCE, None, "00")]
    for number, seed in enumerate(seeds, 1):
        parents = [candidate for candidate in made if candidate.level is not Level.TOWNSHIP]
        parent = parents[seed % len(parents)]
        made.append(division(str(number), levels[parent.level.depth + 1], parent.id, f"{number:06}"))
    atlas = DivisionAtlas(reversed(made))
    for ancestor in made:
        low, high = atlas.span(ancestor.id)
        within = {atlas.at(position).id for position in range(low, high)}
        assert within == {
            other.id for other in made if ancestor.id in [step.id for step in atlas.chain(other.id)]
        }
