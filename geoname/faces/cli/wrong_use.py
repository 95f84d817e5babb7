"""What is wrong with the words of a command (用法错误) and what to do about it, in Chinese and English."""

from __future__ import annotations

import click

from geoname.faces.cli.session import Session


def wrong_use(error: click.ClickException, session: Session) -> str:
    """One line that tells the trouble and where the usage is written; click itself speaks English only."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "geoname"
    trouble = session.say(_in_chinese(error), error.format_message().rstrip("."))
    return session.say(f"{trouble}：用法见 {path} --help", f"{trouble}: see {path} --help")


def _in_chinese(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        meant = f"，是否指 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{meant}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_named(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_named(error)} 的值不对（{error.message.rstrip('.')}）"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 用法不对（{error.message.rstrip('.')}）"
    return f"命令写法不对（{error.format_message().rstrip('.')}）"


def _named(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "参数")
    return (
        parameter.make_metavar(error.ctx)
        if isinstance(parameter, click.Argument) and error.ctx
        else parameter.opts[0]
    )
