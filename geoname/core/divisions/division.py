"""An administrative division: its level, its kind, what it is part of, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.divisions.code import Code
from geoname.core.validity.period import ALWAYS_UNKNOWN, Period
from geoname.errors import InvalidInputError


class Level(StrEnum):
    """The five levels, from the province down."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"

    @property
    def depth(self) -> int:
        """0 for a province … 4 for a village."""
        return _DEPTHS[self]


_DEPTHS = {level: depth for depth, level in enumerate(Level)}


class DivisionKind(StrEnum):
    """What a division is in law."""

    PROVINCE = "province"  # 省
    MUNICIPALITY = "municipality"  # 直辖市
    AUTONOMOUS_REGION = "autonomous_region"  # 自治区
    PREFECTURE_CITY = "prefecture_city"  # 地级市
    PREFECTURE = "prefecture"  # 地区
    AUTONOMOUS_PREFECTURE = "autonomous_prefecture"  # 自治州
    DISTRICT = "district"  # 市辖区
    COUNTY_CITY = "county_city"  # 县级市
    COUNTY = "county"  # 县
    AUTONOMOUS_COUNTY = "autonomous_county"  # 自治县
    SPECIAL_DISTRICT = "special_district"  # 特区
    DIRECT_UNITS = "direct_units"  # 省直辖县、市辖区 as a statistical grouping
    SUBDISTRICT = "subdistrict"  # 街道
    TOWN = "town"  # 镇
    TOWNSHIP = "township"  # 乡
    ETHNIC_TOWNSHIP = "ethnic_township"  # 民族乡
    OTHER_TOWNSHIP = "other_township"  # 政企合一 and the like
    VILLAGERS_COMMITTEE = "villagers_committee"  # 村民委员会
    RESIDENTS_COMMITTEE = "residents_committee"  # 居民委员会
    OTHER_VILLAGE = "other_village"


def kind_of(name: str, level: Level) -> DivisionKind:
    """Tell a division's kind from its full name and level; InvalidInputError when none fits."""
    for endings, kind in _ENDINGS[level]:
        if name.endswith(endings):
            return kind
    fallback = _FALLBACK.get(level)
    if fallback is None:
        raise InvalidInputError(
            f"{name!r} ends in no generic of the {level} level: give the full name",
            zh=f"{name!r} 的通名不属于 {level} 一级：请给出全称",
            field="name",
        )
    return fallback


_ENDINGS: dict[Level, tuple[tuple[tuple[str, ...], DivisionKind], ...]] = {
    Level.PROVINCE: (
        (("自治区",), DivisionKind.AUTONOMOUS_REGION),
        (("省",), DivisionKind.PROVINCE),
        (("市",), DivisionKind.MUNICIPALITY),
    ),
    Level.PREFECTURE: (
        (("自治州",), DivisionKind.AUTONOMOUS_PREFECTURE),
        (("地区",), DivisionKind.PREFECTURE),
        (("市辖区", "县", "行政区划"), DivisionKind.DIRECT_UNITS),
        (("市",), DivisionKind.PREFECTURE_CITY),
    ),
    Level.COUNTY: (
        (("特区",), DivisionKind.SPECIAL_DISTRICT),
        (("自治县",), DivisionKind.AUTONOMOUS_COUNTY),
        (("县",), DivisionKind.COUNTY),
        (("市",), DivisionKind.COUNTY_CITY),
        (("区",), DivisionKind.DISTRICT),
    ),
    Level.TOWNSHIP: (
        (("街道", "街道办事处"), DivisionKind.SUBDISTRICT),
        (("民族乡", "族乡"), DivisionKind.ETHNIC_TOWNSHIP),
        (("镇",), DivisionKind.TOWN),
        (("乡",), DivisionKind.TOWNSHIP),
    ),
    Level.VILLAGE: (
        (("村民委员会", "村委会"), DivisionKind.VILLAGERS_COMMITTEE),
        (("居民委员会", "居委会"), DivisionKind.RESIDENTS_COMMITTEE),
    ),
}
_FALLBACK = {Level.TOWNSHIP: DivisionKind.OTHER_TOWNSHIP, Level.VILLAGE: DivisionKind.OTHER_VILLAGE}


@dataclass(frozen=True, slots=True)
class Division:
    """One division for one period; the id stays when name or code change, and is never derived from a code.

    `parent_id` is the division next above that it was part of in that period, None at the top.
    """

    id: str
    name: str
    level: Level
    kind: DivisionKind
    parent_id: str | None
    codes: tuple[Code, ...] = ()
    period: Period = ALWAYS_UNKNOWN
