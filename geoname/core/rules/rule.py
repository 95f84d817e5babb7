"""A rule (规则): its law, its criterion, its check, and names or cases that it accepts and rejects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Generic, TypeVar

from geoname.core.law.citation import Citation
from geoname.core.rules.case import ExceptionKind, ProposedName
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import EVERY_KIND, PlaceKind

Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Allowance:
    """An exception that the law or the criteria name; `kind` None: no claim opens it."""

    words: Words
    kind: ExceptionKind | None = None


@dataclass(frozen=True, slots=True)
class Example(Generic[Case]):
    """A case to show and to test a rule by.

    `beside` are names that stand in the register already, `listed` terms on the office's own list for the
    rule. In an example a division's id is its code of 2, 4, 6, 9 or 12 digits, which tells its chain.
    """

    case: Case
    beside: Sequence[ProposedName] = ()
    listed: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Case]):
    """One rule over one type of case."""

    code: str
    title: Words
    criterion: Words
    basis: tuple[Citation, ...]
    severity: Severity
    takes: type[Case]
    check: Callable[[Case, Facts], tuple[Hit, ...]]
    accepts: tuple[Example[Case], ...]
    rejects: tuple[Example[Case], ...]
    exceptions: tuple[Allowance, ...] = ()
    needs: frozenset[Need] = frozenset()


class Sign(IntFlag):
    """What can be seen of a name at a glance; a rule that waits for a sign need not look at the others."""

    TERM = 1
    """A term of some word list stands in it."""
    STRANGE = 2
    """It holds something that is no Han character."""
    UNCOMMON = 4
    """It holds a character outside the first two levels of the general standard characters."""
    SPELT = 8
    """A spelling is given with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule(Rule[ProposedName]):
    """A rule over names of the kinds `applies_to`; `sign` None: it looks at every one of them."""

    takes: type[ProposedName] = ProposedName
    applies_to: frozenset[PlaceKind] = EVERY_KIND
    sign: Sign | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRule(Rule[Case]):
    """A rule over codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRule(Rule[Case]):
    """A rule over an application, an approval, a change or an inspection, on the day asked about."""


NONE: tuple[Hit, ...] = ()
