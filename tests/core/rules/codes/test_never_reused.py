"""Codes follow in order within their county and range, over all that were ever given."""

import pytest

from geoname.core.rules.code_cases import NewCode
from geoname.core.rules.codes.never_reused import RULE
from geoname.core.rules.finding import Severity

IN_USE = frozenset({"520111001", "520111101", "520112107"})


@pytest.mark.parametrize(
    ("code", "retired", "severity"),
    [
        ("520111002", (), None),
        ("520111102", (), None),
        ("520111103", ("520111102",), None),
        ("520111103", (), Severity.ADVICE),
        ("520111200", (), None),
        ("520111201", (), Severity.ADVICE),
        ("520113001", (), None),
        ("520115", (), None),
    ],
)
def test_the_next_in_order_is_right(code, retired, severity, facts):
    found = RULE.check(NewCode(code, IN_USE, frozenset(retired)), facts)
    assert [hit.severity for hit in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("code", "retired"), [("520111101", ()), ("520111005", ("520111005",))])
def test_a_code_that_was_given_blocks(code, retired, facts):
    (hit,) = RULE.check(NewCode(code, IN_USE, frozenset(retired)), facts)
    assert hit.severity is None
