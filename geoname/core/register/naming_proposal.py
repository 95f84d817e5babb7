"""A proposed name (命名申请): what is asked for, why, with which papers; and which name follows which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NamingProposal:
    """The application behind a name that was proposed in this register.

    `replaces` is the id of the name that it is to take the place of, None for a first name; `cause` is then
    why that may be changed. `papers` are those that were handed in, `exception` the one that is claimed.
    """

    id: str
    name_id: str
    reason: str
    proposed_on: date
    proposed_by: str
    replaces: str | None = None
    cause: str | None = None
    papers: tuple[str, ...] = ()
    exception: str | None = None
    exception_reason: str = ""

    @property
    def is_renaming(self) -> bool:
        """Whether another name is to be given up for it."""
        return self.replaces is not None


@dataclass(frozen=True, slots=True)
class NameSuccession:
    """One name took the place of another; `event_id` is the event by which it did."""

    from_id: str
    to_id: str
    event_id: str
