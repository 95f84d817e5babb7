"""The command that takes a load of names back (撤销载入): `geoname load undo RELEASE`."""

from __future__ import annotations

import click
import orjson

from geoname.faces.cli.session import DONE, Session, actor, shared_options
from geoname.faces.cli.tables import facts


def load_undo_command(session: Session) -> click.Command:
    """`geoname load undo`."""
    say = session.say

    def run(release: str) -> int:
        from geoname.service.load_undo import undo_load

        with session.opened() as geoname:
            undone = undo_load(geoname, release, actor())
        if session.as_json:
            click.echo(orjson.dumps(undone).decode())
            return DONE
        click.echo(
            facts(
                (
                    (say("已撤销", "taken back"), undone.release),
                    (say("撤去的记录", "records gone"), undone.gone),
                    (say("恢复的记录", "records as before"), undone.restored),
                )
            )
        )
        return DONE

    return click.Command(
        "undo",
        params=[click.Argument(["release"], metavar="RELEASE"), *shared_options(session)],
        callback=run,
        help=say(
            "撤销一次地名、区划名录或区划变更的载入（载入报告中写有批次）",
            "take a load of names, of a list of divisions or of changes back; its report names the release",
        ),
    )
