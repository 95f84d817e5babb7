"""Commands about administrative divisions (行政区划)."""

from __future__ import annotations

import click

from geoname.faces.cli.asking import ask_command
from geoname.faces.cli.division_changes import change_commands, successors_command
from geoname.faces.cli.names import path_text
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table
from geoname.service.browse_divisions import (
    Became,
    ChangeShown,
    DivisionHistory,
    DivisionShown,
    NeighbourList,
)
from geoname.service.list_divisions import DivisionPage


def divisions(session: Session) -> click.Group:
    """`geoname divisions list | show | children | neighbours | history`."""
    return click.Group(
        "divisions",
        commands=[
            ask_command(session, "divisions list", show_page),
            ask_command(session, "divisions show", show_one, ["code"]),
            ask_command(session, "divisions children", show_page, ["code"]),
            ask_command(session, "divisions neighbours", show_neighbours, ["code"]),
            ask_command(session, "divisions history", show_history, ["code"]),
            successors_command(session),
            *change_commands(session),
        ],
        help=session.say("行政区划", "administrative divisions"),
    )


def show_page(page: DivisionPage, session: Session) -> str:
    """Divisions as a table."""
    if not page.items:
        return session.say("没有找到", "nothing found")
    heads = ("代码", "名称", "层级", "类型", "所在") if session.language == "zh" else (
        "code", "name", "level", "kind", "within",
    )  # fmt: skip
    rows = ((one.code, one.name, one.level, one.kind, path_text(one.path[:-1])) for one in page.items)
    written = table(heads, rows)
    if page.next_cursor is not None:
        written += "\n" + session.say("还有：加", "more: add") + f" --cursor {page.next_cursor}"
    return written


def show_one(division: DivisionShown, session: Session) -> str:
    """One division."""
    say = session.say
    return facts(
        (
            (say("名称", "name"), division.name),
            (say("拼音", "pinyin"), division.romanization),
            (say("层级", "level"), f"{division.level}, {division.kind}"),
            (say("所在", "within"), path_text(division.path)),
            (say("代码", "codes"), ", ".join(f"{code.scheme} {code.code}" for code in division.codes)),
            (say("起", "from"), division.valid_from),
            (say("止", "until"), division.valid_until),
            (say("后为", "became"), "; ".join(map(_became_text, division.became))),
            (say("证据", "evidence"), division.evidence),
            (say("标识", "id"), division.id),
        )
    )


def _became_text(became: Became) -> str:
    """What took its place, wholly or in part, when and by which document."""
    name = became.division.name if became.division is not None else "—"
    return f"{name} ({', '.join(filter(None, (became.extent, became.on, became.document)))})"


def show_neighbours(found: NeighbourList, session: Session) -> str:
    """Neighbours with the length of the line shared."""
    heads = ("代码", "名称", "界线", "长度（千米）", "来源") if session.language == "zh" else (
        "code", "name", "line", "length (km)", "origin",
    )  # fmt: skip
    rows = (
        (near.division.code, near.division.name, near.line_id, f"{near.length_m / 1000:.1f}", near.origin)
        for near in found.items
    )
    return f"{table(heads, rows)}\n{found.edition.title}: {found.edition.map_note}"


def show_history(history: DivisionHistory, session: Session) -> str:
    """Codes and events, oldest first."""
    heads = ("日期", "事项", "原", "现", "文件", "可靠程度") if session.language == "zh" else (
        "date", "what", "from", "to", "document", "known",
    )  # fmt: skip

    def told(events: tuple[ChangeShown, ...]) -> str:
        return table(
            heads,
            (
                (
                    event.effective_on or event.approved_on or event.announced_on,
                    event.wording or event.operation,
                    ", ".join(party.division.name for party in event.from_divisions),
                    ", ".join(party.division.name for party in event.to_divisions),
                    event.document,
                    event.known,
                )
                for event in events
            ),
        )

    codes = ", ".join(
        f"{code.scheme} {code.code} ({code.valid_from or '?'}–{code.valid_until or ''})"
        for code in history.codes
    )
    written = f"{history.division.name}  {codes}\n{told(history.events)}"
    if history.below:
        written += (
            "\n" + session.say("所辖区划的变更：", "changes right below it:") + "\n" + told(history.below)
        )
    return written
