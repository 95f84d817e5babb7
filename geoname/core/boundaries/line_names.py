"""Names and codes of boundary lines (界线名称与代码), composed from their two sides.

Lines are called by both sides' short names (黔桂线, 花龙线). Their code on the provincial level is both
provinces' digits, the smaller first, as manuals describe GB/T 17796 (S); how counties code theirs is a
department's own scheme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geoname.core.boundaries.line_practice import PLACEHOLDERS, USUAL
from geoname.core.names.feature_class import COUNTY, PREFECTURE, PROVINCE, TOWNSHIP
from geoname.core.names.place_name import split_name
from geoname.errors import InvalidInputError

PROVINCE_SHORT = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑",
    "31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫",
    "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川", "52": "黔",
    "53": "滇", "54": "藏", "61": "陕", "62": "甘", "63": "青", "64": "宁", "65": "新", "71": "台",
    "81": "港", "82": "澳",
}  # fmt: skip
"""The short names of the provinces by the first two digits of their codes."""
_PLACEHOLDER = re.compile(r"{(\w+)}")
_CLASS = {2: PROVINCE, 4: PREFECTURE, 6: COUNTY, 9: TOWNSHIP}


def line_name(sides: Sequence[str], names: Sequence[str]) -> str:
    """What a line is called by its sides' short names, the smaller code's first.

    Where both sides would be called by the same character, their specific elements are written out.
    """
    short = [_short(code, name) for code, name in zip(sides, names, strict=True)]
    if short[0] == short[1]:
        specific = [_specific(code, name) for code, name in zip(sides, names, strict=True)]
        return "—".join(specific) + "线"
    return "".join(short) + "线"


def line_code(sides: Sequence[str], county_code: str = USUAL.county_code) -> str:
    """The code of the line between two divisions; the codes may come in either order.

    InvalidInputError for a scheme with other placeholders than {a}, {b}, {a4}, {b4}.
    """
    one, other = sorted(sides)
    if len(one) == 2 or one[:2] != other[:2]:
        return one[:2] + other[:2]
    parts = {"a": one, "b": other, "a4": one[2:], "b4": other[2:]}
    known = _PLACEHOLDER.sub(lambda found: parts.get(found[1], found[0]), county_code)
    if "{" in known or "}" in known:
        allowed = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
        raise InvalidInputError(
            f"the scheme of county lines {county_code!r} cannot be read: use {allowed}",
            zh=f"县级界线代码规则 {county_code!r} 无法使用：只可用 {allowed}",
            field="county_line_code",
        )
    return known


def _short(code: str, name: str) -> str:
    if len(code) == 2:
        return PROVINCE_SHORT.get(code, name[:1])
    return _specific(code, name)[:1]


def _specific(code: str, name: str) -> str:
    feature_class = _CLASS.get(len(code))
    return name if feature_class is None else split_name(name, feature_class).specific
