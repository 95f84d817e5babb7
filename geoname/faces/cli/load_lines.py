"""The command that loads registered boundary lines (载入登记界线): `geoname load lines FILE`."""

from __future__ import annotations

from typing import Any

import click

from geoname.faces.cli.line_load_text import show_line_load
from geoname.faces.cli.load_divisions import Progress, heads_in, load_file_command
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import table

_MOST = 20


def load_lines_command(session: Session, progress: Progress) -> click.Command:
    """`geoname load lines`; `progress` makes what draws the progress, and what clears it away."""
    about = session.say(
        "载入登记界线（CSV、XLSX、GeoPackage、Shapefile、GeoJSON）",
        "load registered boundary lines (CSV, XLSX, GeoPackage, Shapefile, GeoJSON)",
    )
    return load_file_command(session, progress, "lines", show_lines_report, about)


def show_lines_report(report: Any, session: Session) -> str:  # noqa: ANN401 - the service's report
    """The report as text."""
    say = session.say
    own = (
        (say("层级", "levels"), ", ".join(f"{k} {v}" for k, v in report.levels.items())),
        (say("有图形", "with a course"), report.with_course),
    )
    found = show_differences(report.differences, session)
    return show_line_load(report, session, say("界线表", "lines"), own, found)


def show_differences(found: Any, session: Session) -> str:  # noqa: ANN401 - a tuple of differences
    """Disagreements between register and polygons, as a table; empty when there are none."""
    if not found:
        return ""
    heads = heads_in(
        session, "差异 界线 名称 登记（千米） 图形（千米） 相差 最远（米）",
        "difference line name registered(km) derived(km) apart greatest(m)",
    )  # fmt: skip
    rows = [
        (
            one.kind,
            one.line_id,
            one.name,
            None if one.registered_m is None else f"{one.registered_m / 1000:.1f}",
            None if one.derived_m is None else f"{one.derived_m / 1000:.1f}",
            None if one.apart is None else f"{one.apart:.0%}",
            one.greatest_m,
        )
        for one in found[:_MOST]
    ]
    head = session.say(f"登记与图形不符 {len(found)} 处：", f"{len(found)} differences from the polygons:")
    return head + "\n" + table(heads, rows)
