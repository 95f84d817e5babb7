"""What a drafted definition (数据说明初稿) looks like on the command line."""

from __future__ import annotations

from typing import Protocol

import click
import orjson

from geoname.faces.cli.session import DONE, Session


class Drafted(Protocol):
    """A definition that a service drafted, and the keys that only a person can fill in."""

    @property
    def text(self) -> str:
        """The definition as TOML."""
        ...

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys still to be filled in."""
        ...


def show_drafted(session: Session, found: Drafted) -> int:
    """Write the definition to standard output and say beside it what is to be filled in."""
    if session.as_json:
        click.echo(orjson.dumps(found).decode())
        return DONE
    click.echo(found.text, nl=False)
    if found.missing:
        keys = ", ".join(found.missing)
        click.echo(session.say(f"请补填：{keys}", f"fill in: {keys}"), err=True)
    return DONE
