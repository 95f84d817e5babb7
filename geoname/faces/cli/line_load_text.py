"""The report of a load of lines or markers (界线、界桩载入报告) as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geoname.faces.cli.load_divisions import changes_text, show_rejects
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts

Fact = tuple[str, object]


def show_line_load(report: Any, session: Session, what: str, own: Iterable[Fact], found: str) -> str:  # noqa: ANN401 - the service's report
    """What both tell: `what` was loaded, each kind's `own` facts, then what was `found` about it."""
    say = session.say
    told = facts(
        (
            (what, report.title),
            (say("结果", "result"), report.status),
            (say("行数", "rows"), report.rows),
            (say("所用的列", "columns"), ", ".join(f"{k}={v}" for k, v in report.columns.items())),
            (say("未用的列", "columns not used"), ", ".join(report.unused)),
            *own,
            (say("写入：增、改、未变", "added, changed, same"), changes_text(report)),
        )
    )
    return "\n".join(filter(None, (told, found, show_rejects(report.rejects, session))))
