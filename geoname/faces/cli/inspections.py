"""Commands about joint inspections (界线联检): plan, list, show, record, advance, sign, deadlines, demo."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from geoname.core.register.token import KEEPER
from geoname.faces.api.catalogue import route_of
from geoname.faces.cli.asking import ask, ask_command, given, write
from geoname.faces.cli.inspection_materials import materials
from geoname.faces.cli.inspection_tables import (
    show_case,
    show_cases,
    show_deadlines,
    show_demo,
    show_demo_removed,
    show_finding,
    show_findings,
    show_peace,
    show_peace_list,
    show_plan,
    show_plans,
    show_progress,
    show_record,
    show_records,
    show_signature,
    show_signatures,
)
from geoname.faces.cli.loading import progress_line
from geoname.faces.cli.session import DONE, Session, actor, shared_options

_SHOWS: tuple[tuple[str, Callable[[Any, Session], str], tuple[str, ...], tuple[str, ...]], ...] = (
    ("plan", show_plan, (), ("adopt",)),
    ("plans", show_plans, (), ()),
    ("list", show_cases, (), ()),
    ("of-line", show_cases, ("id",), ()),
    ("show", show_case, ("id",), ()),
    ("open", show_case, ("line",), ()),
    ("advance", show_case, ("id", "step"), ()),
    ("paper", show_case, ("id",), ()),
    ("records", show_records, ("id",), ()),
    ("record", show_record, ("id", "item"), ("weeds_cleared",)),
    ("correct", show_record, ("id", "record"), ()),
    ("findings", show_findings, ("id",), ()),
    ("finding", show_finding, ("id", "kind", "item"), ("to_verify",)),
    ("handle", show_finding, ("id", "finding", "step"), ()),
    ("dispute", show_case, ("id",), ()),
    ("decide", show_case, ("id", "dispute"), ()),
    ("signatures", show_signatures, ("id",), ()),
    ("peace", show_peace_list, ("id",), ()),
    ("add-peace", show_peace, ("id",), ()),
    ("progress", show_progress, (), ()),
)
"""By command: how its answer is written, which parameters are arguments, which are flags."""


def inspections(session: Session) -> click.Group:
    """`geoname inspections …`."""
    commands = [
        _flagged(ask_command(session, f"inspections {name}", show, arguments), flags)
        for name, show, arguments, flags in _SHOWS
    ]
    return click.Group(
        "inspections",
        commands=[*commands, _sign(session), _deadlines(session), *materials(session), _demo(session)],
        help=session.say("界线联检", "joint inspections of boundary lines"),
    )


def _flagged(command: click.Command, flags: tuple[str, ...]) -> click.Command:
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.opts[0].removeprefix("--") in flags:
            command.params[command.params.index(parameter)] = click.Option(
                [*parameter.opts, str(parameter.name)], is_flag=True, help=parameter.help
            )
    return command


def _sign(session: Session) -> click.Command:
    """Signing by the digest that is shown; without one, what is to be signed is shown with it."""
    made = ask_command(session, "inspections sign", show_signature, ["id", "subject"])
    inner = made.callback
    assert inner is not None

    def run(**values: Any) -> int:  # noqa: ANN401 - what click parsed
        if values.get("digest_") is not None:
            return int(inner(**values))
        found = ask(session, route_of("inspections signatures"), {"id": values["id_"]}, ["id"])
        write(session, found, show_signatures)
        hint = session.say(
            "请核对内容后加 --digest 摘要 签字", "read what is signed, then sign with --digest DIGEST"
        )
        click.echo(hint, err=True)
        return DONE

    made.callback = run
    return made


def _deadlines(session: Session) -> click.Command:
    """The list, or with `--ics` the calendar."""
    made = ask_command(session, "inspections deadlines", show_deadlines)
    inner = made.callback
    assert inner is not None

    def run(ics: bool, **values: Any) -> int:  # noqa: ANN401 - what click parsed
        if not ics:
            return int(inner(**values))
        download = ask(session, route_of("inspections deadlines --ics"), given(values))
        for block in download.blocks:
            sys.stdout.buffer.write(block)
        sys.stdout.flush()
        return DONE

    made.callback = run
    made.params.insert(
        0,
        click.Option(["--ics"], is_flag=True, help=session.say("输出 iCalendar", "write them as iCalendar")),
    )
    return made


def _demo(session: Session) -> click.Command:
    say = session.say

    def run(remove: bool) -> int:
        from geoname.service.inspections_demo import remove_demo, run_demo

        keeper = replace(KEEPER, account=actor())
        with session.opened() as geoname:
            if remove:
                write(session, remove_demo(geoname, keeper), show_demo_removed)
                return DONE
            progress, finish = progress_line()
            try:
                made = run_demo(geoname, keeper, progress)
            finally:
                finish()
        write(session, made, show_demo)
        return DONE

    return click.Command(
        "demo",
        params=[
            click.Option(["--remove"], is_flag=True, help=say("删除演示数据", "remove what was generated")),
            *shared_options(session),
        ],
        callback=run,
        help=say("在真实界线上演示一轮联检，数据均标为生成", "a demonstration round, labelled generated"),
    )
