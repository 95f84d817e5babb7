"""Commands about findings of the naming rules (审查意见): list, show, decide."""

from __future__ import annotations

import click

from geoname.faces.cli.asking import ask_command
from geoname.faces.cli.names import path_text
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table
from geoname.service.finding_answers import KeptFindingList, KeptFindingShown

_OUTCOMES = {"overruled": "可用", "upheld": "须改"}


def findings(session: Session) -> click.Group:
    """`geoname findings list | show | decide`."""
    return click.Group(
        "findings",
        commands=[
            ask_command(session, "findings list", show_findings),
            ask_command(session, "findings show", show_finding, ["id"]),
            ask_command(session, "findings decide", show_finding, ["id"]),
        ],
        help=session.say("审查意见和对它们的决定", "findings of the naming rules, and decisions on them"),
    )


def show_findings(found: KeptFindingList, session: Session) -> str:
    """Kept findings as a table."""
    if not found.items:
        return session.say("没有审查意见", "no findings are kept")
    heads = ("标识", "规则", "地名", "所在", "决定", "理由") if session.language == "zh" else (
        "id", "rule", "name", "within", "decision", "reason",
    )  # fmt: skip
    rows = (
        (
            one.id,
            one.rule,
            one.name,
            path_text(one.within),
            _outcome(session, one.decision.outcome) if one.decision else None,
            one.decision.reason if one.decision else None,
        )
        for one in found.items
    )
    return table(heads, rows)


def show_finding(shown: KeptFindingShown, session: Session) -> str:
    """One finding with its decision."""
    say, decision = session.say, shown.decision
    title = shown.title
    message = shown.finding.message if shown.finding is not None else None
    return facts(
        (
            (say("标识", "id"), shown.id),
            (say("规则", "rule"), f"{shown.rule} {say(title.zh, title.en) if title else ''}".rstrip()),
            (say("地名", "name"), shown.name),
            (say("类别", "class"), f"{shown.feature_class.code} {shown.feature_class.label}"),
            (say("所在", "within"), path_text(shown.within)),
            (say("意见", "finding"), say(message.zh, message.en) if message else None),
            (say("决定", "decision"), _outcome(session, decision.outcome) if decision else None),
            (say("理由", "reason"), decision.reason if decision else None),
            (say("审查人", "reviewer"), decision.reviewer if decision else None),
            (say("日期", "day"), decision.on if decision else None),
            (say("版本", "version"), shown.version),
        )
    )


def _outcome(session: Session, outcome: str) -> str:
    return session.say(_OUTCOMES[outcome], outcome)
