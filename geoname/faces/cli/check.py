"""Commands of the naming rules (命名审查): check one name, audit the whole register."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import click
import orjson

from geoname.faces.api.catalogue import route_of
from geoname.faces.cli.asking import ask, given, parameters_of, write
from geoname.faces.cli.loading import progress_line
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.rule_answers import CheckShown, FindingShown, TextShown

_GRAVE = ("blocks", "advice")
_SEVERITIES = {"blocks": "阻止", "advice": "建议", "information": "提示", "clear": "无意见"}


def check(session: Session) -> click.Command:
    """`geoname check NAME --class CODE --within CODE`; exit code 1 when something is found."""
    route, arguments = route_of("check"), ["name"]

    def run(**values: Any) -> int:  # noqa: ANN401 - what click parsed
        answer = ask(session, route, given(values), arguments)
        write(session, answer, show_check)
        return FINDINGS if answer.verdict in _GRAVE else DONE

    return click.Command(
        "check",
        params=[*parameters_of(session, route, arguments), *shared_options(session)],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def audit(session: Session) -> click.Command:
    """`geoname audit-register`: counts for people, one JSON object on each line for programs."""
    say = session.say

    def run(within: str | None, scheme: str | None, rule: tuple[str, ...], decided: bool) -> int:
        from geoname.service.audit_register import audit_register

        counts: Counter[tuple[str, str, str]] = Counter()
        titles: dict[str, TextShown] = {}
        progress, finish = progress_line()
        try:
            with session.opened() as geoname:
                for found in audit_register(geoname, progress, within=within, scheme=scheme, decided=decided):
                    finding = found.finding
                    if rule and finding.rule not in rule:
                        continue
                    counts[finding.rule, finding.severity, finding.severity_if_new] += 1
                    titles[finding.rule] = finding.title
                    if session.as_json:
                        sys.stdout.buffer.write(orjson.dumps(found) + b"\n")
                    elif rule:
                        finish()
                        click.echo(f"{found.where}{found.name}\t{_said(session, finding.message)}")
        finally:
            finish()
        if not session.as_json:
            click.echo(_counted(session, counts, titles))
        return FINDINGS if any(severity in _GRAVE for _, severity, _ in counts) else DONE

    return click.Command(
        "audit-register",
        params=[
            click.Option(
                ["--within"], metavar="CODE", help=say("只报此区划之内的", "report this division only")
            ),
            click.Option(["--scheme"], metavar="SCHEME", help=say("代码体系", "code scheme")),
            click.Option(
                ["--rule"],
                metavar="RULE",
                multiple=True,
                help=say(
                    "只报此规则，并逐条列出（可多个）",
                    "report this rule only, each finding on a line (several)",
                ),
            ),
            click.Option(
                ["--decided"], is_flag=True, help=say("已有决定的也报", "report what is decided too")
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say("按命名规则审查整个地名库", "the whole register against the naming rules"),
    )


def show_check(answer: CheckShown, session: Session) -> str:
    """What the rules say of a name."""
    say = session.say
    head = facts(
        (
            (say("地名", "name"), answer.name),
            (say("类别", "class"), f"{answer.feature_class.code} {answer.feature_class.label}"),
            (say("专名", "specific"), answer.specific),
            (say("通名", "generic"), answer.generic),
            (say("拼写", "spelling"), answer.romanization.text),
            (say("所在", "within"), " › ".join(step.name for step in answer.within)),
            (say("结论", "verdict"), _graded(session, answer.verdict)),
        )
    )
    parts = [head, *(_shown(session, finding) for finding in answer.findings)]
    if answer.not_judged:
        listed = ", ".join(f"{one.rule} ({one.lacks})" for one in answer.not_judged)
        parts.append(say("缺少依据、未作判断：", "not judged for want of facts: ") + listed)
    return "\n\n".join(parts)


def _shown(session: Session, finding: FindingShown) -> str:
    say = session.say
    basis = "; ".join(
        f"{cited.text} [{cited.known}]" + (f" {cited.in_force_from}–" if cited.in_force_from else "")
        for cited in finding.citations
    )
    return facts(
        (
            (finding.rule, f"{_said(session, finding.title)}: {_graded(session, finding.severity)}"),
            (say("意见", "finding"), _said(session, finding.message)),
            (say("依据", "basis"), basis),
            (say("范围", "scope"), _said(session, finding.scope.note) if finding.scope else None),
            (say("可能的例外", "exceptions"), "; ".join(_said(session, one) for one in finding.exceptions)),
            (say("决定", "decision"), _decided(session, finding)),
            (say("标识", "id"), finding.id),
        )
    )


def _decided(session: Session, finding: FindingShown) -> str | None:
    made = finding.decision
    if made is None:
        return None
    outcome = session.say({"overruled": "可用", "upheld": "须改"}[made.outcome], made.outcome)
    return f"{outcome}: {made.reason} ({made.reviewer}, {made.on})"


def _counted(session: Session, counts: Counter[tuple[str, str, str]], titles: dict[str, TextShown]) -> str:
    if not counts:
        return session.say("无意见", "nothing found")
    heads = ("规则", "", "级别", "若为新名", "条数") if session.language == "zh" else (
        "rule", "", "severity", "if new", "findings",
    )  # fmt: skip
    rows = (
        (rule, _said(session, titles[rule]), _graded(session, now), _graded(session, new), count)
        for (rule, now, new), count in sorted(counts.items())
    )
    return table(heads, rows)


def _said(session: Session, text: TextShown) -> str:
    return session.say(text.zh, text.en)


def _graded(session: Session, severity: str) -> str:
    return session.say(_SEVERITIES[severity], severity)
