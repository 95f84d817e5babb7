"""Each class is compared with the classes and in the scope that the law says."""

import pytest

from geoname.core.names.feature_class import (
    COUNTY,
    RIVER,
    RURAL_SETTLEMENT,
    STREET,
    TOWN_SETTLEMENT,
    TOWNSHIP,
)
from geoname.core.rules.grouped_names import scope_in
from geoname.core.rules.kinds import PlaceKind, kind_of_place
from geoname.core.rules.scopes import ScopeLevel, comparison_of
from geoname.errors import InvalidInputError


@pytest.mark.parametrize(
    ("feature_class", "kind", "level"),
    [
        (COUNTY, PlaceKind.DIVISION, ScopeLevel.NATION),
        ("21300", PlaceKind.DIVISION, ScopeLevel.NATION),
        (TOWNSHIP, PlaceKind.DIVISION, ScopeLevel.PROVINCE),
        ("21610", PlaceKind.VILLAGE, ScopeLevel.COUNTY),
        ("21600", PlaceKind.VILLAGE, ScopeLevel.COUNTY),
        (STREET, PlaceKind.STREET, ScopeLevel.BUILT_UP_AREA),
        (TOWN_SETTLEMENT, PlaceKind.ESTATE, ScopeLevel.BUILT_UP_AREA),
        ("26310", PlaceKind.ESTATE, ScopeLevel.BUILT_UP_AREA),
        (RURAL_SETTLEMENT, PlaceKind.NATURAL_VILLAGE, ScopeLevel.TOWNSHIP),
        (RIVER, PlaceKind.NATURAL, ScopeLevel.COUNTY),
        ("23610", PlaceKind.FACILITY, ScopeLevel.COUNTY),
        ("25200", PlaceKind.PARK, ScopeLevel.COUNTY),
        ("27400", PlaceKind.OTHER, ScopeLevel.COUNTY),
        ("21730", PlaceKind.OTHER, ScopeLevel.COUNTY),
    ],
)
def test_a_class_has_its_kind_and_its_scope(feature_class, kind, level):
    assert kind_of_place(feature_class) is kind
    assert comparison_of(feature_class).level is level


def test_a_class_of_all_classes_is_compared_with_none():
    assert comparison_of("20000") is None
    assert kind_of_place("20000") is PlaceKind.OTHER


@pytest.mark.parametrize("text", ["", "2150", "x1500"])
def test_a_malformed_class_is_refused(text):
    with pytest.raises(InvalidInputError):
        kind_of_place(text)


@pytest.mark.parametrize(
    ("level", "code", "found", "complete"),
    [
        (ScopeLevel.NATION, "520111101", None, False),
        (ScopeLevel.PROVINCE, "520111101", "52", True),
        (ScopeLevel.COUNTY, "520111101001", "520111", True),
        (ScopeLevel.BUILT_UP_AREA, "520111101", "520111", False),
        (ScopeLevel.TOWNSHIP, "520111101001", "520111101", True),
    ],
)
def test_the_scope_is_the_division_of_its_level(level, code, found, complete, chain):
    scope = scope_in(level, chain(code))
    assert (scope.division_id, scope.complete) == (found, complete)


def test_a_chain_that_ends_above_the_scope_has_none(chain):
    assert scope_in(ScopeLevel.COUNTY, chain("5201")) is None
    assert scope_in(ScopeLevel.TOWNSHIP, chain("520111")) is None
    assert scope_in(ScopeLevel.PROVINCE, ()) is None
    assert scope_in(ScopeLevel.NATION, ()) is not None
