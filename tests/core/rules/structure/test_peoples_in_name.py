"""Every ethnic township and autonomous county of the province names its peoples in full, three at most."""

from collections import Counter

import pytest

from geoname.core.divisions.division import DivisionKind
from geoname.core.names.feature_class import class_of_division
from geoname.core.rules.case import propose
from geoname.core.rules.structure.peoples_in_name import RULE
from geoname.formats.shipped_data import read_divisions


def test_the_provinces_own_names_pass(facts):
    kinds = (DivisionKind.ETHNIC_TOWNSHIP, DivisionKind.AUTONOMOUS_COUNTY, DivisionKind.TOWNSHIP)
    divisions = [each.division for each in read_divisions() if each.division.kind in kinds]
    cases = [propose(each.name, class_of_division(each.kind)) for each in divisions]
    assert [case.name.text for case in cases if RULE.check(case, facts)] == []
    ethnic = [propose(one.name, "21500") for one in divisions if one.kind is DivisionKind.ETHNIC_TOWNSHIP]
    assert Counter(len(case.name.ethnonyms) for case in ethnic) == {1: 62, 2: 95, 3: 35}


@pytest.mark.parametrize(
    ("text", "feature_class", "found"),
    [
        ("高坡侗乡", "21500", True),
        ("平塘布依乡", "21500", True),
        ("白水乡", "21500", False),
        ("回龙乡", "21500", False),
        ("民族乡", "21500", False),
        ("自治县", "21400", False),
        ("松桃自治县", "21400", True),
        ("双江拉祜族佤族布朗族傣族自治县", "21400", True),
    ],
)
def test_what_is_short_or_too_much_is_found(text, feature_class, found, facts):
    assert bool(RULE.check(propose(text, feature_class), facts)) is found
