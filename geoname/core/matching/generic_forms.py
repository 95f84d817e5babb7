"""How the end of a division's name is written (通名写法): its own, shorter ones, those of its like."""

from __future__ import annotations

from enum import IntEnum
from itertools import combinations

from geoname.core.names.ethnonyms import ETHNONYMS


class Agreement(IntEnum):
    """How a typed ending stands to the ending of a name; the lower the better."""

    EXACT = 0
    SHORTER = 1
    MISSING = 2
    OTHER = 3
    NONE = 4


_VILLAGE = ("村村民委员会", "村民委员会", "村村委会", "村委会", "村", "村委员会")
_RESIDENTS = ("社区居民委员会", "居民委员会", "社区居委会", "居委会", "社区", "社区委员会")
_SUBDISTRICT = ("街道", "街道办事处", "街道办", "办事处")
_TOWNSHIP = ("乡", "民族乡")
_FAMILIES: tuple[tuple[str, ...], ...] = (
    ("省", "市", "自治区"),
    ("市", "地区", "自治州", "州", "盟"),
    ("县", "区", "市", "自治县", "特区", "林区", "新区", "旗", "自治旗"),
    ("镇", *_TOWNSHIP, *_SUBDISTRICT, "苏木"),
    (*_VILLAGE, *_RESIDENTS, "寨", "组", "屯"),
)
_SPLIT_OFF = (*_VILLAGE, *_RESIDENTS)
_AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗", "乡")
_SHORT = {"乡": ("乡", "民族乡"), "自治区": ("自治区", "区", "省")}
SHORTEST_STEM = 2


def ending_of(text: str, specific_length: int, depth: int) -> str:
    """The ending of a division's name by which it may be known without it; "" where too little would be left.

    龙井村村民委员会 → 村村民委员会, 新村村民委员会 → 村民委员会, 盘县 → "".
    """
    if depth >= len(_FAMILIES):
        return ""
    if depth == len(_FAMILIES) - 1:
        for ending in sorted(_SPLIT_OFF, key=len, reverse=True):
            if text.endswith(ending) and len(text) - len(ending) >= SHORTEST_STEM:
                return ending
        return ""
    return text[specific_length:] if specific_length >= SHORTEST_STEM else ""


def shorter_forms(ending: str, depth: int) -> tuple[str, ...]:
    """Other ways to write an ending that nobody mistakes: 苗族侗族自治州 → 自治州, 州; 村民委员会 → 村."""
    if depth == len(_FAMILIES) - 1:
        family = _VILLAGE if ending in _VILLAGE else _RESIDENTS
        return tuple(each for each in family if each != ending)
    if ending in _SUBDISTRICT:
        return tuple(each for each in _SUBDISTRICT if each != ending)
    generic = next(
        (each for each in ("自治区", "自治州", "自治县", "自治旗", "乡") if ending.endswith(each)), ""
    )
    if not generic:
        return ("区",) if ending == "特区" else ()
    _, peoples = ETHNONYMS.strip("某" + ending[: -len(generic)])
    some = [
        "".join(chosen) + generic
        for count in range(1, len(peoples) + 1)
        for chosen in combinations(peoples, count)
    ]
    if peoples or generic != "乡":
        some += {"乡": ["乡", "民族乡"], "自治区": ["自治区", "区", "省"]}.get(
            generic, [generic, generic[-1]]
        )
    return tuple(each for each in dict.fromkeys(some) if each != ending)


def other_endings(ending: str, depth: int) -> tuple[str, ...]:
    """The endings of other names of the level: what somebody types who has the wrong generic."""
    known = {ending, *shorter_forms(ending, depth)}
    return tuple(each for each in _FAMILIES[depth] if each not in known)
