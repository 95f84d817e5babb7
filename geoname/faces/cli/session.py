"""What one run of the command line (命令行) knows: database, language, whether a program reads the output."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geoname.settings import Settings, read_settings

if TYPE_CHECKING:  # opening a database imports half of the house, and `--help` opens none
    from geoname.service.opened import Geoname

DONE, FINDINGS, WRONG_USE, FAILED = 0, 1, 2, 3
Decorated = TypeVar("Decorated", bound=click.Command)


@dataclass(slots=True)
class Session:
    """The options that every command takes."""

    language: str = "zh"
    database: str | None = None
    as_json: bool = False

    def settings(self) -> Settings:
        """The environment's settings, the database as the command says."""
        return read_settings(database=self.database)

    @contextmanager
    def opened(self) -> Iterator[Geoname]:
        """The database, open for as long as the block lasts."""
        from geoname.faces.opening import field_practice, line_practice
        from geoname.service.opened import open_geoname

        settings = self.settings()
        geoname = open_geoname(
            settings.database,
            settings.cache,
            settings.files,
            settings.word_lists,
            line_practice(settings),
            field_practice(settings),
            settings.naming_rules,
            inspection_terms=settings.inspection_terms,
        )
        try:
            yield geoname
        finally:
            geoname.close()

    def say(self, zh: str, en: str) -> str:
        """One of two texts, by language."""
        return zh if self.language == "zh" else en


def asked_language(words: Sequence[str]) -> str:
    """The language of this run, needed before anything is parsed: help and errors are written in it."""
    for position, written in enumerate(words):
        if written == "--language" and position + 1 < len(words):
            return "en" if words[position + 1] == "en" else "zh"
        if written.startswith("--language="):
            return "en" if written.endswith("=en") else "zh"
    return "en" if os.environ.get("GEONAME_LANGUAGE") == "en" else "zh"


def shared_options(session: Session) -> list[click.Parameter]:
    """`--database`, `--json` and `--language`, which may stand before or after a command's name."""

    def keep(attribute: str) -> Any:  # noqa: ANN401 - a click callback
        def store(_: click.Context, __: click.Parameter, value: object) -> None:
            if value:
                setattr(session, attribute, value)

        return store

    return [
        click.Option(
            ["--database"],
            metavar="PATH",
            expose_value=False,
            callback=keep("database"),
            help=session.say(
                "数据库路径（默认取 GEONAME_DATABASE）", "database path (default: GEONAME_DATABASE)"
            ),
        ),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            expose_value=False,
            callback=keep("as_json"),
            help=session.say("输出 JSON", "write JSON"),
        ),
        click.Option(
            ["--language"],
            type=click.Choice(["zh", "en"]),
            expose_value=False,
            callback=keep("language"),
            help=session.say("语言", "language"),
        ),
    ]


def actor() -> str:
    """Who does it, for the record of changes: the account's name, or its number where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
