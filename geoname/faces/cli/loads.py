"""Commands about files that are to be loaded (载入任务): from the draft of a definition to the undoing."""

from __future__ import annotations

from pathlib import Path

import click

from geoname.faces.api.catalogue import route_of
from geoname.faces.api.private import Download
from geoname.faces.cli.asking import Show, ask, ask_command, given, write
from geoname.faces.cli.handed_over import opened_file, save_download
from geoname.faces.cli.session import DONE, Session, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.handing_in import Quota, Upload
from geoname.service.loads import LoadList, LoadShown
from geoname.service.suggested_load import SuggestedLoad

_KINDS = ("names", "divisions", "changes", "boundaries", "lines", "markers")


def loads(session: Session) -> click.Group:
    """`geoname loads suggest | add | list | show | rejects | changes | publish | undo`."""
    say = session.say
    return click.Group(
        "loads",
        commands=[
            _file_command(session, "loads suggest", show_suggested, trial=False),
            _file_command(session, "loads add", show_one, trial=True),
            ask_command(session, "loads list", show_list),
            ask_command(session, "loads show", show_one, ["id"]),
            _table_command(session, "rejects"),
            _table_command(session, "changes"),
            ask_command(session, "loads publish", show_one, ["id"]),
            ask_command(session, "loads undo", show_one, ["id"]),
        ],
        help=say("交来载入的文件", "files that were handed in to be loaded"),
    )


def _file_command(session: Session, command: str, show: Show, *, trial: bool) -> click.Command:
    route, say = route_of(command), session.say

    def run(file_: str, kind: str, definition: str | None, dry_run: bool = False) -> int:
        limits = session.settings().limits
        quota = Quota(limits.upload_bytes, limits.upload_rows, limits.open_jobs, limits.kept_days)
        told = Path(definition or f"{file_}.toml")
        values: dict[str, object] = {"kind": kind}
        if definition is not None or told.is_file():
            with opened_file(str(told)) as content:
                values["definition"] = content.read().decode("utf-8-sig", "replace")
        if trial:
            values["dry_run"] = dry_run
        with opened_file(file_) as content:
            upload = Upload(Path(file_).name, content, quota)
            write(session, ask(session, route, {"file": upload, **given(values)}, ["file"]), show)
        return DONE

    return click.Command(
        command.split()[-1],
        params=[
            click.Argument(["file_"], metavar="FILE"),
            click.Option(
                ["--kind"],
                type=click.Choice(_KINDS),
                default="names",
                help=say("种类", "what the file holds"),
            ),
            click.Option(
                ["--definition"],
                metavar="FILE.toml",
                help=say(
                    "数据说明（默认取数据旁的 FILE.toml）", "the definition (default: FILE.toml beside it)"
                ),
            ),
            *([click.Option(["--dry-run"], is_flag=True, help=say("试载", "try only"))] if trial else []),
            *shared_options(session),
        ],
        callback=run,
        help=say(route.zh, route.en),
    )


def _table_command(session: Session, which: str) -> click.Command:
    route = route_of(f"loads {which}")

    def run(id_: str, output: str) -> int:
        download: Download = ask(session, route, {"id": id_}, ["id"])
        save_download(download, Path(output))
        return DONE

    return click.Command(
        which,
        params=[
            click.Argument(["id_"], metavar="ID"),
            click.Option(
                ["-o", "--output"], required=True, metavar="FILE", help=session.say("写到", "where to")
            ),
            *shared_options(session),
        ],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def show_suggested(found: SuggestedLoad, session: Session) -> str:
    """The definition, its gaps after it."""
    gaps = session.say("请补填：", "fill in: ") + ", ".join(found.missing)
    return found.definition + (f"# {gaps}" if found.missing else "")


def show_list(found: LoadList, session: Session) -> str:
    """One line for each load."""
    say = session.say
    heads = (
        say("标识", "id"),
        say("种类", "kind"),
        say("文件", "file"),
        say("状态", "state"),
        say("试载", "dry run"),
        say("退回", "rejected"),
        say("时间", "time"),
    )
    rows = [
        (one.id, one.kind, one.filename, one.state, one.dry_run, one.rejected, one.created_at)
        for one in found.items
    ]
    return table(heads, rows)


def show_one(found: LoadShown, session: Session) -> str:
    """Where a load stands, and the figures of its report."""
    say = session.say
    counts = (found.report or {}).get("counts") or {}
    undone = found.undone or {}
    return facts(
        (
            (say("标识", "id"), found.id),
            (say("种类", "kind"), found.kind),
            (say("文件", "file"), found.filename),
            (say("状态", "state"), found.state),
            (say("试载", "dry run"), found.dry_run),
            (say("步骤", "step"), f"{found.step} {found.fraction:.0%}" if found.step else ""),
            (say("退回", "rejected"), found.rejected),
            (say("变化", "changes"), ", ".join(f"{kind} {count}" for kind, count in counts.items())),
            (say("已撤销", "taken back"), ", ".join(f"{key} {value}" for key, value in undone.items())),
            (say("未成", "trouble"), say(found.trouble.zh, found.trouble.en) if found.trouble else ""),
        )
    )
