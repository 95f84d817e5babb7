"""The lawful scope (重名范围) within which names of a class are compared with each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from geoname.core.divisions.division import Level
from geoname.core.names.feature_class import require_class, stem


class ScopeLevel(StrEnum):
    """How wide a name is compared."""

    NATION = "nation"
    PROVINCE = "province"
    COUNTY = "county"
    BUILT_UP_AREA = "built_up_area"
    TOWNSHIP = "township"


DIVISION_LEVEL = {
    ScopeLevel.PROVINCE: Level.PROVINCE,
    ScopeLevel.COUNTY: Level.COUNTY,
    ScopeLevel.BUILT_UP_AREA: Level.COUNTY,
    ScopeLevel.TOWNSHIP: Level.TOWNSHIP,
}
"""The division that stands for a scope; no built-up areas are drawn, so the county stands for them."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope that was looked at.

    `division_id` and `name` are of the division, None and "" for the nation. `complete` False: the register
    does not hold every name of the scope (the nation), or a wider one stands for it (the county for a
    built-up area).
    """

    level: ScopeLevel
    division_id: str | None
    name: str
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another name of the register that is the same, or sounds so; `where` is its chain of divisions."""

    name_id: str
    place_id: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which classes a name is compared with, and how wide; `rank` tells the groups apart."""

    rank: str
    classes: tuple[str, ...]
    level: ScopeLevel


# 条例 art. 9 (7) and (8); for natural villages the rules of 1986 and 1996; for the rest no scope is stated
# and the county is taken.
_COMPARED = (
    Comparison("county", ("212", "213", "214"), ScopeLevel.NATION),
    Comparison("township", ("215",), ScopeLevel.PROVINCE),
    Comparison("village", ("216",), ScopeLevel.COUNTY),
    Comparison("street", ("218",), ScopeLevel.BUILT_UP_AREA),
    Comparison("estate", ("221", "26"), ScopeLevel.BUILT_UP_AREA),
    Comparison("natural_village", ("222",), ScopeLevel.TOWNSHIP),
    Comparison("natural_feature", ("11", "12", "13"), ScopeLevel.COUNTY),
    Comparison("facility", ("23", "24"), ScopeLevel.COUNTY),
    Comparison("other", ("25", "27", "217", "223", "224", "229"), ScopeLevel.COUNTY),
)


@lru_cache(maxsize=1024)
def comparison_of(feature_class: str) -> Comparison | None:
    """With what a name of the class is compared; None for a class that names no single kind of place."""
    digits = stem(require_class(feature_class))
    for compared in _COMPARED:
        if digits.startswith(compared.classes):
            return compared
    return None
