"""Generics of all classes together (通名对照): of which other class the end of a name is a generic."""

from __future__ import annotations

from functools import cache

from geoname.core.names.generics import generics_of

_CLASSES = (
    *("12100", "12200", "13400", "13410", "21200", "21300", "21400", "21500", "21610", "21800"),
    *("22100", "22200", "23110", "23220", "23330", "23410", "23530", "23610", "23620", "23650", "23660"),
    *("24100", "24210", "24300", "24400", "24500", "24600", "25100", "25200", "25300", "26300"),
)


@cache
def _all_generics() -> frozenset[str]:
    return frozenset(generic for code in _CLASSES for generic in generics_of(code))


_LONGEST = max(map(len, _all_generics()))


def generic_of_any_class(text: str) -> str:
    """The longest generic of any class that a text ends in and is more than; "" when there is none."""
    known = _all_generics()
    for length in range(min(_LONGEST, len(text) - 1), 0, -1):
        if text[-length:] in known:
            return text[-length:]
    return ""
