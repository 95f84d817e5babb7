"""Classes of geographical features (地名类别) by the codes of GB/T 18521, five digits here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoname.core.law.citation import Known
from geoname.errors import InvalidInputError, NotFoundError

RIVER = "12100"
LAKE = "12200"
MOUNTAIN = "13400"
MOUNTAIN_GAP = "13410"
PROVINCE = "21200"
PREFECTURE = "21300"
COUNTY = "21400"
TOWNSHIP = "21500"
SELF_GOVERNING_BODY = "21600"
VILLAGE_COMMITTEE = "21610"
# The parts of the table that are known hold no code of their own for 居民委员会; the general class above
# both is true of it, and a guessed sibling of 21610 might not be.
RESIDENTS_COMMITTEE = SELF_GOVERNING_BODY
STREET = "21800"
TOWN_SETTLEMENT = "22100"
RURAL_SETTLEMENT = "22200"
BRIDGE = "23610"
RESERVOIR = "24230"

_CODE = re.compile(r"[1-9]\d{4}")

_OF_DIVISION = {
    **dict.fromkeys(("province", "municipality", "autonomous_region"), PROVINCE),
    **dict.fromkeys(("prefecture_city", "prefecture", "autonomous_prefecture", "direct_units"), PREFECTURE),
    **dict.fromkeys(("district", "county_city", "county", "autonomous_county", "special_district"), COUNTY),
    **dict.fromkeys(("subdistrict", "town", "township", "ethnic_township", "other_township"), TOWNSHIP),
    "villagers_committee": VILLAGE_COMMITTEE,
    "residents_committee": RESIDENTS_COMMITTEE,
    "other_village": SELF_GOVERNING_BODY,
}


def class_of_division(kind: str) -> str:
    """The class code of a kind of administrative division, such as `county`; InvalidInputError otherwise."""
    try:
        return _OF_DIVISION[kind]
    except KeyError:
        known = ", ".join(_OF_DIVISION)
        raise InvalidInputError(
            f"{kind!r} is no kind of division: use one of {known}",
            zh=f"没有 {kind!r} 这种行政区划类型：可用 {known}",
            field="kind",
        ) from None


def parse_class(text: str, *, field: str = "class") -> str:
    """Read a class code of 3 to 5 digits, zeros filled up (212 → 21200); InvalidInputError otherwise."""
    code = text.ljust(5, "0") if len(text) >= 3 else text
    if _CODE.fullmatch(code) is None:
        raise InvalidInputError(
            f"{text!r} is not a class code: write five digits, such as 22200",
            zh=f"{text!r} 不是地名类别代码：应为五位数字，如 22200",
            field=field,
        )
    return code


def require_class(code: str, *, field: str = "feature_class") -> str:
    """The code itself when it is a class code of five digits; InvalidInputError otherwise."""
    if _CODE.fullmatch(code) is None:
        raise InvalidInputError(
            f"{code!r} is not a class code: write five digits, such as 22200",
            zh=f"{code!r} 不是地名类别代码：应为五位数字，如 22200",
            field=field,
        )
    return code


def stem(code: str) -> str:
    """The digits that a class shares with everything under it: 21600 → 216."""
    return code.rstrip("0")


def is_under(code: str, ancestor: str) -> bool:
    """True when the class is the other or a part of it: 21610 is under 21600 and under 21610."""
    return code.startswith(stem(ancestor))


@dataclass(frozen=True, slots=True)
class FeatureClass:
    """One class: its code, its Chinese label, the major class it belongs to, and how well it is known."""

    code: str
    label: str
    major: str
    known: Known = Known.SECONDARY


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The classes that are known, by code."""

    classes: Mapping[str, FeatureClass]

    @classmethod
    def of(cls, rows: Iterable[FeatureClass]) -> ClassTable:
        """Make the table; InvalidInputError for a malformed code or one that is given twice."""
        classes: dict[str, FeatureClass] = {}
        for row in rows:
            if parse_class(row.code, field="code") != row.code or row.code in classes:
                raise InvalidInputError(
                    f"class code {row.code!r} is not five digits or is given twice: mend the table",
                    zh=f"类别代码 {row.code!r} 不是五位数字或重复：请改正类别表",
                    field="code",
                )
            classes[row.code] = row
        return cls(classes)

    def get(self, code: str) -> FeatureClass:
        """The class of a code; NotFoundError when the table does not hold it."""
        try:
            return self.classes[code]
        except KeyError:
            raise NotFoundError(
                f"class {code!r} is not in the table of classes: ask for one that is listed there",
                zh=f"类别表中没有 {code!r}：请用表中所列的类别",
                field="class",
            ) from None

    def under(self, code: str) -> tuple[FeatureClass, ...]:
        """The class itself and all its parts, in order of code."""
        return tuple(row for key, row in sorted(self.classes.items()) if is_under(key, code))
