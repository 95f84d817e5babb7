"""A change of townships laid before the rules (乡镇调整): what was, what shall be, and the papers."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from geoname.core.divisions.changes import Operation
from geoname.core.divisions.division import DivisionKind
from geoname.core.rules.procedure_cases import Approver


@dataclass(frozen=True, slots=True)
class TownshipUnit:
    """One township before or after; its villages by id, area in km² and population where told."""

    name: str
    kind: DivisionKind
    code: str
    villages: AbstractSet[str] = frozenset()
    area_km2: float | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class TownshipAdjustment:
    """One change. `operation` None: the wording is none that the law knows.

    `sentence` is the result as the document words it (全县辖4个街道、10个镇), `result` the numbers of the
    county's townships by kind after it. `seat` is the villages the seat moves from and to. `names_holding`
    are names of villages and streets that hold the name of an old township.
    """

    operation: Operation | None
    wording: str
    document: str
    approver: Approver
    before: tuple[TownshipUnit, ...]
    after: tuple[TownshipUnit, ...]
    sentence: str = ""
    result: Mapping[DivisionKind, int] = field(default_factory=dict)
    boundary_moved: bool = False
    boundary_papers: AbstractSet[str] = frozenset()
    seat: tuple[str, str] | None = None
    names_holding: tuple[str, ...] = ()
    retired_codes: AbstractSet[str] = frozenset()
