"""Makes a command (命令) out of a route, so that both take, check and answer the same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import click
import orjson

from geoname.core.register.token import KEEPER
from geoname.errors import InvalidInputError
from geoname.faces.api.catalogue import route_of
from geoname.faces.api.route import Route
from geoname.faces.api.wording import RefusedInputError
from geoname.faces.cli.session import DONE, Session, actor, shared_options

Show = Callable[[Any, Session], str]


class WrongOptionError(InvalidInputError):
    """A parameter is wrong, named as the command line writes it."""


def ask_command(session: Session, command: str, show: Show, arguments: Sequence[str] = ()) -> click.Command:
    """The twin of the route that names `command`; `show` writes its answer for people."""
    route = route_of(command)

    def run(**values: Any) -> int:  # noqa: ANN401 - what click parsed
        answer = ask(session, route, given(values), arguments)
        write(session, answer, show)
        return DONE

    return click.Command(
        command.split()[-1],
        params=[*parameters_of(session, route, arguments), *shared_options(session)],
        callback=run,
        help=session.say(route.zh, route.en),
        context_settings={"ignore_unknown_options": bool({"lon", "lat"} & {*arguments})},
    )


def parameters_of(session: Session, route: Route[Any], arguments: Sequence[str]) -> list[click.Parameter]:
    """A click argument or option for every parameter of a route; the route itself checks the values."""
    made: list[click.Parameter] = []
    for name, attribute in route.parameters.items():
        info = route.query.model_fields[attribute]
        if name in arguments:
            continue
        extra = info.json_schema_extra
        en = str(extra.get("x-en", "")) if isinstance(extra, dict) else ""
        made.append(
            click.Option(
                [f"--{name}", _variable(name)],
                multiple=name in route.many,
                metavar=name.upper(),
                help=session.say(info.description or "", en),
            )
        )
    ordered = [click.Argument([_variable(name)], metavar=name.upper()) for name in arguments]
    return [*ordered, *made]


def ask(
    session: Session, route: Route[Any], values: Mapping[str, object], arguments: Sequence[str] = ()
) -> Any:  # noqa: ANN401 - the route's answer
    """The answer to the values, checked as the route checks them; errors name options."""
    try:
        query = route.read(values, session.settings().limits)
        with session.opened() as geoname:
            return route.ask(geoname, query, replace(KEEPER, account=actor()))
    except InvalidInputError as error:
        raise as_option(error, route, arguments) from None


def as_option(
    error: InvalidInputError, route: Route[Any], arguments: Sequence[str] = ()
) -> InvalidInputError:
    """The same error with each parameter written as an option or argument."""

    def option(name: str) -> str:
        return name.upper() if name in arguments else f"--{name}"

    if isinstance(error, RefusedInputError):
        return WrongOptionError(
            "; ".join(f"{option(fault.parameter)} {fault.en}" for fault in error.faults),
            zh="；".join(f"{option(fault.parameter)} {fault.zh}" for fault in error.faults),
        )
    name = route.parameter_of(error.field)
    if name is None or name not in route.parameters:
        return error
    return WrongOptionError(f"{option(name)}: {error.message}", zh=f"{option(name)}：{error.zh}")


def given(values: Mapping[str, object]) -> dict[str, object]:
    """What click parsed, without what was not given, under the names that routes use."""
    return {
        name.removesuffix("_"): list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None and value != ()
    }


def write(session: Session, answer: Any, show: Show) -> None:  # noqa: ANN401 - any route's answer
    """JSON as HTTP gives it, or a text for people."""
    if session.as_json:
        body = answer if isinstance(answer, bytes) else orjson.dumps(answer)
        sys.stdout.buffer.write(body + b"\n")
        sys.stdout.flush()
    else:
        click.echo(show(answer, session))


def _variable(name: str) -> str:
    return f"{name}_"  # `class` and `on` would otherwise meet Python's words
