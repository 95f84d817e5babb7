"""What rules over codes are given (代码审查对象): codes of divisions, of places, of boundary markers."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.changes import Operation
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import DivisionKind


@dataclass(frozen=True, slots=True)
class TownshipCode:
    """A nine-digit code and the kind of division that bears it."""

    code: str
    kind: DivisionKind


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code about to be given, and those that its scheme has given before."""

    code: str
    in_use: AbstractSet[str] = frozenset()
    retired: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What a change of a division does to its code; `on` is the day asked about."""

    operation: Operation
    old_code: str | None
    new_code: str | None
    approved_on: date
    on: date
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class SchemedCode:
    """A code as a record carries it. `joined_with` is the scheme whose records it is matched to by code."""

    code: str
    scheme: Scheme | None
    as_of: date | None
    joined_with: Scheme | None = None


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """A 20-digit place code with the division codes that are known and the classes that there are."""

    code: str
    divisions: AbstractSet[str]
    classes: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class NumberedMarker:
    """A marker's number and how far along its line it stands, in metres, None when not known."""

    number: str
    chainage_m: float | None = None


@dataclass(frozen=True, slots=True)
class MarkerSet:
    """The markers of one provincial line, by the two-digit codes of its provinces."""

    provinces: tuple[str, str]
    markers: tuple[NumberedMarker, ...]
