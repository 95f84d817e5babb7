from __future__ import annotations

from collections import Counter

import pytest

from geoname.core.divisions.division import DivisionKind, Level
from geoname.formats.shipped_data import ShippedDivision, read_divisions

OUTSIDE_THE_TABLE = 37


@pytest.fixture(scope="module")
def divisions() -> tuple[ShippedDivision, ...]:
    return read_divisions()


def test_counts_by_level(divisions: tuple[ShippedDivision, ...]) -> None:
    assert Counter(shipped.division.level for shipped in divisions) == {
        Level.PROVINCE: 1,
        Level.PREFECTURE: 9,
        Level.COUNTY: 88,
        Level.TOWNSHIP: 1510,
        Level.VILLAGE: 17964,
    }


def test_counts_by_kind(divisions: tuple[ShippedDivision, ...]) -> None:
    kinds = Counter(shipped.division.kind for shipped in divisions)
    assert [
        kinds[kind]
        for kind in (
            DivisionKind.DISTRICT,
            DivisionKind.COUNTY_CITY,
            DivisionKind.COUNTY,
            DivisionKind.AUTONOMOUS_COUNTY,
            DivisionKind.SPECIAL_DISTRICT,
        )
    ] == [16, 10, 50, 11, 1]
    assert kinds[DivisionKind.TOWN] == 831
    assert kinds[DivisionKind.SUBDISTRICT] == 365
    assert kinds[DivisionKind.ETHNIC_TOWNSHIP] == 192
    assert kinds[DivisionKind.TOWNSHIP] + kinds[DivisionKind.ETHNIC_TOWNSHIP] == 314
    assert kinds[DivisionKind.OTHER_TOWNSHIP] == kinds[DivisionKind.OTHER_VILLAGE] == 0


def test_short_village_names_get_their_kind_from_the_serial(divisions: tuple[ShippedDivision, ...]) -> None:
    kinds = {shipped.code: (shipped.division.name, shipped.division.kind) for shipped in divisions}
    assert kinds["520102016001"] == ("纪念塔社区", DivisionKind.RESIDENTS_COMMITTEE)
    assert kinds["520102200201"] == ("太慈村", DivisionKind.VILLAGERS_COMMITTEE)
