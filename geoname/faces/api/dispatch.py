"""From a request to an answer (请求分派): conditional, validated, asked of the service, written."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode
from uuid import uuid4

import orjson
from flask import Response, request

from geoname import __version__
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import GeonameError, InvalidInputError
from geoname.faces.api.authentication import caller, challenge_of
from geoname.faces.api.language import preferred
from geoname.faces.api.metrics import timer
from geoname.faces.api.problems import OF_STATUSES, members_of, problem_of, write_problem
from geoname.faces.api.route import Route
from geoname.faces.api.wording import Fault, refused, word
from geoname.faces.opening import Opening
from geoname.service.keep_tokens import demand
from geoname.settings import Settings

_LOG = logging.getLogger("geoname.http")
_VARY = "Accept-Language, Authorization"


def view_of(
    route: Route[Any], methods: tuple[str, ...], opening: Opening, settings: Settings
) -> Callable[..., Response]:
    """The function that Flask calls for a route; `methods` are all that its path knows."""
    respond = (
        _reader(route, opening, settings) if route.method == "GET" else _poster(route, opening, settings)
    )
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


def _reader(route: Route[Any], opening: Opening, settings: Settings) -> Callable[[dict[str, str]], Response]:
    """Answers GET: nothing is computed for a caller who holds the present answer."""
    ask, limits, usual = route.ask, settings.limits, settings.language
    ready_made, paged = route.answer is bytes, "cursor" in route.parameters
    fixed = [
        ("Content-Type", route.media),
        ("Vary", _VARY),
        ("Access-Control-Allow-Origin", "*"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if paged:
        fixed.append(("Access-Control-Expose-Headers", "ETag, Link"))

    def respond(path_values: dict[str, str]) -> Response:
        environ = request.environ
        text: str = environ["QUERY_STRING"]
        geoname = opening.get()
        asking = caller(environ, geoname)
        demand(asking, route.needs)
        language = preferred(environ.get("HTTP_ACCEPT_LANGUAGE"), usual)
        address = zlib.crc32(f"{environ['PATH_INFO']}?{text}".encode())
        tag = f'"{address:08x}{_answer_state(geoname.generation, language, asking.role)}"'
        kept = ("Cache-Control", _caching(asking))
        held = environ.get("HTTP_IF_NONE_MATCH")
        if held is not None and tag in held:
            return Response(None, 304, [*fixed[1:], kept, ("ETag", f"W/{tag}")])
        answer = ask(geoname, route.read_text(text, path_values, limits), asking)
        response = Response(
            answer if ready_made else orjson.dumps(answer), 200, [*fixed, kept, ("ETag", f"W/{tag}")]
        )
        if paged and answer.next_cursor is not None:
            response.headers["Link"] = _next_link(text, answer.next_cursor)
        return response

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


def _caching(asking: Caller) -> str:
    """A shared cache keeps only what anyone may read."""
    return "no-cache" if asking.token_id is None else "private, no-cache"


def read_json(body: bytes) -> dict[str, object]:
    """The object that a body holds; InvalidInputError says where it is not JSON."""
    try:
        values = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise refused([Fault("body", *word("bad_json", trouble=str(error)))]) from None
    if not isinstance(values, dict):
        raise refused([Fault("body", *word("model_type"))])
    return values


@lru_cache(maxsize=64)
def _answer_state(generation: str, language: str, role: Role) -> str:
    """What an answer depends on beside its address, as a short digest."""
    return blake2b(f"{generation}\0{__version__}\0{language}\0{role}".encode(), digest_size=9).hexdigest()


def _next_link(text: str, cursor: str) -> str:
    pairs = [(name, value) for name, value in parse_qsl(text, keep_blank_values=True) if name != "cursor"]
    address = quote(request.path) + "?" + urlencode([*pairs, ("cursor", cursor)])
    return f'<{address}>; rel="next"'


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
        return f"原因已记入服务日志,编号 {number}:请告知管理员"
    return f"the cause is in the service's log under {number}: tell its keeper"


def _preflight(methods: tuple[str, ...]) -> Callable[[], Response]:
    allowed = ", ".join(methods)
    headers = [
        ("Allow", allowed),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", allowed),
        ("Access-Control-Allow-Headers", "Accept-Language, Authorization, Content-Type, If-None-Match"),
        ("Access-Control-Max-Age", "86400"),
    ]
    return lambda: Response(None, 204, headers)
