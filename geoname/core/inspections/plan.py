"""A plan of joint inspections (联检计划) over several years: which line in which year, who leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line in one year. `due` is the last year in which it may be inspected, None when not known.

    `forced` tells that only a due date put it there; `overdue` that it should have been done before the plan.
    """

    line_id: str
    line_name: str
    level: str
    sides: tuple[str, ...]
    lead: str
    year: int
    length_km: float
    markers: int
    due: int | None = None
    forced: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class YearLoad:
    """What one year of a plan has to do, and how far that is from the mean in per cent."""

    year: int
    lines: int
    length_km: float
    markers: int
    length_off_percent: float
    markers_off_percent: float
    balanced: bool


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """A plan as it was adopted; `forced` lists the lines whose due dates unbalance it."""

    id: str
    first_year: int
    years: int
    made_on: date
    actor: str
    loads: tuple[YearLoad, ...]
    assignments: tuple[Assignment, ...]
    forced: tuple[str, ...] = ()
    generated: bool = False
