"""The command `geoname` (命令行入口): finds the command, tells errors in one line, gives the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from geoname import __version__
from geoname.errors import AmbiguousCodeError, GeonameError, InvalidInputError
from geoname.faces.cli.session import DONE, FAILED, WRONG_USE, Session, asked_language, shared_options
from geoname.faces.cli.wrong_use import wrong_use

COMMANDS: dict[str, tuple[str, str, str]] = {
    "serve": ("serving:serve", "启动 HTTP 服务和网页", "the HTTP service and the web page"),
    "load": ("loading:load", "载入数据", "load data"),
    "search": ("names:search", "查地名", "search the registered names"),
    "suggest": ("names:suggest", "边输入边提示", "suggestions while typing"),
    "match": ("match:match", "不规范地名对应的标准地名", "the standard names of texts as people write them"),
    "names": ("names:names", "地名记录", "records of names"),
    "check": ("check:check", "按命名规则审查一个地名", "one name against the naming rules"),
    "audit-register": (
        "check:audit",
        "按命名规则审查整个地名库",
        "the whole register against the naming rules",
    ),
    "findings": (
        "findings:findings",
        "审查意见和对它们的决定",
        "findings of the naming rules, and decisions on them",
    ),
    "validate": ("validate:validate", "批量核查一份地名表", "validate a table of names"),
    "locate": ("places:locate", "一点在哪里", "where a point lies"),
    "nearby": ("places:nearby", "近旁的地名", "names around a point"),
    "divisions": ("divisions:divisions", "行政区划", "administrative divisions"),
    "boundaries": ("boundaries:boundaries", "界线", "boundary lines"),
    "inspections": ("inspections:inspections", "界线联检", "joint inspections of boundary lines"),
    "export": ("exporting:export", "导出数据", "hand out data as files"),
    "editions": ("boundaries:editions", "界线版本", "boundary editions"),
    "loads": ("loads:loads", "交来载入的文件", "files that were handed in to be loaded"),
    "jobs": ("jobs:jobs", "后台核对的文件", "files that are validated in the background"),
    "tokens": ("tokens:tokens", "访问令牌", "access tokens"),
    "db": ("keeping:database", "数据库", "the database"),
    "doctor": ("keeping:doctor", "检查本机、数据和索引", "what is wrong with this machine, data or index"),
    "openapi": ("serving:describe", "输出 OpenAPI 文档", "write the OpenAPI document"),
}
"""Where each command is made; it is imported only when it is asked for."""


class LazyGroup(click.Group):
    """The commands of `COMMANDS`, listed without importing them."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            "geoname",
            params=[*shared_options(session), click.Option(["--version"], is_flag=True, expose_value=False,
                                                           is_eager=True, callback=_version)],
            help=session.say("地名、区划、界线", "Standard place names, divisions and boundary lines"),
        )  # fmt: skip
        self._session = session

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the table."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and make one command, None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, make = COMMANDS[cmd_name][0].split(":")
        made: click.Command = getattr(import_module(f"geoname.faces.cli.{module}"), make)(self._session)
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list from the table, so that help imports nothing."""
        with formatter.section(self._session.say("命令", "Commands")):
            formatter.write_dl([(name, self._session.say(zh, en)) for name, (_, zh, en) in COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"geoname {__version__}")
        ctx.exit()


def run(words: Sequence[str]) -> int:
    """Run one command; the exit code: 0 done, 1 findings, 2 wrong use, 3 failed."""
    session = Session(asked_language(words))
    try:
        code = LazyGroup(session).main([*words], "geoname", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_USE
    except click.ClickException as error:
        return _told(wrong_use(error, session), WRONG_USE)
    except click.Abort:
        return _told(session.say("已中止", "stopped"), FAILED)
    except GeonameError as error:
        code = WRONG_USE if isinstance(error, InvalidInputError | AmbiguousCodeError) else FAILED
        return _told(_with_field(error, session), code)
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code if isinstance(code, int) else DONE


def _with_field(error: GeonameError, session: Session) -> str:
    text = error.in_language(session.language)
    if isinstance(error, AmbiguousCodeError):
        text += " " + ", ".join(f"--scheme {scheme}: {name} {code}" for scheme, code, name in error.meanings)
    if error.field is None or error.field in text:
        return text
    return error.field + session.say("：", ": ") + text


def _told(text: str, code: int) -> int:
    line = " ".join(text.split())
    sys.stderr.write("geoname: " + line.encode("utf-8", "backslashreplace").decode() + "\n")
    return code


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))
