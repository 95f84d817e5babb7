"""Write docs/reference.md: every command, route and setting, from the code; --check compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from geoname.faces.api.catalogue import GROUPS, ROUTES
from geoname.faces.cli.main import LazyGroup
from geoname.faces.cli.session import Session
from geoname.settings import VARIABLES

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"
SHARED = {"database", "as_json", "language", "help"}


def reference() -> str:
    """The whole page."""
    return "\n".join([*_heading(), *_commands(), *_routes(), *_settings()]) + "\n"


def _heading() -> list[str]:
    return [
        "# Reference",
        "",
        "Made by `python scripts/build_reference.py` from the code. The same for programs: `/openapi.json`,"
        " `geoname openapi`; for reading: `/docs`.",
    ]


def _commands() -> list[str]:
    group = LazyGroup(Session("en"))
    lines = [
        "",
        "## Commands",
        "",
        "Every command takes `--database PATH`, `--json` and `--language zh|en`."
        " Exit code: 0 done, 1 findings, 2 wrong use, 3 failed.",
        "",
        "| command | does |",
        "|---|---|",
    ]
    context = click.Context(group, info_name="geoname")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        lines += [
            f"| `{usage}` | {_cell(does)} |" for usage, does in _leaves(command, f"geoname {name}", context)
        ]
    return lines


def _leaves(command: click.Command, path: str, parent: click.Context) -> Iterator[tuple[str, str]]:
    if isinstance(command, click.Group):
        context = click.Context(command, parent=parent)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from _leaves(child, f"{path} {name}", context)
        return
    words = [path]
    for parameter in command.params:
        if parameter.name in SHARED:
            continue
        if isinstance(parameter, click.Argument):
            words.append((parameter.metavar or parameter.name or "").upper())
        elif isinstance(parameter, click.Option) and parameter.expose_value:
            words.append(f"[{parameter.opts[0]}]")
    yield " ".join(words), command.help or ""


def _routes() -> list[str]:
    lines = ["", "## Routes"]
    for group, (_, heading) in GROUPS.items():
        lines += ["", f"### {heading}", "", "| route | answers | command |", "|---|---|---|"]
        for route in ROUTES:
            if route.group == group:
                asked = ", ".join(f"`{name}`" for name in route.parameters if name not in route.placeholders)
                address = f"`{route.method} {route.path}` {asked}".rstrip()
                lines.append(f"| {address} | {_cell(route.en)} | `geoname {route.command}` |")
    return lines


def _settings() -> list[str]:
    lines = ["", "## Settings", "", "Read once from the environment.", "", "| variable | sets |", "|---|---|"]
    return lines + [f"| `{name}` | {_cell(does)} |" for name, does in VARIABLES.items()]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    made = reference()
    if "--check" in sys.argv[1:]:
        known = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
        sys.exit(0 if known == made else f"docs/{FILE.name} is out of date: run {sys.argv[0]}")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
