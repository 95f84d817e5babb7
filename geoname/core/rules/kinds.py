"""The kinds of place names that the law tells apart (地名种类), by class of GB/T 18521."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from geoname.core.names.feature_class import require_class


class PlaceKind(StrEnum):
    """The eight kinds of article 3 of the Regulations, and the ninth of Guizhou's own measures."""

    NATURAL = "natural"  # 自然地理实体
    DIVISION = "division"  # 行政区划
    VILLAGE = "village"  # 村民委员会、居民委员会所在地
    PARK = "park"  # 城市公园、自然保护地
    STREET = "street"  # 街路巷
    ESTATE = "estate"  # 住宅区、楼宇
    FACILITY = "facility"  # 设施
    OTHER = "other"  # 其他地理实体
    NATURAL_VILLAGE = "natural_village"  # 自然村寨


EVERY_KIND = frozenset(PlaceKind)
BUILT = frozenset({PlaceKind.ESTATE, PlaceKind.STREET, PlaceKind.OTHER})
"""What the criteria for nonstandard names aim at: new residential areas, large buildings, streets."""
JOINED = frozenset({PlaceKind.VILLAGE, PlaceKind.NATURAL_VILLAGE})
"""Names that are written as one word, their generic being part of them."""

_BY_DIGITS = (
    (("212", "213", "214", "215"), PlaceKind.DIVISION),
    (("216",), PlaceKind.VILLAGE),
    (("218",), PlaceKind.STREET),
    (("222",), PlaceKind.NATURAL_VILLAGE),
    (("221", "26"), PlaceKind.ESTATE),
    (("252", "253"), PlaceKind.PARK),
    (("11", "12", "13"), PlaceKind.NATURAL),
    (("23", "24"), PlaceKind.FACILITY),
)


@lru_cache(maxsize=1024)
def kind_of_place(feature_class: str) -> PlaceKind:
    """The kind of a class; OTHER for what no kind of its own is made for. InvalidInputError if malformed."""
    code = require_class(feature_class)
    for digits, kind in _BY_DIGITS:
        if code.startswith(digits):
            return kind
    return PlaceKind.OTHER
