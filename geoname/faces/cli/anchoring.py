"""Commands that prove a database (验证): `db verify`, and `db anchors` to prove it by later."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import table


def verify(session: Session) -> click.Command:
    """`geoname db verify [--anchors FILE]`."""
    say = session.say

    def run(anchors: str | None) -> int:
        from geoname.service.audit_anchors import verify_with_anchors
        from geoname.service.keep_database import verify_database

        with session.opened() as geoname:
            found = verify_with_anchors(geoname, Path(anchors)) if anchors else verify_database(geoname)
        heads = (say("检查", "check"), say("位置", "where"), say("问题", "trouble"))
        rows = [(fault.check, fault.where, fault.trouble) for fault in found.faults]
        _tell(session, found, table(heads, rows) if rows else say("完整无损", "whole: nothing found"))
        return FINDINGS if found.faults else DONE

    return click.Command(
        "verify",
        params=[
            click.Option(
                ["--anchors"],
                metavar="FILE",
                help=say("并与先前写出的锚点核对", "hold it against anchors that were written before"),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say("检查完整性和审计链", "check wholeness and audit chains"),
    )


def anchors(session: Session) -> click.Command:
    """`geoname db anchors -o FILE`."""
    say = session.say

    def run(output: str) -> int:
        from geoname.service.audit_anchors import anchor_audit

        with session.opened() as geoname:
            made = anchor_audit(geoname, Path(output))
        text = say(
            f"{made.chains} 条审计链的链首已写入 {made.file}：请另处保存",
            f"the heads of {made.chains} chains are in {made.file}: keep it elsewhere",
        )
        _tell(session, made, text)
        return DONE

    return click.Command(
        "anchors",
        params=[
            click.Option(
                ["-o", "--output"], required=True, metavar="FILE", help=say("写入的新文件", "the new file")
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say("写出审计链锚点", "write the heads of the audit chains, to prove the database by"),
    )


def _tell(session: Session, value: object, text: str) -> None:
    click.echo(orjson.dumps(value).decode() if session.as_json else text)
