"""What writing a list or a table of changes did (载入结果), told in its report."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from geoname.service.load_changes_report import ChangesReport
from geoname.service.load_divisions_report import DivisionListReport, Status
from geoname.store.protocols import Written

Report = TypeVar("Report", DivisionListReport, ChangesReport)


def with_outcome(report: Report, release_id: str, written: Written) -> Report:
    """The report of a load that was written: how much was new, and the release to take it back by."""
    changed = bool(written.added or written.changed)
    return replace(
        report,
        status=Status.LOADED if changed else Status.UNCHANGED,
        release=release_id,
        added=written.added,
        changed=written.changed,
        same=written.same,
    )
