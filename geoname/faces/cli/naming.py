"""Commands about naming procedures (命名办理): propose, approve, file, announce, rename, retire, correct."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from geoname.faces.api.catalogue import route_of
from geoname.faces.cli.asking import ask, ask_command, given, parameters_of, write
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.list_deadlines import DeadlineList
from geoname.service.name_procedures_answers import DeadlineShown, MatrixShown, ProcedureShown
from geoname.service.rule_answers import CitationShown, TextShown

_APPROVAL = ("on", "authority", "approver", "document", "papers", "romanization", "reason")
_STEPS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "approve": ("记录批准", "record an approval", _APPROVAL),
    "file": ("记录报送备案", "record a filing", ("on", "authority", "document", "accepted_on", "reason")),
    "announce": ("记录公告", "record an announcement", ("on", "authority", "document", "reason")),
    "rename": (
        "记录批准的更名",
        "record an approved renaming",
        ("name", *_APPROVAL, "cause", "exception", "exception_reason"),
    ),
    "retire": ("记录销名", "record a retirement", ("on", "authority", "document", "reason", "successor")),
}
"""What each command takes of the route that records events."""
_STATES = {"late": "逾期", "soon": "将到期", "open": "未到期"}
_STEP_NAMES = {
    "approve": "批准",
    "file": "备案",
    "announce": "公告",
    "rename": "更名",
    "retire": "销名",
    "correct": "更正",
}


def procedure_commands(session: Session) -> list[click.Command]:
    """`geoname names propose | approve | file | announce | rename | retire | correct …`."""
    return [
        ask_command(session, "names propose", show_procedure, ["name"]),
        *(_step(session, kind) for kind in _STEPS),
        ask_command(session, "names correct", show_procedure, ["id"]),
        ask_command(session, "names record", show_procedure, ["id"]),
        ask_command(session, "names procedure", show_procedure, ["id"]),
        _deadlines(session),
        ask_command(session, "names matrix", show_matrix),
    ]


def _step(session: Session, kind: str) -> click.Command:
    route, arguments = route_of("names record"), ["id"]
    zh, en, taken = _STEPS[kind]
    parameters = [
        parameter
        for parameter in parameters_of(session, route, arguments)
        if str(parameter.name).removesuffix("_") in (*arguments, *taken)
    ]

    def run(**values: Any) -> int:  # noqa: ANN401 - what click parsed
        answer = ask(session, route, {**given(values), "kind": kind}, arguments)
        write(session, answer, show_procedure)
        return DONE

    return click.Command(
        kind,
        params=[*parameters, *shared_options(session)],
        callback=run,
        help=session.say(zh, en),
    )


def _deadlines(session: Session) -> click.Command:
    route, arguments = route_of("names deadlines"), list[str]()

    def run(**values: Any) -> int:  # noqa: ANN401 - what click parsed
        answer: DeadlineList = ask(session, route, given(values), arguments)
        write(session, answer, show_deadlines)
        return FINDINGS if answer.counts["late"] else DONE

    return click.Command(
        "deadlines",
        params=[*parameters_of(session, route, arguments), *shared_options(session)],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def show_procedure(shown: ProcedureShown, session: Session) -> str:
    """Where a name stands."""
    say, name, approval = session.say, shown.name.name, shown.name.approval
    head = facts(
        (
            (say("地名", "name"), name.name),
            (say("拼写", "spelling"), name.romanization.text),
            (say("类别", "class"), f"{name.feature_class.code} {name.feature_class.label}"),
            (say("所在", "within"), " › ".join(step.name for step in name.path)),
            (say("状态", "status"), f"{name.status}, {name.publication}"),
            (
                say("批准", "approved"),
                _together(approval.approved_on, approval.approved_by, approval.document),
            ),
            (say("报送备案", "filed"), _together(approval.filed_on, approval.accepted_on)),
            (say("公告", "announced"), approval.announced_on),
            (say("更名自", "follows"), ", ".join(f"{one.name} {one.id}" for one in shown.predecessors)),
            (say("更名为", "followed by"), ", ".join(f"{one.name} {one.id}" for one in shown.successors)),
            (say("下一步", "next"), ", ".join(say(_STEP_NAMES[step], step) for step in shown.steps)),
            (say("标识", "id"), shown.id),
            (say("版本", "version"), shown.version),
        )
    )
    parts = [head]
    if shown.deadlines:
        parts.append(_deadline_table(shown.deadlines, session))
    found = (*shown.findings, *shown.procedure_findings)
    parts += [f"{one.rule} {one.severity}: {_said(session, one.message)}" for one in found]
    parts += [_said(session, note) for note in shown.notes]
    return "\n\n".join(parts)


def show_deadlines(found: DeadlineList, session: Session) -> str:
    """What is due, the first to run out first."""
    counted = ", ".join(
        f"{session.say(_STATES[state], state)} {count}" for state, count in found.counts.items()
    )
    if not found.items:
        return session.say(
            f"{found.on}：没有要列出的期限（{counted}）", f"{found.on}: nothing to list ({counted})"
        )
    return f"{found.on}: {counted}\n{_deadline_table(found.items, session)}"


def show_matrix(matrix: MatrixShown, session: Session) -> str:
    """The matrix as a table, a line for each organ that approves."""
    say = session.say
    heads = ("种类", "批准", "备案", "公告", "公告自", "依据") if session.language == "zh" else (
        "kind", "approved by", "filed with", "announced by", "days from", "basis",
    )  # fmt: skip
    clocks = {"approval": "批准", "filing": "报送备案", None: ""}
    rows = []
    for row in matrix.items:
        local = say("（由省里规定）", " (local rule)") if row.is_local else ""
        for organ in row.approvers:
            rows.append(
                (
                    _said(session, row.title) + local,
                    _said(session, organ.title),
                    _said(session, organ.filed_with) if organ.filed_with else None,
                    _said(session, organ.announced_by),
                    say(clocks[organ.clock], organ.clock or ""),
                    _cited((*row.citations, *organ.citations)) + (f"; {row.origin}" if row.origin else ""),
                )
            )
    return table(heads, rows)


def _deadline_table(deadlines: Sequence[DeadlineShown], session: Session) -> str:
    zh = ("到期", "剩余天数", "状态", "事项", "对象", "标识", "责任", "依据")
    en = ("due", "days left", "state", "what", "of", "id", "duty of", "basis")
    heads = zh if session.language == "zh" else en
    rows = (
        (
            one.due_on,
            one.days_left,
            session.say(_STATES[one.state], one.state),
            _said(session, one.what),
            one.title,
            one.id,
            _said(session, one.duty) if one.duty is not None else None,
            _cited(one.citations),
        )
        for one in deadlines
    )
    return table(heads, rows)


def _cited(citations: Sequence[CitationShown]) -> str:
    return "; ".join(f"{cited.text} [{cited.known}]" for cited in citations)


def _together(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _said(session: Session, text: TextShown) -> str:
    return session.say(text.zh, text.en)
