"""A date known to the day, the month or the year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from geoname.errors import InvalidInputError

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """The first day of what is known, and how much is known."""

    first: date
    precision: Precision = Precision.DAY

    @classmethod
    def parse(cls, text: str, *, field: str = "date") -> PartialDate:
        """Read `2014`, `2014-12` or `2014-12-13`; InvalidInputError for what is no date."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise InvalidInputError(
                f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD",
                zh=f"{text!r} 不是日期：请写 YYYY、YYYY-MM 或 YYYY-MM-DD",
                field=field,
            )
        year, month, day = written.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            return cls(date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError as error:
            raise InvalidInputError(
                f"{text!r} is not in the calendar ({error}): give a day that exists",
                zh=f"历法中没有 {text!r} 这一天：请给出存在的日期",
                field=field,
            ) from None

    @property
    def last(self) -> date:
        """The last day that this date may mean."""
        if self.precision is Precision.DAY:
            return self.first
        if self.precision is Precision.MONTH:
            return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])
        return self.first.replace(month=12, day=31)

    @property
    def next_day(self) -> date:
        """The first day that is certainly after this date."""
        return self.last + timedelta(days=1)

    def __str__(self) -> str:
        """Write the date back as it was known."""
        written = self.first.isoformat()
        return written[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]]


def parse_day(text: str, *, field: str = "on") -> date:
    """Read one calendar day `YYYY-MM-DD`; InvalidInputError names the field and the remedy."""
    read = PartialDate.parse(text, field=field)
    if read.precision is not Precision.DAY:
        raise InvalidInputError(
            f"{text!r} is not one day: write YYYY-MM-DD",
            zh=f"{text!r} 不是某一天：请写 YYYY-MM-DD",
            field=field,
        )
    return read.first
