"""What is a generic alone, what has none, and what is another rule's affair."""

import pytest

from geoname.core.rules.case import propose
from geoname.core.rules.structure import both_elements, generic_of_class


@pytest.mark.parametrize(
    ("text", "feature_class", "missing", "wrong"),
    [
        ("沿河路", "21800", False, False),
        ("大道", "21800", True, False),
        ("步行街", "21800", True, False),
        ("花园小区", "22100", True, False),
        ("阳光", "22100", True, False),
        ("阳光里", "22100", False, True),
        ("红枫山庄", "12200", False, True),
        ("清溪公园", "21500", False, True),
        ("清溪镇", "21500", False, False),
        ("镇", "21500", True, False),
        ("", "21500", False, False),
        ("青竹", "21500", True, False),
    ],
)
def test_each_fault_is_found_by_one_rule(text, feature_class, missing, wrong, facts):
    case = propose(text, feature_class)
    assert bool(both_elements.RULE.check(case, facts)) is missing
    assert bool(generic_of_class.RULE.check(case, facts)) is wrong


def test_villages_are_left_out():
    for rule in (both_elements.RULE, generic_of_class.RULE):
        assert propose("龙井", "22200").kind not in rule.applies_to
        assert propose("龙井", "21610").kind not in rule.applies_to
