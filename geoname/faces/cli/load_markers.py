"""The command that loads boundary markers (载入界桩): `geoname load markers FILE`."""

from __future__ import annotations

from typing import Any

import click

from geoname.faces.cli.line_load_text import show_line_load
from geoname.faces.cli.load_divisions import Progress, heads_in, load_file_command
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import table

_MOST = 20


def load_markers_command(session: Session, progress: Progress) -> click.Command:
    """`geoname load markers`; `progress` makes what draws the progress, and what clears it away."""
    about = session.say(
        "载入界桩（CSV、XLSX、GeoPackage、Shapefile、GeoJSON）",
        "load boundary markers (CSV, XLSX, GeoPackage, Shapefile, GeoJSON)",
    )
    return load_file_command(session, progress, "markers", show_markers_report, about)


def show_markers_report(report: Any, session: Session) -> str:  # noqa: ANN401 - the service's report
    """The report as text."""
    say = session.say
    own = (
        (say("界线数", "lines"), len(report.lines)),
        (say("有坐标", "with coordinates"), report.with_position),
        (say("旧基准，未转换", "old datum, not converted"), report.not_converted),
    )
    found = show_marker_findings(report.findings, session)
    return show_line_load(report, session, say("界桩表", "markers"), own, found)


def show_marker_findings(found: Any, session: Session) -> str:  # noqa: ANN401 - a tuple of findings
    """Findings of markers as a table; empty when there are none."""
    if not found:
        return ""
    say = session.say
    heads = heads_in(session, "界线 界桩 问题 说明", "line markers kind finding")
    rows = [
        (one.line, say("、", ", ").join(one.numbers[:4]), one.kind, say(one.message, one.message_en))
        for one in found[:_MOST]
    ]
    head = say(f"界桩问题 {len(found)} 条：", f"{len(found)} findings about markers:")
    return head + "\n" + table(heads, rows)
