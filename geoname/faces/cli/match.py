"""The command of matching (地名匹配): texts as people write them to standard names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from geoname.errors import DataFileError
from geoname.faces.api.catalogue import route_of
from geoname.faces.api.dispatch import read_json
from geoname.faces.cli.asking import ask, given, parameters_of, write
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import facts
from geoname.service.match_names import MatchesShown, MatchShown

_STATUSES = {
    "standard": "标准",
    "corrected": "已更正",
    "ambiguous": "有歧义",
    "retired": "已停用",
    "unknown": "查无此名",
    "invalid": "不是地名",
}
_KINDS = {
    "character_form": "字形",
    "width": "全半角",
    "variant_character": "异体或繁体字",
    "homophone": "同音或近音字",
    "similar_shape": "形近字",
    "typing_slip": "错漏字",
    "missing_generic": "缺通名",
    "wrong_generic": "通名有误",
    "abbreviation": "简称",
    "alias": "别名",
    "former_name": "旧名",
    "former_division": "旧区划",
    "wrong_parent": "上级有误",
    "missing_parent": "缺上级",
    "pinyin": "拼音",
    "numeral": "数字",
}


def match(session: Session) -> click.Command:
    """`geoname match TEXT…`; exit code 1 when a text has no safe answer."""
    one, many = route_of("match"), route_of("match --items")
    say = session.say

    def run(text_: tuple[str, ...], items_: str | None, **values: Any) -> int:  # noqa: ANN401
        asked = given(values)
        if items_ is None and len(text_) == 1:
            answer = ask(session, one, {"text": text_[0], **asked}, ["text"])
            write(session, answer, show_match)
            return DONE if answer.standard else FINDINGS
        hints = {name: asked.pop(name) for name in ("within", "lon", "lat") if name in asked}
        body = {"items": [{"text": text, **hints} for text in text_]} if items_ is None else _read(items_)
        found = ask(session, many, {**body, **asked})
        write(session, found, show_matches)
        return DONE if all(item.standard for item in found.items) else FINDINGS

    return click.Command(
        "match",
        params=[
            click.Argument(["text_"], metavar="TEXT", nargs=-1),
            *parameters_of(session, one, ["text"])[1:],
            click.Option(
                ["--items", "items_"],
                metavar="FILE",
                help=say(
                    '多项：JSON 文件 {"items": [{"text": …}, …]}，- 为标准输入',
                    'many: a JSON file {"items": [{"text": …}, …]}, - for standard input',
                ),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say(one.zh, one.en),
    )


def _read(file: str) -> dict[str, object]:
    try:
        return read_json(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        raise DataFileError(
            f"{file} cannot be read ({error.strerror}): give a JSON file",
            zh=f"无法读取 {file}（{error.strerror}）：请给出 JSON 文件",
            field="--items",
        ) from None


def show_match(answer: MatchShown, session: Session) -> str:
    """What a text means, and how that was seen."""
    say = session.say
    standard = answer.standard
    return facts(
        (
            (say("文字", "text"), answer.text),
            (say("结论", "status"), say(_STATUSES[answer.status], answer.status)),
            (say("标准名称", "standard"), standard and " › ".join(standard.path)),
            (say("代码", "code"), standard and standard.code),
            (say("置信度", "confidence"), f"{answer.confidence:.3f}"),
            *((say(_KINDS[str(step["kind"])], str(step["kind"])), _step(step)) for step in answer.steps),
            (say("其后", "remainder"), answer.remainder),
            *(
                (say("可能是", "perhaps"), f"{' › '.join(one.path)}  {one.confidence:.3f}")
                for one in answer.candidates
            ),
            *((say("提示", "note"), f"{one.kind} {one.detail}".strip()) for one in answer.findings),
        )
    )


def show_matches(answer: MatchesShown, session: Session) -> str:
    """One after the other."""
    return "\n\n".join(show_match(item, session) for item in answer.items)


def _step(step: dict[str, str | None]) -> str:
    since = " ".join(str(step[part]) for part in ("since", "basis") if step.get(part))
    return f"{step['from'] or '…'} → {step['to']}" + (f" ({since})" if since else "")
