"""The ranges of township codes begin and end where the standard says, and hold for every legal township."""

import pytest

from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import DivisionKind, Level
from geoname.core.rules.code_cases import TownshipCode
from geoname.core.rules.codes.township_range import RULE
from geoname.formats.shipped_data import read_divisions


@pytest.mark.parametrize(
    ("last", "kind", "sound"),
    [
        ("000", DivisionKind.SUBDISTRICT, False),
        ("001", DivisionKind.SUBDISTRICT, True),
        ("099", DivisionKind.SUBDISTRICT, True),
        ("100", DivisionKind.SUBDISTRICT, False),
        ("099", DivisionKind.TOWN, False),
        ("199", DivisionKind.TOWN, True),
        ("200", DivisionKind.TOWN, False),
        ("200", DivisionKind.ETHNIC_TOWNSHIP, True),
        ("399", DivisionKind.TOWNSHIP, True),
        ("400", DivisionKind.TOWNSHIP, False),
        ("599", DivisionKind.OTHER_TOWNSHIP, True),
        ("600", DivisionKind.OTHER_TOWNSHIP, False),
    ],
)
def test_a_range_ends_where_it_ends(last, kind, sound, facts):
    assert (RULE.check(TownshipCode(f"520111{last}", kind), facts) == ()) is sound


def test_it_holds_for_all_legal_townships(facts):
    townships = [each.division for each in read_divisions() if each.division.level is Level.TOWNSHIP]
    codes = [
        (next(code.code for code in one.codes if code.scheme is Scheme.NBS), one.kind) for one in townships
    ]
    assert len(codes) == 1510
    assert [code for code, kind in codes if RULE.check(TownshipCode(code, kind), facts)] == []
