"""What is due, late or about to be (联检时限): days from law and practice held against the cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from geoname.core.inspections.advance import ROUND_YEARS
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.stages import Stage
from geoname.core.law.citation import Known


class Urgency(StrEnum):
    """How a deadline stands on a day."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the table of terms: what, its value, where it comes from and how well that is known."""

    code: str
    zh: str
    en: str
    value: str
    unit: str
    origin: str
    origin_en: str
    known: Known


@dataclass(frozen=True, slots=True)
class DueLine:
    """A line with what is known of its last filing."""

    id: str
    name: str
    level: str
    sides: tuple[str, ...]
    last_filed: date | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day by which something is to be done. `term` names the row of the table that it comes from."""

    id: str
    term: str
    zh: str
    en: str
    day: date
    urgency: Urgency
    line_id: str | None
    line_name: str
    sides: tuple[str, ...]
    inspection_id: str | None
    origin: str
    origin_en: str
    known: Known


@dataclass(frozen=True, slots=True)
class Terms:
    """The table of terms by code."""

    rows: dict[str, Term] = field(default_factory=dict)

    def day_of_year(self, code: str, year: int) -> date:
        """The day of a year that a row such as `05-15` names."""
        month, day = self.rows[code].value.split("-")
        return date(year, int(month), int(day))

    def days(self, code: str) -> timedelta:
        """The days that a row names."""
        return timedelta(days=int(self.rows[code].value))


def deadlines(
    lines: Sequence[DueLine], cases: Sequence[Inspection], terms: Terms, today: date
) -> tuple[Deadline, ...]:
    """Every deadline that is not yet met, the earliest first."""
    busy = {case.line_id for case in cases if case.kind is InspectionKind.REGULAR and case.filed_on is None}
    found = [*_of_lines(lines, busy, terms, today)]
    provincial = {line.id for line in lines if line.level == "province"}
    for case in cases:
        found += _of_case(case, case.line_id in provincial, terms, today)
    found += _of_years({case.year for case in cases if not case.finished}, terms, today)
    return tuple(sorted(found, key=lambda one: (one.day, one.line_id or "", one.term)))


def due_year(last_filed: date) -> int:
    """The last year in which a line may be inspected again."""
    return last_filed.year + ROUND_YEARS


def _of_lines(lines: Sequence[DueLine], busy: set[str], terms: Terms, today: date) -> Iterable[Deadline]:
    for line in lines:
        if line.last_filed is None or line.id in busy:
            continue
        day = date(due_year(line.last_filed), 12, 31)
        yield _deadline(f"{line.id}:round", "round_years", day, terms, today, line=line)


def _of_case(case: Inspection, provincial: bool, terms: Terms, today: date) -> list[Deadline]:
    if case.finished:
        return []
    stage, regular = case.stage.position, case.kind is InspectionKind.REGULAR
    found: list[tuple[str, date]] = []
    if regular and stage < Stage.PLAN_FILED.position:
        found.append(("plan_filed", terms.day_of_year("plan_filed", case.year)))
    if regular and provincial and stage < Stage.FINDINGS.position:
        found.append(("season_until", terms.day_of_year("season_until", case.year)))
    if stage == Stage.SIGNED.position:
        found.append(("filing_days", case.since + terms.days("filing_days")))
    if not regular and stage < Stage.FILED.position:
        found.append(("special", case.since))
    if regular and stage < Stage.FILED.position:
        found.append(("planned_year", date(case.year, 12, 31)))
    return [_deadline(f"{case.id}:{term}", term, day, terms, today, case=case) for term, day in found]


def _of_years(years: Iterable[int], terms: Terms, today: date) -> list[Deadline]:
    return [
        _deadline(f"{year}:summary", "summary", terms.day_of_year("summary", year), terms, today)
        for year in sorted(years)
    ]


def _deadline(
    id_: str,
    term: str,
    day: date,
    terms: Terms,
    today: date,
    *,
    line: DueLine | None = None,
    case: Inspection | None = None,
) -> Deadline:
    row = terms.rows[term]
    soon = today + terms.days("soon_days")
    urgency = Urgency.LATE if day < today else Urgency.SOON if day <= soon else Urgency.LATER
    return Deadline(
        id_, term, row.zh, row.en, day, urgency,
        line.id if line else case.line_id if case else None,
        line.name if line else case.line_name if case else "",
        line.sides if line else case.sides if case else (),
        case.id if case else None, row.origin, row.origin_en, row.known,
    )  # fmt: skip
