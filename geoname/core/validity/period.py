"""A half-open period of validity, in which an unknown start is not "always"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.validity.partial_date import PartialDate


class Held(StrEnum):
    """Whether something held on a day, as far as it is known."""

    YES = "yes"
    NO = "no"
    UNKNOWN_BEFORE = "unknown_before"
    """The start is not recorded and the day lies before the day on which it is known to hold."""
    UNCERTAIN = "uncertain"
    """The day lies inside a date known only to the month or year."""


@dataclass(frozen=True, slots=True)
class Period:
    """Valid from `start` (inclusive) until `end` (exclusive).

    `start` None means not recorded; `known_on` is then the earliest day on which it is known to hold.
    `end` None means still in force.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    known_on: date | None = None

    def held_on(self, day: date) -> Held:
        """Say whether it held on a day, or why that is not known."""
        if self.end is not None:
            if day > self.end.last or (day == self.end.last and self.end.first == self.end.last):
                return Held.NO
            if day >= self.end.first:
                return Held.UNCERTAIN
        if self.start is not None:
            if day < self.start.first:
                return Held.NO
            return Held.UNCERTAIN if day < self.start.last else Held.YES
        if self.known_on is None or day < self.known_on:
            return Held.UNKNOWN_BEFORE
        return Held.YES

    def may_hold_on(self, day: date) -> bool:
        """True unless it certainly did not hold on that day."""
        return self.held_on(day) is not Held.NO


ALWAYS_UNKNOWN = Period()
