"""Judges a chunk of rows (核查一批): a pure function of the chunk, the question and a matcher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from geoname.core.coordinates.convert import to_wgs84
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.table import Appended, Cell, RowFault
from geoname.service.validation_rows import (
    Answers,
    Asked,
    FindingRow,
    Judged,
    NameMatcher,
    Question,
    StepColumns,
    StepGroup,
)
from geoname.service.validation_tally import Tally
from geoname.service.validation_wording import (
    findings_text,
    place_text,
    status_text,
    steps_between,
    steps_text,
)

LONGEST_TEXT = 500
"""Characters of a text that may be a name; what is longer is not looked at."""
_UNREADABLE = ("too_long", "unclosed_quote")
Findings = dict[int, list[FindingRow]]


def judge(question: Question, asked: Asked, matcher: NameMatcher) -> Judged:
    """The appended cells of each row, in order, and the counts; no row is ever left out.

    A row whose name cannot be read is `invalid` with a finding that names row and column.
    """
    found: Findings = defaultdict(list)
    unread = _read_faults(question, asked, found)
    texts = _texts(question, asked, unread, found)
    points = _points(question, asked, found)
    within = _within(question, asked, matcher, found)
    answers = matcher.match_many(texts, within=within, points=points, on=question.on)
    statuses = list(answers.statuses)
    for offset in unread:
        statuses[offset] = "invalid"
    tally = Tally()
    tally.add_rows(statuses, answers.counties)
    _count_steps(answers.steps, tally)
    for offset, findings in answers.findings.items():
        if offset not in unread:
            found[offset].extend(findings)
    for offset in sorted(found):
        tally.add_findings(asked.first_row + offset, (finding.kind for finding in found[offset]))
    return Judged(_cells(question, statuses, answers, found, points), tally)


def _cells(
    question: Question,
    statuses: Sequence[str],
    answers: Answers,
    found: Findings,
    points: NDArray[np.float64] | None,
) -> Appended:
    language, rows = question.language, len(statuses)
    shown = {status: status_text(status, language) for status in set(statuses)}
    steps = _steps(answers.steps, rows, language)
    findings = [""] * rows
    for offset, said in found.items():
        findings[offset] = findings_text(said, language)
    cells: Appended = (
        [shown[status] for status in statuses],
        answers.names,
        answers.codes,
        answers.paths,
        answers.confidences,
        answers.second_confidences,
        steps,
        findings,
    )
    if points is None:
        return cells
    columns = np.round(points, 7).T.tolist()
    return (*cells, *([None if value != value else value for value in column] for column in columns))


def _count_steps(steps: StepColumns, tally: Tally) -> None:
    times = np.bincount(steps.which, minlength=len(steps.groups)).tolist()
    for group, count in zip(steps.groups, times, strict=True):
        if group is not None and count:
            for step in group.steps:
                tally.steps[step.kind] += count


def _steps(steps: StepColumns, rows: int, language: str) -> list[str]:
    """The cell of each row; every group is worded once."""
    worded = [_worded(group, language) if group is not None else "" for group in steps.groups]
    cells, between = [""] * rows, steps_between(language)
    for row, which in zip(steps.rows.tolist(), steps.which.tolist(), strict=True):
        before = cells[row]
        cells[row] = f"{before}{between}{worded[which]}" if before else worded[which]
    return cells


def _worded(group: StepGroup, language: str) -> str:
    text = group.worded.get(language)
    if text is None:
        text = group.worded[language] = steps_text(group.steps, language)
    return text


def _read_faults(question: Question, asked: Asked, found: Findings) -> set[int]:
    """Say what is wrong with rows as they were read; the offsets of those whose name cannot be had."""
    unread = set()
    for fault in asked.faults:
        found[fault.offset].append(FindingRow(fault.kind, _where(question, asked, fault)))
        garbled = fault.kind == "encoding" and not fault.detail
        if fault.kind in _UNREADABLE or (garbled and fault.column in (None, question.column)):
            unread.add(fault.offset)
        if fault.kind == "wrong_type" and fault.column == question.column:
            unread.add(fault.offset)
    return unread


def _where(question: Question, asked: Asked, fault: RowFault) -> str:
    column = fault.column if fault.column is not None or fault.kind == "surplus_cells" else question.column
    place = place_text(asked.first_row + fault.offset, column, question.language)
    return f"{place} ({fault.detail})" if fault.detail else place


def _texts(question: Question, asked: Asked, unread: set[int], found: Findings) -> list[str]:
    """The names to look for, empty for rows that have none."""
    if not unread and _all_readable(asked.texts):
        return list(asked.texts)
    texts: list[str] = []
    for offset, cell in enumerate(asked.texts):
        if isinstance(cell, str) and 0 < len(cell) <= LONGEST_TEXT and not cell.isspace():
            texts.append(cell if offset not in unread else "")
            continue
        texts.append("")
        if offset in unread:
            continue
        unread.add(offset)
        place = place_text(asked.first_row + offset, question.column, question.language)
        if isinstance(cell, float):
            found[offset].append(FindingRow("wrong_type", f"{place} ({written_number(cell)})"))
        elif cell is None or not cell or cell.isspace():
            found[offset].append(FindingRow("empty", place))
        else:
            found[offset].append(FindingRow("too_long", f"{place} ({len(cell)})"))
    return texts


def _all_readable(cells: Sequence[Cell]) -> TypeGuard[Sequence[str]]:
    """Whether every cell holds a text that may be a name; one look at all is cheaper than one at each."""
    if set(map(type, cells)) != {str}:
        return False
    lengths = set(map(len, cells))  # type: ignore[arg-type]
    return 0 not in lengths and max(lengths) <= LONGEST_TEXT and not any(map(str.isspace, cells))  # type: ignore[arg-type]


def _points(question: Question, asked: Asked, found: Findings) -> NDArray[np.float64] | None:
    """The points in WGS 84, n × 2, NaN where there is none; what is no coordinate is a finding."""
    if asked.lon is None or asked.lat is None:
        return None
    assert question.lon_column is not None
    assert question.lat_column is not None
    lon, bad_lon = _numbers(asked.lon, 180)
    lat, bad_lat = _numbers(asked.lat, 90)
    for column, bad, cells in (
        (question.lon_column, bad_lon, asked.lon),
        (question.lat_column, bad_lat, asked.lat),
    ):
        for offset in np.flatnonzero(bad).tolist():
            place = place_text(asked.first_row + offset, column, question.language)
            cell = cells[offset]
            shown = written_number(cell) if isinstance(cell, float) else cell or ""
            found[offset].append(FindingRow("bad_coordinate", f"{place} ({shown})"))
    # One of the two without the other is no point.
    none = np.isnan(lon) | np.isnan(lat)
    for offset in np.flatnonzero(none & ~(np.isnan(lon) & np.isnan(lat)) & ~bad_lon & ~bad_lat).tolist():
        column = question.lon_column if np.isnan(lon[offset]) else question.lat_column
        place = place_text(asked.first_row + offset, column, question.language)
        found[offset].append(FindingRow("bad_coordinate", place))
    lon[none] = lat[none] = np.nan
    there = ~none
    if there.any():
        lon[there], lat[there] = to_wgs84(lon[there], lat[there], question.crs)
    return np.column_stack([lon, lat])


def _numbers(cells: Sequence[Cell], most: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Degrees, NaN where there are none; and where something stands that cannot be degrees."""
    values = np.full(len(cells), np.nan)
    bad = np.zeros(len(cells), dtype=bool)
    for offset, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        try:
            values[offset] = float(cell)
        except ValueError:
            bad[offset] = not str(cell).isspace()
    with np.errstate(invalid="ignore"):
        wrong = np.isinf(values) | (np.abs(values) > most)
    values[wrong] = np.nan
    return values, bad | wrong


def _within(
    question: Question, asked: Asked, matcher: NameMatcher, found: Findings
) -> list[str | None] | None:
    """The stated division of each row by its code; a code that means none is a finding, and no hint."""
    if asked.within is None:
        return None if question.within_code is None else [question.within_code] * len(asked.texts)
    codes: list[str | None] = []
    known: dict[str, bool] = {}
    for offset, cell in enumerate(asked.within):
        code = written_number(cell) if isinstance(cell, float) else (cell or "").strip()
        if code and code not in known:
            known[code] = matcher.check_within(code)
        if code and not known[code]:
            place = place_text(asked.first_row + offset, question.within_column, question.language)
            found[offset].append(FindingRow("within_unknown", f"{place} ({code})"))
        codes.append(code if code and known[code] else None)
    return codes
