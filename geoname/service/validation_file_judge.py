"""The judge of one file (逐份核对): its columns found, chunks judged, rows said in parts for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from geoname.core.coordinates.convert import to_wgs84
from geoname.formats.tables.open_table import AnySource
from geoname.formats.tables.table import Cell, Chunk
from geoname.service.validation_answers import CandidateShown, ValidationOptions
from geoname.service.validation_columns import Columns
from geoname.service.validation_judge import judge
from geoname.service.validation_rows import Judged, NameMatcher
from geoname.service.validation_tables import question_of
from geoname.service.validation_wording import STATUSES

_STATUS, _NAME, _CODE, _PATH, _CONFIDENCE, _SECOND, _STEPS, _FINDINGS = range(8)
_CHOSEN = {"zh": "人工选定", "en": "chosen by a person"}


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What the appended cells of one row say, for a person to read."""

    status: str
    standard: str
    code: str
    path: str
    confidence: float | None
    steps: str
    findings: str


class OfferingMatcher(NameMatcher, Protocol):
    """A matcher that also tells what a text may mean."""

    def candidates(
        self, text: str, *, within: str | None, point: tuple[float, float] | None
    ) -> tuple[CandidateShown, ...]:
        """What a text may mean within a division by code, at a point in WGS 84; likeliest first."""
        ...


class FileJudge:
    """Judges the rows of one table; `wanted` are the columns that it reads, the one with the names first."""

    def __init__(self, options: ValidationOptions, source: AnySource, matcher: OfferingMatcher) -> None:
        """Find the columns; the options are complete and were checked against the table."""
        self.question = question_of(options, source)
        self._columns = Columns(self.question, source)
        self.wanted = self._columns.wanted
        self.appended = self._columns.appended
        self._matcher = matcher
        shown = STATUSES if options.language == "zh" else {status: status for status in STATUSES}
        self._statuses = {text: status for status, text in shown.items()}
        self._corrected = shown["corrected"]

    def judge(self, chunk: Chunk) -> Judged:
        """Judge the rows of a chunk."""
        return judge(self.question, self._columns.asked(chunk), self._matcher)

    def said(self, ours: Sequence[Cell]) -> RowSaid:
        """What the appended cells of a row say."""
        confidence = ours[_CONFIDENCE]
        return RowSaid(
            self._statuses[_text(ours[_STATUS])],
            _text(ours[_NAME]),
            _text(ours[_CODE]),
            _text(ours[_PATH]),
            None if confidence is None else float(confidence),
            _text(ours[_STEPS]),
            _text(ours[_FINDINGS]),
        )

    def chosen(self, ours: Sequence[Cell], choice: CandidateShown) -> list[Cell]:
        """The appended cells of a row for which a person chose: corrected, by whom and not with what odds."""
        cells = list(ours)
        cells[_STATUS], cells[_NAME], cells[_CODE] = self._corrected, choice.name, choice.code
        cells[_PATH], cells[_CONFIDENCE], cells[_SECOND] = "/".join(choice.path), None, None
        cells[_STEPS] = _CHOSEN[self.question.language]
        return cells

    def candidates(self, cells: Sequence[Cell]) -> tuple[CandidateShown, ...]:
        """What a row may mean, by the cells that are read of it, likeliest first."""
        one = Chunk(1, 1, tuple([cell] for cell in cells), (), 0, 0)
        asked = self._columns.asked(one)
        text, within, lon, lat = (
            None if column is None else column[0]
            for column in (asked.texts, asked.within, asked.lon, asked.lat)
        )
        code = self.question.within_code if within is None else _text(within).strip() or None
        if not isinstance(text, str) or not text.strip():
            return ()
        if code is not None and not self._matcher.check_within(code):
            code = None
        return self._matcher.candidates(text, within=code, point=self._point(lon, lat))

    def _point(self, lon: Cell, lat: Cell) -> tuple[float, float] | None:
        try:
            at = np.array([[float(lon or "nan")], [float(lat or "nan")]])
        except ValueError:
            return None
        if np.isnan(at).any() or abs(at[0, 0]) > 180 or abs(at[1, 0]) > 90:
            return None
        x, y = to_wgs84(at[0], at[1], self.question.crs)
        return float(x[0]), float(y[0])


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
