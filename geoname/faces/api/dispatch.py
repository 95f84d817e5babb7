"""From a request to an answer (请求分派): conditional, validated, asked of the service, written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any
from uuid import uuid4

import orjson
from flask import Response, request

from geoname.errors import GeonameError, InvalidInputError
from geoname.faces.api.authentication import caller, challenge_of
from geoname.faces.api.language import preferred
from geoname.faces.api.metrics import timer
from geoname.faces.api.private import PrivateRoute, private_responder
from geoname.faces.api.problems import OF_STATUSES, members_of, problem_of, write_problem
from geoname.faces.api.reading import Reader
from geoname.faces.api.route import Route
from geoname.faces.api.short_way import RAISED
from geoname.faces.api.wording import Fault, refused, word
from geoname.faces.opening import Opening
from geoname.service.keep_tokens import demand
from geoname.settings import Settings

_LOG = logging.getLogger("geoname.http")


def view_of(
    route: Route[Any],
    methods: tuple[str, ...],
    opening: Opening,
    settings: Settings,
    reader: Reader | None,
) -> Callable[..., Response]:
    """The function that Flask calls for a route; `methods` are all that its path knows.

    `reader` answers a route of GET, None stands for one that takes a body or is private.
    """
    if isinstance(route, PrivateRoute):
        respond = private_responder(route, opening, settings, read_json)
    else:
        respond = _poster(route, opening, settings) if reader is None else _reader(reader)
    good, bad, failed = (timer(route.method, route.path, f"{digit}xx") for digit in (2, 4, 5))
    preflight = _preflight(methods)

    def view(**path_values: str) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        began = perf_counter()
        try:
            response = respond(path_values)
        except GeonameError as error:
            response = _refusal(route, error, settings)
        took = perf_counter() - began
        status = response.status_code
        (good if status < 400 else bad if status < 500 else failed).observe(took)
        return response

    return view


def _reader(reader: Reader) -> Callable[[dict[str, str]], Response]:
    """Answers GET, HEAD too."""

    def respond(path_values: dict[str, str]) -> Response:
        environ = request.environ
        raise_again = environ.get(RAISED)
        if raise_again is not None:
            raise_again()
        status, headers, body = reader(environ, path_values)
        return Response(body, status, headers)

    return respond


def _poster(route: Route[Any], opening: Opening, settings: Settings) -> Callable[[dict[str, str]], Response]:
    """Answers queries that come as a JSON body."""

    def respond(path_values: dict[str, str]) -> Response:
        geoname = opening.get()
        asking = caller(request.environ, geoname)
        demand(asking, route.needs)
        language = preferred(request.environ.get("HTTP_ACCEPT_LANGUAGE"), settings.language)
        if not request.is_json:
            detail = (
                "请以 Content-Type: application/json 发送" if language == "zh" else "send application/json"
            )
            return write_problem(OF_STATUSES[415], 415, detail, language)
        if request.query_string:
            raise refused(
                [Fault(name[:40], *word("extra_forbidden", known="JSON")) for name in request.args]
                or [Fault("?", *word("extra_forbidden", known="JSON"))]
            )
        values = read_json(request.get_data(cache=False))
        answer = route.ask(geoname, route.read({**values, **path_values}, settings.limits), asking)
        headers = [
            ("Content-Type", route.media),
            ("Cache-Control", "no-store"),
            ("Access-Control-Allow-Origin", "*"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return Response(orjson.dumps(answer), 200, headers)

    return respond


def read_json(body: bytes) -> dict[str, object]:
    """The object that a body holds; InvalidInputError says where it is not JSON."""
    try:
        values = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise refused([Fault("body", *word("bad_json", trouble=str(error)))]) from None
    if not isinstance(values, dict):
        raise refused([Fault("body", *word("model_type"))])
    return values


def _refusal(route: Route[Any], error: GeonameError, settings: Settings) -> Response:
    language = preferred(request.environ.get("HTTP_ACCEPT_LANGUAGE"), settings.language)
    problem = problem_of(error)
    if problem.told:
        parameter = route.parameter_of(error.field) if isinstance(error, InvalidInputError) else error.field
        more = members_of(error, parameter, language)
        response = write_problem(problem, problem.status, error.in_language(language), language, **more)
        challenge = challenge_of(error)
        if challenge is not None:
            response.headers["WWW-Authenticate"] = challenge
        return response
    number = uuid4().hex
    _LOG.error("%s %s: %s", number, request.path, error)
    return write_problem(problem, problem.status, kept_back(number, language), language, id=number)


def kept_back(number: str, language: str) -> str:
    """What is told of trouble that only the keeper of the service can mend."""
    if language == "zh":
        return f"原因已记入服务日志，编号 {number}：请告知管理员"
    return f"the cause is in the service's log under {number}: tell its keeper"


def _preflight(methods: tuple[str, ...]) -> Callable[[], Response]:
    allowed = ", ".join(methods)
    headers = [
        ("Allow", allowed),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", allowed),
        (
            "Access-Control-Allow-Headers",
            "Accept-Language, Authorization, Content-Type, If-Match, If-None-Match",
        ),
        ("Access-Control-Max-Age", "86400"),
    ]
    return lambda: Response(None, 204, headers)
