"""Commands about changes of divisions (区划变更): what became of a code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from geoname.errors import DataFileError
from geoname.faces.api.catalogue import route_of
from geoname.faces.api.dispatch import read_json
from geoname.faces.cli.asking import ask, given, parameters_of, write
from geoname.faces.cli.load_divisions import heads_in
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import table
from geoname.service.succession import SuccessorsOfMany, SuccessorsShown, Unanswered

_OUTCOMES = {"same": "未变", "one": "有一个承继者", "several": "有几个承继者", "gone": "无记录的承继者"}
_EXTENTS = {"whole": "全部", "part": "部分"}


def successors_command(session: Session) -> click.Command:
    """`geoname divisions successors CODE --from DAY --to DAY`; exit code 1 when a code has no answer."""
    one, many = route_of("divisions successors"), route_of("divisions successors --items")
    say = session.say

    def run(code_: str | None, items_: str | None, **values: Any) -> int:  # noqa: ANN401
        asked = given(values)
        if items_ is None:
            answer = ask(session, one, {"code": code_, **asked} if code_ else asked, ["code"])
            write(session, answer, show_successors)
            return DONE
        found = ask(session, many, {**read_json_file(items_), **asked})
        write(session, found, show_many)
        return FINDINGS if any(isinstance(item, Unanswered) for item in found.items) else DONE

    return click.Command(
        "successors",
        params=[
            click.Argument(["code_"], metavar="CODE", required=False),
            *parameters_of(session, one, ["code"])[1:],
            click.Option(
                ["--items", "items_"],
                metavar="FILE",
                help=say(
                    '多个：JSON 文件 {"items": [{"code": …}, …]}，- 为标准输入',
                    'many: a JSON file {"items": [{"code": …}, …]}, - for standard input',
                ),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say(one.zh, one.en),
    )


def read_json_file(file: str) -> dict[str, object]:
    """The JSON object in a file, or from standard input for `-`; DataFileError when it cannot be read."""
    try:
        return read_json(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        raise DataFileError(
            f"{file} cannot be read ({error.strerror}): give a JSON file",
            zh=f"无法读取 {file}（{error.strerror}）：请给出 JSON 文件",
            field="file",
        ) from None


def show_successors(found: SuccessorsShown, session: Session) -> str:
    """The outcome, the heirs, and the way there."""
    say = session.say
    about = f"{found.division.name} {found.code}  {found.from_day} → {found.to_day}"
    outcome = say(_OUTCOMES[found.outcome], found.outcome)
    if not found.certain:
        outcome += say("（途中有日期只知年份）", " (a date on the way is known to the year only)")
    lines = [f"{about}  {outcome}"]
    for heir in found.heirs:
        codes = ", ".join(f"{code.scheme} {code.code}" for code in heir.codes)
        lines.append(f"  {heir.division.name}  {codes}  {say(_EXTENTS[heir.extent], heir.extent)}")
    if found.steps:
        heads = heads_in(session, "日期 事项 原 现 范围 文件", "date what from to extent document")
        rows = [
            (
                step.on,
                step.wording or step.operation,
                step.from_division.name,
                step.to_division.name if step.to_division else None,
                say(_EXTENTS[step.extent], step.extent),
                step.document,
            )
            for step in found.steps
        ]
        lines.append(table(heads, rows))
    return "\n".join(lines)


def show_many(found: SuccessorsOfMany, session: Session) -> str:
    """One after the other."""
    return "\n\n".join(
        f"{item.code}  {session.say(item.reason, item.reason_en)}"
        if isinstance(item, Unanswered)
        else show_successors(item, session)
        for item in found.items
    )
