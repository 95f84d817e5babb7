"""What loading a list of divisions found and did (载入报告)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.divisions.listing import Reject


class Status(StrEnum):
    """What came of it."""

    DRY_RUN = "dry_run"
    LOADED = "loaded"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class RejectShown:
    """A row that was not taken; messages in Chinese, and in English with `_en`."""

    row: int
    field: str
    value: str
    reason: str
    remedy: str
    reason_en: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class TiedShown:
    """A row whose name the register writes otherwise, and what told which division is meant."""

    row: int
    code: str
    name: str
    registered_name: str
    registered_code: str | None
    by: str


@dataclass(frozen=True, slots=True)
class NotListedShown:
    """A registered division that the list should hold and does not."""

    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class DivisionListReport:
    """`matched` counts rows by what told the division, `levels` by level.

    Compared with the register's primary scheme: `other_codes` divisions bear another code there, and
    `other_meanings` codes of the list mean another division there. `spelt_otherwise` is for a person to look
    at. `ended_codes` are codes of an earlier list of the scheme that this one replaces.
    """

    file: str
    title: str
    scheme: str
    as_of: str
    status: str
    rows: int
    columns: dict[str, str]
    codes_read_from_decimals: int
    matched: dict[str, int]
    levels: dict[str, int]
    added_divisions: int
    other_codes: int
    other_meanings: int
    ended_codes: int
    spelt_otherwise: tuple[TiedShown, ...]
    not_listed: tuple[NotListedShown, ...]
    rejects: tuple[RejectShown, ...]
    source: str
    rejected: int
    release: str = ""
    added: int = 0
    changed: int = 0
    same: int = 0


def reject_shown(reject: Reject) -> RejectShown:
    """A reject as answers show it."""
    return RejectShown(
        reject.row,
        reject.field,
        reject.value,
        reject.reason_zh,
        reject.remedy_zh,
        reject.reason,
        reject.remedy,
    )
