"""How far the inspections are (联检进度): by level, prefecture and year, and each line's state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from geoname.core.inspections.deadlines import due_year
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.progress import LineState, case_of_line, line_state
from geoname.service.inspection_lines import InspectedLine, inspected_lines
from geoname.service.inspection_moment import today
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname


@dataclass(frozen=True)
class LineProgress:
    """One line as the map colours it; `due` is the last year for its next inspection, None if not known."""

    line_id: str
    name: str
    level: str
    sides: tuple[str, ...]
    state: str
    year: int | None
    stage: str | None
    due: int | None
    inspection_id: str | None
    generated: bool


@dataclass(frozen=True)
class Tally:
    """Lines, kilometres and how many are in which state, of one level, prefecture or year."""

    key: str
    name: str
    lines: int
    length_km: float
    done: int
    reporting: int
    in_field: int
    planned: int
    due: int
    overdue: int
    unknown: int


@dataclass(frozen=True)
class Progress:
    """The state of all lines on a day.

    A county line between two prefectures counts for both, so `by_prefecture` adds up to more than the lines.
    `generated` tells that cases of a demonstration are among them.
    """

    on: date
    lines: int
    by_level: tuple[Tally, ...]
    by_prefecture: tuple[Tally, ...]
    by_year: tuple[Tally, ...]
    items: tuple[LineProgress, ...]
    generated: bool


def show_progress(
    geoname: Geoname, within: str | None = None, year: int | None = None, on: date | None = None
) -> Progress:
    """The state of the lines on a day; `year` keeps those planned or due in it."""
    day = on or today()
    cases: dict[str, list[Inspection]] = defaultdict(list)
    for case in geoname.store.inspections():
        cases[case.line_id].append(case)
    pairs = [
        (line, _progress(line, cases.get(line.id, []), day)) for line in inspected_lines(geoname, within)
    ]
    if year is not None:
        pairs = [pair for pair in pairs if year in (pair[1].year, pair[1].due)]
    index = geoname.live()
    return Progress(
        day,
        len(pairs),
        tuple(_tallies(pairs, lambda pair: [(pair[0].level, pair[0].level)])),
        tuple(_tallies(pairs, lambda pair: _prefectures(index, pair[0]))),
        tuple(_tallies(pairs, lambda pair: _years(pair[1]))),
        tuple(item for _, item in pairs),
        any(item.generated for _, item in pairs),
    )


Pair = tuple[InspectedLine, LineProgress]


def _progress(line: InspectedLine, cases: list[Inspection], day: date) -> LineProgress:
    case = case_of_line(cases, day)
    state = line_state(case, line.last_filed, day)
    return LineProgress(
        line.id, line.name, line.level, line.sides, state,
        case.year if case else None, case.stage if case else None,
        due_year(line.last_filed) if line.last_filed else None,
        case.id if case else None, case is not None and case.generated,
    )  # fmt: skip


def _tallies(pairs: Iterable[Pair], keys: Callable[[Pair], Iterable[tuple[str, str]]]) -> Iterator[Tally]:
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        for key in keys(pair):
            groups[key].append(pair)
    for (code, name), members in sorted(groups.items()):
        states = Counter(item.state for _, item in members)
        counts = [states[state.value] for state in LineState]
        km = round(sum(line.length_km for line, _ in members), 1)
        yield Tally(code, name, len(members), km, *counts)


def _prefectures(index: LiveIndex, line: InspectedLine) -> list[tuple[str, str]]:
    """The prefectures of a county line's sides; a provincial line is none's."""
    codes = sorted({side[:4] for side in line.sides if len(side) == COUNTY_DIGITS})
    return [(code, index.codebook.find(code).division.name) for code in codes]


def _years(item: LineProgress) -> list[tuple[str, str]]:
    year = item.year or item.due
    return [(str(year), str(year))] if year is not None else []


COUNTY_DIGITS = 6
