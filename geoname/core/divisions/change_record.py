"""The record of a change that was done over the interfaces (变更办理记录), and whether it was undone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """`request` and `report` are JSON: what was asked for, and what it did. Times are ISO 8601 in UTC.

    `completed_on` is the day by which all that the change asks for was done; `extended_by` the document that
    gives six months more for it.
    """

    id: str
    event_id: str
    request: str
    report: str
    done_at: str
    done_by: str
    undone_at: str | None = None
    undone_by: str | None = None
    completed_on: str | None = None
    extended_by: str | None = None

    @property
    def stands(self) -> bool:
        """True while it is not undone."""
        return self.undone_at is None
