"""A step taken with a name (办理一步): what is told of it, and what it will write."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.naming_lifecycle import NamingStep
from geoname.core.rules.procedure_cases import Approver, Paper
from geoname.core.validity.partial_date import PartialDate
from geoname.service.name_procedures_place import Proposing
from geoname.service.rule_answers import TextShown
from geoname.store.protocols import NameEntry, Writer


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What was done. `on` None: today. `authority` is the organ's name, `approver` its kind.

    `renaming` is the new name of a renaming, `successor` the id of the name that a retired one gave way to.
    """

    kind: NamingStep
    on: date | None = None
    authority: str = ""
    approver: Approver | None = None
    document: str = ""
    accepted_on: date | None = None
    papers: tuple[Paper, ...] = ()
    romanization: str = ""
    reason: str = ""
    successor: str | None = None
    renaming: Proposing | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a step will write, once everything about it has been found right.

    `write` is given the release of names that were given here. `read` are the names that it builds on: what
    was found right holds only as long as they are at the same version.
    """

    write: Callable[[Writer, str], object]
    shown_id: str
    notes: tuple[TextShown, ...] = ()
    read: tuple[NameEntry, ...] = ()


def event_of(name_id: str, kind: NameEventKind, taken: StepTaken, day: date) -> NameEvent:
    """The event that a step leaves on a name."""
    return NameEvent(
        secrets.token_hex(6),
        name_id,
        kind,
        PartialDate(day),
        taken.authority.strip(),
        taken.document.strip(),
        taken.reason.strip(),
    )
