"""Commands about names (地名): search, suggest, one name, its history."""

from __future__ import annotations

import click

from geoname.faces.cli.asking import ask_command
from geoname.faces.cli.naming import procedure_commands
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table
from geoname.service.answers import DivisionRef, NameSummary
from geoname.service.find_names import NamePage
from geoname.service.show_name import NameDetail, NameHistory
from geoname.service.suggest import Suggestions


def search(session: Session) -> click.Command:
    """`geoname search TEXT`."""
    return ask_command(session, "search", show_page, ["q"])


def suggest(session: Session) -> click.Command:
    """`geoname suggest TEXT`."""
    return ask_command(session, "suggest", show_suggestions, ["q"])


def names(session: Session) -> click.Group:
    """`geoname names show | history ID`, and what is done with names."""
    return click.Group(
        "names",
        commands=[
            ask_command(session, "names show", show_detail, ["id"]),
            ask_command(session, "names history", show_history, ["id"]),
            *procedure_commands(session),
        ],
        help=session.say("地名记录", "records of names"),
    )


def path_text(path: tuple[DivisionRef, ...]) -> str:
    """A chain of divisions on one line."""
    return " › ".join(step.name for step in path)


def name_row(name: NameSummary) -> tuple[object, ...]:
    """What a table shows of a name."""
    return (
        name.name,
        name.romanization.text,
        name.feature_class.label or name.feature_class.code,
        name.code,
        path_text(name.path),
        name.status,
        name.id,
    )


def name_heads(session: Session) -> tuple[str, ...]:
    """The heads over `name_row`."""
    if session.language == "zh":
        return ("地名", "拼音", "类别", "代码", "所在", "状态", "标识")
    return ("name", "pinyin", "class", "code", "within", "status", "id")


def show_page(page: NamePage, session: Session) -> str:
    """A page of names."""
    if not page.items:
        return session.say("没有找到", "nothing found")
    written = table(name_heads(session), map(name_row, page.items))
    if page.next_cursor is not None:
        written += "\n" + session.say("还有：加", "more: add") + f" --cursor {page.next_cursor}"
    return written


def show_suggestions(found: Suggestions, session: Session) -> str:
    """Suggestions as a table."""
    if not found.items:
        return session.say("没有找到", "nothing found")
    heads = name_heads(session)
    rows = (
        (one.name, one.romanization, one.feature_class.label, one.code, " › ".join(one.path), one.id)
        for one in found.items
    )
    return table((*heads[:5], heads[6]), rows)


def show_detail(detail: NameDetail, session: Session) -> str:
    """All that is recorded of a name, empty fields left out."""
    name, say = detail.name, session.say
    return facts(
        (
            (say("地名", "name"), name.name),
            (say("拼音", "pinyin"), name.romanization.text),
            (say("专名", "specific"), name.specific),
            (say("通名", "generic"), name.generic),
            (say("类别", "class"), f"{name.feature_class.code} {name.feature_class.label}"),
            (say("所在", "within"), path_text(name.path)),
            (say("代码", "codes"), ", ".join(f"{code.scheme} {code.code}" for code in name.codes)),
            (say("状态", "status"), f"{name.kind}, {name.status}"),
            (say("经度", "longitude"), name.location.lon),
            (say("纬度", "latitude"), name.location.lat),
            (say("位置精度", "exactness"), name.location.exactness),
            (say("起", "from"), name.valid_from),
            (say("止", "until"), name.valid_until),
            (say("其他名称", "other names"), ", ".join(other.name for other in detail.other_names)),
            (say("来历", "origin"), detail.account.origin),
            (say("含义", "meaning"), detail.account.meaning),
            (say("沿革", "history"), detail.account.history),
            (say("来源", "source"), f"{detail.provenance.title} ({detail.provenance.licence})"),
            (say("标识", "id"), name.id),
            (say("版本", "version"), detail.version),
        )
    )


def show_history(history: NameHistory, session: Session) -> str:
    """What happened to a name, oldest first."""
    heads = ("时间", "事项", "经办", "缘由", "文件") if session.language == "zh" else (
        "when", "what", "who", "why", "document",
    )  # fmt: skip
    rows = ((one.at, one.kind, one.actor, one.reason, one.document) for one in history.entries)
    return f"{history.name}\n{table(heads, rows)}"
