"""The command `db move` (迁移数据库): from a file to a server and back, compared at the end."""

from __future__ import annotations

import click
import orjson

from geoname.faces.cli.loading import progress_line
from geoname.faces.cli.session import DONE, Session, shared_options
from geoname.faces.cli.tables import facts, table


def move(session: Session) -> click.Command:
    """`geoname db move SOURCE TARGET`."""

    def run(source: str, target: str) -> int:
        from geoname.service.move_database import move_database

        progress, finish = progress_line()
        try:
            report = move_database(source, target, progress)
        finally:
            finish()
        if session.as_json:
            click.echo(orjson.dumps(report).decode())
            return DONE
        say = session.say
        head = facts(
            (
                (say("源库", "source"), report.source),
                (say("目标库", "target"), report.target),
                (say("行数", "rows"), report.rows),
                (say("用时（秒）", "seconds"), report.seconds),
                (say("比对", "compared"), say("每张表都相同", "every table is equal")),
            )
        )
        heads = (say("表", "table"), say("行数", "rows"), "SHA-256")
        rows = table(heads, [(one.table, one.rows, one.sha256[:16]) for one in report.tables])
        click.echo(f"{head}\n\n{rows}")
        return DONE

    return click.Command(
        "move",
        params=[
            click.Argument(["source"], metavar="SOURCE"),
            click.Argument(["target"], metavar="TARGET"),
            *shared_options(session),
        ],
        callback=run,
        help=session.say(
            "复制到另一空库（文件或 postgresql:// 地址）并逐表比对",
            "copy to another, empty database (a file or a postgresql:// address), compared table by table",
        ),
    )
