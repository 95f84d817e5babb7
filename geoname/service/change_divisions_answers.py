"""What a change of divisions does, or did (区划变更结果)."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.service.answers import DivisionRef
from geoname.service.rule_answers import FindingShown, TextShown


@dataclass(frozen=True)
class UnitShown:
    """A division before or after; `goes_on`: it is there on both sides.

    `villages` is how many villages a township holds, of a county how many townships.
    """

    id: str
    name: str
    kind: str
    code: str | None
    villages: int
    goes_on: bool


@dataclass(frozen=True)
class CodeDecided:
    """What becomes of a code by CD-3: kept, retired, given, or replaced; `proposed`: nobody named it."""

    name: str
    old_code: str | None
    new_code: str | None
    decision: str
    proposed: bool


@dataclass(frozen=True)
class CodeBelow:
    """A code below a county that changes with the county's: the division keeps its id."""

    id: str
    name: str
    level: str
    scheme: str
    old_code: str
    new_code: str


@dataclass(frozen=True)
class CodesBelowShown:
    """How many codes below the counties change, and all of them."""

    count: int
    items: tuple[CodeBelow, ...]


@dataclass(frozen=True)
class VillagesShared:
    """How many villages come under another township; names of those named for none, or for several.

    Where counties change it is their townships.
    """

    moved: int
    missing: tuple[str, ...]
    named_twice: tuple[str, ...]


@dataclass(frozen=True)
class NameToReview:
    """A name that carries the old one: it stays until a person decides."""

    id: str
    name: str
    where: str


@dataclass(frozen=True)
class NameChecked:
    """A new name before the naming rules: the gravest finding, or clear. It advises and blocks nothing."""

    name: str
    verdict: str
    findings: tuple[FindingShown, ...]


@dataclass(frozen=True)
class LineTouched:
    """A line of the active edition; `effect`: falls_away, passes_on, moves, or to_be_surveyed."""

    id: str
    sides: tuple[str, str]
    effect: str
    length_m: float


@dataclass(frozen=True)
class Deadline:
    """A day that runs out; `extended` with leave. `days_left` is negative when it is over.

    `state` is open, soon (within two months), late, or met; what was met late stays late. `met_on` is when.
    """

    what: TextShown
    due: str
    extended: str | None
    days_left: int
    rule: str
    basis: tuple[str, ...]
    state: str
    met_on: str | None


@dataclass(frozen=True)
class DivisionChangeShown:
    """A change: `state` is dry_run, done or undone; `verdict` the gravest open finding, or clear.

    `level` is township or county; `county` is the division above, for counties their prefecture. `reasons`
    stand against the change beside what the rules find.
    """

    id: str
    state: str
    operation: str
    wording: str
    document: str
    authority: str
    approved_on: str
    effective_on: str
    announced_on: str | None
    scheme: str
    county: DivisionRef
    before: tuple[UnitShown, ...]
    after: tuple[UnitShown, ...]
    codes: tuple[CodeDecided, ...]
    villages: VillagesShared
    names_to_review: tuple[NameToReview, ...]
    new_names: tuple[NameChecked, ...]
    places_moved: int
    places_to_assign: int
    lines: tuple[LineTouched, ...]
    deadlines: tuple[Deadline, ...]
    findings: tuple[FindingShown, ...]
    verdict: str
    boundary_note: str
    level: str = "township"
    codes_below: CodesBelowShown = CodesBelowShown(0, ())
    reasons: tuple[TextShown, ...] = ()
    event_id: str | None = None
    done_at: str | None = None
    done_by: str | None = None
    undone_at: str | None = None
    undone_by: str | None = None
    completed_on: str | None = None
    extended_by: str | None = None


@dataclass(frozen=True)
class ChangeSummary:
    """A change done here, as lists show it."""

    id: str
    state: str
    operation: str
    document: str
    effective_on: str
    county: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    done_at: str
    done_by: str
    undone_at: str | None
    undone_by: str | None


@dataclass(frozen=True)
class ChangeList:
    """The changes that were done here, newest first."""

    items: tuple[ChangeSummary, ...]
