"""What is asked of a change of divisions (区划变更申报): as people and programs write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ToAsked:
    """A township or county as it shall be.

    `code` of one in force means that one; of none, the code to give; None: proposed by the rules. `villages`
    (of a township) and `townships` (of a county) are codes or names of those of the `from` divisions that go
    to it; what it had before it keeps.
    """

    name: str | None = None
    kind: str | None = None
    code: str | None = None
    parent: str | None = None
    villages: tuple[str, ...] | None = None
    townships: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SeatAsked:
    """Codes or names of the villages that a seat moves from and to; of the townships for a county's seat."""

    from_village: str
    to_village: str


@dataclass(frozen=True, slots=True)
class BoundaryAsked:
    """Whether the boundary moves, the papers there are (survey, markers, agreement, filing), a note."""

    moved: bool = False
    papers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """One change. `from_codes` are of `scheme`; `wording` and `sentence` are the document's own."""

    operation: str
    document: str
    authority: str
    approved_on: date
    from_codes: tuple[str, ...] = ()
    to: tuple[ToAsked, ...] = ()
    scheme: str | None = None
    effective_on: date | None = None
    announced_on: date | None = None
    wording: str = ""
    sentence: str = ""
    approver: str | None = None
    seat: SeatAsked | None = None
    boundary: BoundaryAsked = BoundaryAsked()
