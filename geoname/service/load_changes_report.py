"""What loading a table of changes found and did (变更载入报告)."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.service.load_divisions_report import RejectShown


@dataclass(frozen=True, slots=True)
class ChangeTied:
    """A division of the table that the register writes otherwise, tied by its code."""

    row: int
    code: str
    name: str
    registered_name: str
    by: str


@dataclass(frozen=True, slots=True)
class ChangesReport:
    """`events` by operation; `former_divisions` are new in the register, with the periods they had.

    `dated_divisions` are present ones whose beginning or earlier state is known now. `filled_rows` had half
    of their cells empty and were read as belonging to the row above. `already_known` decisions stood in the
    register. `not_tied` are rows one of whose divisions the register does not have: the rest of the row is
    loaded, and the edge leads nowhere. `rejected` counts rejects and rows not tied.
    """

    file: str
    title: str
    scheme: str
    status: str
    rows: int
    columns: dict[str, str]
    events: dict[str, int]
    edges: int
    former_divisions: int
    dated_divisions: int
    already_known: int
    filled_rows: tuple[int, ...]
    tied_by_code: tuple[ChangeTied, ...]
    not_tied: tuple[RejectShown, ...]
    rejects: tuple[RejectShown, ...]
    source: str
    rejected: int
    release: str = ""
    added: int = 0
    changed: int = 0
    same: int = 0
