"""A day by which the law wants something done (法定期限), and how it stands on a day asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.law.citation import Citation


class DeadlineState(StrEnum):
    """How a deadline stands."""

    LATE = "late"
    SOON = "soon"
    """Within the days in which it is told of beforehand."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What must be done, since when it runs, its last day, from which day it is told of, by which law.

    `kind` is a word of the subject's own, such as filing; `duty_zh` and `duty_en` say who must do it.
    """

    kind: str
    started_on: date
    due_on: date
    warn_on: date
    basis: tuple[Citation, ...]
    duty_zh: str
    duty_en: str

    def state_on(self, day: date) -> DeadlineState:
        """Late from the day after the last one."""
        if day > self.due_on:
            return DeadlineState.LATE
        return DeadlineState.SOON if day >= self.warn_on else DeadlineState.OPEN
