"""The command that loads a table of changes (载入区划变更): `geoname load changes FILE`."""

from __future__ import annotations

from typing import Any

import click

from geoname.faces.cli.load_divisions import (
    Progress,
    changes_text,
    heads_in,
    load_file_command,
    show_rejects,
)
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table


def load_changes_command(session: Session, progress: Progress) -> click.Command:
    """`geoname load changes`; `progress` makes what draws the progress, and what clears it away."""
    return load_file_command(
        session,
        progress,
        "changes",
        show_changes,
        session.say("载入区划变更表，连同批准文件和已撤销的区划", "load changes of divisions with documents"),
    )


def show_changes(report: Any, session: Session) -> str:  # noqa: ANN401 - the service's report
    """The report as text."""
    say = session.say
    counted = "，".join if session.language == "zh" else ", ".join
    parts = [
        facts(
            (
                (say("变更表", "table"), f"{report.title}  {report.scheme}"),
                (say("结果", "result"), report.status),
                (say("行数", "rows"), report.rows),
                (say("事件", "events"), counted(f"{k} {v}" for k, v in report.events.items())),
                (say("沿革关系", "edges"), report.edges),
                (say("已撤销的区划", "former divisions"), report.former_divisions),
                (say("补上起始的区划", "divisions dated"), report.dated_divisions),
                (say("本库已有的决定", "known already"), report.already_known),
                (say("按合并单元格补全的行", "rows filled from above"), len(report.filled_rows)),
                (say("写入：增、改、未变", "added, changed, same"), changes_text(report)),
                (say("批次", "release"), report.release or "-"),
            )
        )
    ]
    if report.tied_by_code:
        heads = heads_in(session, "行 代码 表中写作 本库写作", "row code listed registered")
        rows = [(one.row, one.code, one.name, one.registered_name) for one in report.tied_by_code]
        parts.append(say("按代码对应，请核对：", "tied by code, please look:") + "\n" + table(heads, rows))
    if report.not_tied:
        heads = heads_in(session, "行 区划 原因", "row division reason")
        left = [(one.row, one.value, say(one.reason, one.reason_en)) for one in report.not_tied]
        parts.append(say("未能对应的区划：", "divisions tied to none:") + "\n" + table(heads, left))
    parts.append(show_rejects(report.rejects, session))
    return "\n".join(filter(None, parts))
