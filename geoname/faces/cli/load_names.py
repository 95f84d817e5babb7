"""The command that loads a table of names (载入地名数据): `geoname load names FILE`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import orjson

from geoname.faces.cli.session import DONE, FINDINGS, Session, actor, shared_options
from geoname.faces.cli.suggested_definition import show_drafted

Step = Callable[[str, int, int], None]
Progress = Callable[[], tuple[Step | None, Callable[[], None]]]


def load_names_command(session: Session, progress: Progress) -> click.Command:
    """`geoname load names`; `progress` makes what draws the progress, and what clears it away."""
    say = session.say

    def run(
        file: str,
        definition: str | None,
        dry_run: bool,
        suggest_definition: bool,
        rejects: str | None,
        changes: str | None,
    ) -> int:
        beside = None if definition is None else Path(definition)
        if suggest_definition:
            return _suggest(session, Path(file), beside)
        return _load(session, Path(file), beside, dry_run, rejects, changes, progress)

    def flag(name: str, zh: str, en: str) -> click.Option:
        return click.Option([name], is_flag=True, help=say(zh, en))

    return click.Command(
        "names",
        params=[
            click.Argument(["file"], metavar="FILE"),
            click.Option(
                ["--definition"],
                metavar="FILE.toml",
                help=say(
                    "数据说明文件（默认取数据旁的 FILE.toml）",
                    "the definition (default: FILE.toml beside it)",
                ),
            ),
            flag("--dry-run", "只检查、比较并报告，不写入", "check, compare and report only"),
            flag("--suggest-definition", "输出数据说明初稿", "write a definition to begin with"),
            click.Option(
                ["--rejects"],
                metavar="FILE.csv",
                help=say(
                    "退回的行写到这里（默认为数据旁的 FILE.rejects.csv）",
                    "where rows that fail are written (default: FILE.rejects.csv beside the file)",
                ),
            ),
            click.Option(
                ["--changes"],
                metavar="FILE.csv",
                help=say(
                    "对已有记录的每项改动写到这里（默认为数据旁的 FILE.changes.csv）",
                    "where changes of what was there are written (default: FILE.changes.csv beside the file)",
                ),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say(
            "载入自有地名表（CSV、XLSX、Parquet、Shapefile、GeoPackage、GeoJSON）",
            "load names of your own (CSV, XLSX, Parquet, Shapefile, GeoPackage, GeoJSON)",
        ),
    )


def _suggest(session: Session, file: Path, definition: Path | None) -> int:
    from geoname.service.suggest_names_definition import suggest_names_definition

    with session.opened() as geoname:
        return show_drafted(session, suggest_names_definition(geoname, file, definition))


def _load(
    session: Session,
    file: Path,
    definition: Path | None,
    dry_run: bool,
    rejects: str | None,
    changes: str | None,
    progress: Progress,
) -> int:
    from geoname.faces.cli.load_names_text import show_report
    from geoname.service.load_kinds import LoadRequest
    from geoname.service.load_names import load_names

    target = Path(rejects) if rejects is not None else file.with_name(f"{file.name}.rejects.csv")
    changed = Path(changes) if changes is not None else file.with_name(f"{file.name}.changes.csv")
    step, finish = progress()
    try:
        with session.opened() as geoname:
            request = LoadRequest(file, definition, actor(), dry_run, target, changes=changed)
            report = load_names(geoname, request, step)
    finally:
        finish()
    click.echo(orjson.dumps(report).decode() if session.as_json else show_report(report, session))
    return FINDINGS if report.rejected or report.warnings or report.counts.get("conflict") else DONE
