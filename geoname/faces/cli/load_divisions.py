"""The command that loads a list of divisions (载入区划名录): `geoname load divisions FILE`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import orjson

from geoname.faces.cli.session import DONE, FINDINGS, Session, actor, shared_options
from geoname.faces.cli.suggested_definition import show_drafted
from geoname.faces.cli.tables import facts, table

Step = Callable[[str, int, int], None]
Progress = Callable[[], tuple[Step | None, Callable[[], None]]]
Show = Callable[[Any, Session], str]
_MOST = 20


def load_divisions_command(session: Session, progress: Progress) -> click.Command:
    """`geoname load divisions`; `progress` makes what draws the progress, and what clears it away."""
    return load_file_command(
        session,
        progress,
        "divisions",
        show_division_list,
        session.say(
            "载入区划名录（CSV、XLSX、Parquet、GeoPackage）", "load a list of divisions (CSV, XLSX, Parquet)"
        ),
    )


def load_file_command(
    session: Session, progress: Progress, kind: str, show: Show, about: str
) -> click.Command:
    """The command that loads one kind of file and shows its report; exit code 1 when rows were rejected."""
    say = session.say

    def run(
        file: str, definition: str | None, dry_run: bool, suggest_definition: bool, rejects: str | None
    ) -> int:
        from geoname.service.load_kinds import LoadRequest, kind_named

        beside = None if definition is None else Path(definition)
        if suggest_definition:
            return suggest_kind(session, kind, Path(file), beside)
        request = LoadRequest(
            Path(file),
            beside,
            actor(),
            dry_run,
            Path(rejects) if rejects else Path(f"{file}.rejects.csv"),
        )
        step, finish = progress()
        try:
            with session.opened() as geoname:
                report = kind_named(kind).load(geoname, request, step)
        finally:
            finish()
        click.echo(orjson.dumps(report).decode() if session.as_json else show(report, session))
        if report.rejects and not session.as_json:
            click.echo(say(f"退回的行见 {request.rejects}", f"rows not taken: {request.rejects}"), err=True)
        return FINDINGS if report.rejects or getattr(report, "not_tied", ()) else DONE

    return click.Command(
        kind,
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
            click.Option(
                ["--dry-run"], is_flag=True, help=say("只检查并报告，不写入", "check and report only")
            ),
            click.Option(
                ["--suggest-definition"],
                is_flag=True,
                help=say("输出数据说明初稿", "write a definition to begin with"),
            ),
            click.Option(
                ["--rejects"],
                metavar="FILE.csv",
                help=say(
                    "退回的行写到哪里（默认 FILE.rejects.csv）",
                    "where rows not taken go (default: FILE.rejects.csv)",
                ),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=about,
    )


def suggest_kind(session: Session, kind: str, file: Path, definition: Path | None) -> int:
    """Draft the definition of a file of a kind, and show it."""
    from geoname.service.suggest_load import suggest_for

    with session.opened() as geoname:
        return show_drafted(session, suggest_for(geoname, kind, file, definition))


def show_division_list(report: Any, session: Session) -> str:  # noqa: ANN401 - the service's report
    """The report as text."""
    say = session.say
    counted = "，".join if session.language == "zh" else ", ".join
    matched = counted(f"{by} {count}" for by, count in report.matched.items())
    parts = [
        facts(
            (
                (say("名录", "list"), f"{report.title}  {report.scheme} {report.as_of}"),
                (say("结果", "result"), report.status),
                (say("行数", "rows"), report.rows),
                (say("所用的列", "columns"), counted(f"{k}={v}" for k, v in report.columns.items())),
                (say("对应", "tied by"), matched),
                (say("新增区划", "divisions added"), report.added_divisions),
                (say("与本库主代码不同", "other code than here"), report.other_codes),
                (say("代码在本库另有所指", "code means another here"), report.other_meanings),
                (say("被取代的旧代码", "codes ended"), report.ended_codes),
                (say("写入：增、改、未变", "added, changed, same"), changes_text(report)),
                (say("批次", "release"), report.release or "-"),
            )
        )
    ]
    if report.spelt_otherwise:
        heads = heads_in(session, "代码 名录写作 本库写作 依据", "code listed registered by")
        rows = [(one.code, one.name, one.registered_name, one.by) for one in report.spelt_otherwise]
        parts.append(say("写法不同，请核对：", "written otherwise, please look:") + "\n" + table(heads, rows))
    if report.not_listed:
        names = say("、", ", ").join(each.name for each in report.not_listed[:_MOST])
        count = len(report.not_listed)
        parts.append(say(f"名录缺 {count} 个：{names}", f"{count} not in the list: {names}"))
    parts.append(show_rejects(report.rejects, session))
    return "\n".join(filter(None, parts))


def changes_text(report: Any) -> str:  # noqa: ANN401 - any load's report
    """How much was added, changed and left alone."""
    return f"{report.added}, {report.changed}, {report.same}"


def show_rejects(rejects: Sequence[Any], session: Session) -> str:
    """The first rows that were not taken, as a table; empty when there are none."""
    if not rejects:
        return ""
    say = session.say
    heads = heads_in(session, "行 列 内容 原因 办法", "row field value reason remedy")
    rows = [
        (one.row, one.field, one.value, say(one.reason, one.reason_en), say(one.remedy, one.remedy_en))
        for one in rejects[:_MOST]
    ]
    return say(f"退回 {len(rejects)} 行：", f"{len(rejects)} rows not taken:") + "\n" + table(heads, rows)


def heads_in(session: Session, zh: str, en: str) -> list[str]:
    """Headings of a table, one word each, in the language of the run."""
    return session.say(zh, en).split()
