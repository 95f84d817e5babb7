"""Dates as registers write them (日期写法): 2014, 2014-12, 20141213, 2014年12月13日."""

from __future__ import annotations

import re

from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError

_NUMBERS = re.compile(r"(\d{4})\s*[-/.年]?\s*(?:(\d{1,2})\s*[-/.月]?\s*(?:(\d{1,2})\s*日?)?)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_TIME = re.compile(r"[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")


def read_written_date(text: str) -> PartialDate | None:
    """The date that a text means, as exactly as it says; None for what is no date."""
    plain = _TIME.sub("", text.strip()).strip()
    found = _PACKED.fullmatch(plain) or _NUMBERS.fullmatch(plain)
    if found is None:
        return None
    year, month, day = found.groups()
    # Registers write 00 for what is not known.
    parts = [year, *(part for part in (month, day) if part is not None and int(part))]
    if day is not None and int(day) and not int(month):
        return None
    try:
        return PartialDate.parse("-".join([parts[0], *(part.zfill(2) for part in parts[1:])]))
    except InvalidInputError:
        return None
