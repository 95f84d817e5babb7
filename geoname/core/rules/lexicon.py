"""Word lists of the rules (词表), compiled once into one pattern for all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geoname.core.law.citation import Known
from geoname.core.names.place_name import PlaceName

NATIONAL = ("national", "national-example")


class MatchMode(StrEnum):
    """Where in a name a term counts."""

    SPECIFIC = "specific-substring"
    """Anywhere, if it begins in the specific element."""
    ANYWHERE = "generic-or-substring"
    GENERIC = "generic"
    """Only as the end of the whole name."""
    WHOLE = "whole"
    """Only where the whole name, or its specific element, is the term."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the list of one rule.

    `tier` says whose list it is: national, national-example, provincial-…, example, engineering-default
    (this project's own, which is a hint and never law), office (the user's own).
    """

    text: str
    rule: str
    tier: str
    mode: MatchMode
    source: str
    known: Known
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermFound:
    """A term and where in the name it stands."""

    term: Term
    span: tuple[int, int]


class Lexicons:
    """The lists of all rules; a name is searched once for any term of any of them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Compile the terms; Latin letters match in either case."""
        self._terms: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._terms[term.text.upper()].append(term)
        self._rules = frozenset(term.rule for found in self._terms.values() for term in found)
        self._lengths = tuple(sorted({len(text) for text in self._terms}, reverse=True))
        longest_first = sorted(self._terms, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def __len__(self) -> int:
        """How many terms."""
        return sum(map(len, self._terms.values()))

    def has(self, rule: str) -> bool:
        """Whether there is a list for this rule."""
        return rule in self._rules

    def touches(self, text: str) -> bool:
        """Whether any term of any list stands in the text."""
        return self._any.search(text.upper()) is not None

    def found(self, name: PlaceName, rule: str) -> tuple[TermFound, ...]:
        """The terms of one rule's list in a name, from left to right, the longest first at each place."""
        text = name.text.upper()
        if len(text) != len(name.text):
            # A letter such as ß has two capitals; positions must stay those of the name.
            text = name.text
        hits: list[TermFound] = []
        for start in range(len(text)):
            for end in (start + length for length in self._lengths if start + length <= len(text)):
                hits += [
                    TermFound(term, (start, end))
                    for term in self._terms.get(text[start:end], ())
                    if term.rule == rule and _counts(term.mode, name, start, end)
                ]
        return tuple(hits)


def _counts(mode: MatchMode, name: PlaceName, start: int, end: int) -> bool:
    match mode:
        case MatchMode.SPECIFIC:
            return start < len(name.specific)
        case MatchMode.GENERIC:
            return end == len(name.text) and start > 0
        case MatchMode.WHOLE:
            return start == 0 and end in (len(name.text), len(name.specific))
        case MatchMode.ANYWHERE:
            return True
