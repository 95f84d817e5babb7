"""Codes of divisions (区划代码), each with its scheme; schemes are never joined by code alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.validity.period import ALWAYS_UNKNOWN, Period
from geoname.errors import InvalidInputError

_WRITTEN = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")


class Scheme(StrEnum):
    """Who gave the code."""

    GB2260 = "gb2260"
    """GB/T 2260, county level and above."""
    NBS = "nbs"
    """统计用区划代码, National Bureau of Statistics, down to villages."""
    MCA = "mca"
    """Ministry of Civil Affairs, down to townships."""


@dataclass(frozen=True, slots=True)
class Code:
    """A division's code in one scheme, for a period, read from a list of the day `as_of`.

    Written without trailing zeros: 2 digits province, 4 prefecture, 6 county, 9 township, 12 village.
    """

    scheme: Scheme
    code: str
    as_of: date | None = None
    period: Period = ALWAYS_UNKNOWN


def parse_code(text: str, *, field: str = "code") -> str:
    """Read a code of any of the lengths, six digits ending in zeros included (520000 → 52, 520100 → 5201)."""
    if _WRITTEN.fullmatch(text) is None:
        raise InvalidInputError(
            f"{text!r} is not a division code: write 2, 4, 6, 9 or 12 digits, such as 520111",
            zh=f"{text!r} 不是区划代码：请写 2、4、6、9 或 12 位数字，如 520111",
            field=field,
        )
    if len(text) == 6:
        return text[:2] if text.endswith("0000") else text[:4] if text.endswith("00") else text
    return text


def parse_scheme(text: str, *, field: str = "scheme") -> Scheme:
    """Read a scheme's name; InvalidInputError lists the known ones."""
    try:
        return Scheme(text)
    except ValueError:
        known = ", ".join(Scheme)
        raise InvalidInputError(
            f"{text!r} is not a code scheme: use one of {known}",
            zh=f"{text!r} 不是代码体系：请用 {known} 之一",
            field=field,
        ) from None
