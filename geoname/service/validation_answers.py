"""What is answered of files to validate (批量核对的回答): progress, previews, rows, candidates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValidationOptions:
    """What a person says of a file: columns by heading, `within` a heading or a code, how it is written."""

    column: str | None = None
    within: str | None = None
    lon: str | None = None
    lat: str | None = None
    crs: str = "wgs84"
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    layer: str | None = None
    language: str = "zh"
    on: str | None = None
    """The day, YYYY-MM-DD, whose divisions and names count; today's when there is none."""


@dataclass(frozen=True, slots=True)
class TroubleShown:
    """Why a job failed, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ValidationShown:
    """A file as it stands: its state, how many rows are done at what rate, and how they came out.

    `counts` are the rows by status, without those for which a person chose, of which there are `chosen`.

    `state` is queued, running, done, failed or cancelled. `rows_total` is None where it is not known before
    all is read, `fraction` tells how much was. `rows_per_second` and `seconds_left` are None when nothing is
    at work.
    """

    id: str
    filename: str
    kind: str
    state: str
    options: ValidationOptions
    created_at: str
    started_at: str | None
    finished_at: str | None
    expires_at: str
    rows_total: int | None
    rows_done: int
    fraction: float
    rows_per_second: float | None
    seconds_left: float | None
    counts: dict[str, int]
    chosen: int
    trouble: TroubleShown | None


@dataclass(frozen=True, slots=True)
class ValidationList:
    """The files of one token, oldest first."""

    items: tuple[ValidationShown, ...]


@dataclass(frozen=True, slots=True)
class PreviewShown:
    """The columns of a file, its first rows, and the column that most likely holds the names."""

    filename: str
    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: str | None


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A name that a row's text may mean; `path` names the divisions from the top down to it."""

    id: str
    name: str
    code: str
    path: tuple[str, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of a file: the text looked at, how it came out, and what may be chosen; rows count from 1."""

    row: int
    text: str
    status: str
    standard: str
    code: str
    path: str
    confidence: float | None
    steps: str
    findings: str
    chosen: CandidateShown | None
    candidates: tuple[CandidateShown, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows in their order."""

    items: tuple[RowShown, ...]
    next_cursor: str | None
