"""The class of a record (地名类别) by code, by label, or by its place code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geoname.core.names.feature_class import ClassTable, parse_class
from geoname.errors import InvalidInputError

_REMARK = re.compile(r"[（(].*?[）)]")
_LEADING_CODE = re.compile(r"(\d{3,5})\s*[-—_/\s]?\s*\D*")
_MAJOR_DIGITS = 2
_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class ClassFound:
    """A class code, None when there is none; `listed` tells whether the table of classes holds it."""

    code: str | None
    listed: bool = True


class ClassFinder:
    """Finds classes by what files write; of a table that is known to be incomplete."""

    def __init__(self, table: ClassTable, usual: str) -> None:
        """`usual` is the class of records that name none, empty for none; InvalidInputError for a bad one."""
        self._codes = frozenset(table.classes)
        self._majors = frozenset(code[:_MAJOR_DIGITS] for code in self._codes)
        self._labels: dict[str, str] = {}
        for code, known in table.classes.items():
            self._labels.setdefault(known.label, code)
        for code, known in table.classes.items():
            self._labels.setdefault(_REMARK.sub("", known.label), code)
        self._usual = ClassFound(parse_class(usual, field="feature_class")) if usual else ClassFound(None)
        self._of_text = lru_cache(_KEPT)(self._read)

    def find(self, written: str, place_code: str) -> ClassFound:
        """By what is written, or else by the 20-digit place code, or else the usual one."""
        if written:
            return self._of_text(written)
        if len(place_code) == 20:
            found = self._of_text(place_code[9:14])
            if found.code is not None:
                return found
        return self._usual

    def _read(self, written: str) -> ClassFound:
        label = self._labels.get(written) or self._labels.get(_REMARK.sub("", written).strip())
        if label is not None:
            return ClassFound(label)
        leading = _LEADING_CODE.fullmatch(written)
        if leading is None:
            return ClassFound(None)
        try:
            code = parse_class(leading[1])
        except InvalidInputError:
            return ClassFound(None)
        # The standard has more classes than the table: what belongs to a known group is let in, and told.
        return (
            ClassFound(code, code in self._codes)
            if code[:_MAJOR_DIGITS] in self._majors
            else ClassFound(None)
        )
