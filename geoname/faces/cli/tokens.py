"""Commands about access tokens (访问令牌): tokens add | list | revoke."""

from __future__ import annotations

import click
import orjson

from geoname.core.register.visibility import Role
from geoname.faces.cli.session import DONE, Session, actor, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.keep_tokens import TokenList, TokenMade, TokenShown


def tokens(session: Session) -> click.Group:
    """`geoname tokens add | list | revoke`."""
    say = session.say
    roles = click.Choice([role.value for role in Role if role is not Role.PUBLIC])
    options = [
        click.Option(["--role"], type=roles, required=True, help=say("角色", "role")),
        click.Option(
            ["--divisions"],
            default="",
            metavar="CODE,…",
            help=say("代表哪些区划，代码以逗号分隔", "codes of the divisions that it acts for"),
        ),
        click.Option(["--note"], default="", help=say("给谁用、作何用", "who has it and what for")),
    ]
    return click.Group(
        "tokens",
        commands=[
            click.Command(
                "add",
                params=[*options, *shared_options(session)],
                callback=lambda role, divisions, note: _add(session, role, divisions, note),
                help=say("新建令牌；密文只显示这一次", "make a token; its secret is shown this once"),
            ),
            click.Command(
                "list",
                params=shared_options(session),
                callback=lambda: _list(session),
                help=say("列出令牌", "list the tokens"),
            ),
            click.Command(
                "revoke",
                params=[click.Argument(["id_"], metavar="ID"), *shared_options(session)],
                callback=lambda id_: _revoke(session, id_),
                help=say("撤销令牌，立即生效", "revoke a token at once"),
            ),
        ],
        help=say("访问令牌", "access tokens"),
    )


def _add(session: Session, role: str, divisions: str, note: str) -> int:
    from geoname.service.keep_tokens import add_token

    codes = tuple(code.strip() for code in divisions.replace("，", ",").split(",") if code.strip())
    with session.opened() as geoname:
        made = add_token(geoname, role, codes, note, actor())
    _tell(session, made, show_made(made, session))
    return DONE


def _list(session: Session) -> int:
    from geoname.service.keep_tokens import list_tokens

    with session.opened() as geoname:
        found = list_tokens(geoname)
    _tell(session, found, show_list(found, session))
    return DONE


def _revoke(session: Session, id_: str) -> int:
    from geoname.service.keep_tokens import revoke_token

    with session.opened() as geoname:
        shown = revoke_token(geoname, id_, actor())
    _tell(session, shown, session.say(f"已撤销 {shown.id}", f"{shown.id} is revoked"))
    return DONE


def show_made(made: TokenMade, session: Session) -> str:
    """The token with its secret, and what it is for."""
    say = session.say
    return facts(
        (
            (say("令牌", "token"), made.token),
            (say("角色", "role"), made.shown.role),
            (say("区划", "divisions"), ", ".join(made.shown.divisions)),
            (say("说明", "note"), made.shown.note),
            (say("注意", "note well"), say("请立即保存，不再显示", "keep it now: it is not shown again")),
        )
    )


def show_list(found: TokenList, session: Session) -> str:
    """Tokens as a table, without what could be used."""
    if not found.items:
        return session.say("还没有令牌", "there are no tokens yet")
    heads = ("标识", "角色", "区划", "说明", "建立", "撤销") if session.language == "zh" else (
        "id", "role", "divisions", "note", "made", "revoked",
    )  # fmt: skip
    return table(heads, map(_row, found.items))


def _row(one: TokenShown) -> tuple[object, ...]:
    return one.id, one.role, ", ".join(one.divisions), one.note, one.created_at, one.revoked_at


def _tell(session: Session, value: object, text: str) -> None:
    click.echo(orjson.dumps(value).decode() if session.as_json else text)
