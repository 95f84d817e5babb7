"""Commands that load data (载入): load guizhou | boundaries."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click
import orjson

from geoname.faces.cli.load_boundaries import load_boundaries_command
from geoname.faces.cli.load_changes import load_changes_command
from geoname.faces.cli.load_divisions import load_divisions_command
from geoname.faces.cli.load_lines import load_lines_command
from geoname.faces.cli.load_markers import load_markers_command
from geoname.faces.cli.load_names import load_names_command
from geoname.faces.cli.load_undo import load_undo_command
from geoname.faces.cli.session import DONE, Session, actor, shared_options
from geoname.faces.cli.tables import facts

_PATIENCE_S = 2.0
_BAR = 24


def load(session: Session) -> click.Group:
    """`geoname load guizhou | boundaries`."""

    def guizhou(edition: str | None) -> int:
        from geoname.service.keep_database import shown_database
        from geoname.service.load_guizhou import load_guizhou

        settings = session.settings()
        progress, finish = progress_line()
        try:
            report = load_guizhou(settings.database, settings.cache, actor(), progress, edition)
        finally:
            finish()
        if session.as_json:
            click.echo(orjson.dumps(report).decode())
            return DONE
        say = session.say
        click.echo(
            facts(
                (
                    (say("数据库", "database"), shown_database(settings.database)),
                    (say("新增", "added"), report.added),
                    (say("更改", "changed"), report.changed),
                    (say("未变", "unchanged"), report.same),
                    (say("用时（秒）", "seconds"), report.seconds),
                    (say("启用的界线版本", "active edition"), report.active_edition),
                    (say("说明", "notes"), "; ".join(report.notes)),
                )
            )
        )
        return DONE

    edition_help = session.say("启用哪个界线版本", "the boundary edition to make active")
    return click.Group(
        "load",
        commands=[
            click.Command(
                "guizhou",
                params=[
                    click.Option(["--edition"], metavar="ID", help=edition_help),
                    *shared_options(session),
                ],
                callback=guizhou,
                help=session.say("载入随附的贵州数据", "load the shipped data of Guizhou"),
            ),
            load_names_command(session, progress_line),
            load_boundaries_command(session, progress_line),
            load_divisions_command(session, progress_line),
            load_lines_command(session, progress_line),
            load_markers_command(session, progress_line),
            load_changes_command(session, progress_line),
            load_undo_command(session),
        ],
        help=session.say("载入数据", "load data"),
    )


def progress_line() -> tuple[Callable[[str, int, int], None] | None, Callable[[], None]]:
    """What to call at each step, and at the end; it draws on a terminal only, and not before two seconds."""
    if not sys.stderr.isatty():
        return None, lambda: None
    began, drawn = time.monotonic(), [0]

    def step(what: str, done: int, of: int) -> None:
        if time.monotonic() - began < _PATIENCE_S:
            return
        filled = _BAR * done // of
        text = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{of} {what}"
        sys.stderr.write("\r" + text.ljust(drawn[0]))
        sys.stderr.flush()
        drawn[0] = len(text)

    def finish() -> None:
        if drawn[0]:
            sys.stderr.write("\r" + " " * drawn[0] + "\r")
            sys.stderr.flush()

    return step, finish
