"""Answers a GET (读取) from its WSGI environment alone: who asks, what is held, then the question itself."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

import orjson

from geoname import __version__
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.faces.api.authentication import caller
from geoname.faces.api.language import preferred
from geoname.faces.api.preconditions import version_tag
from geoname.faces.api.route import Route
from geoname.faces.opening import Opening
from geoname.service.keep_tokens import demand
from geoname.settings import Settings

VARY = "Accept-Language, Authorization, Accept-Encoding"

COMPRESSED_FROM = 8192
"""Bytes from which an answer is compressed: below, it costs more time than it saves."""


class Answered(NamedTuple):
    """A response that no framework has touched yet."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


# The quickest: text of coordinates and of JSON becomes a quarter of its size in it already.
_FAST = 1

Reader = Callable[[Mapping[str, Any], Mapping[str, str]], Answered]


def reader_of(route: Route[Any], opening: Opening, settings: Settings) -> Reader:
    """Answers from an environment and the values in the path; errors raised on purpose pass through.

    The tag is made of the address and of what answers depend on, so nothing is computed for a caller who
    holds the present answer.
    """
    ask, limits, usual, needs = route.ask, settings.limits, settings.language, route.needs
    ready_made, paged = route.answer is bytes, "cursor" in route.parameters
    versioned = route.is_versioned
    media = ("Content-Type", route.media)
    fixed = [
        ("Vary", VARY),
        ("Access-Control-Allow-Origin", "*"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if paged:
        fixed.append(("Access-Control-Expose-Headers", "ETag, Link"))

    def answer_of(environ: Mapping[str, Any], path_values: Mapping[str, str]) -> Answered:
        text: str = environ["QUERY_STRING"]
        geoname = opening.get()
        asking = caller(environ, geoname)
        demand(asking, needs)
        language = preferred(environ.get("HTTP_ACCEPT_LANGUAGE"), usual)
        address = zlib.crc32(f"{environ['PATH_INFO']}?{text}".encode())
        state = f"{address:08x}{_answer_state(geoname.generation, language, asking.role)}"
        headers = [*fixed, ("Cache-Control", _caching(asking))]
        held = environ.get("HTTP_IF_NONE_MATCH")
        # The tag of a record begins with its version, which only the record tells.
        answer = ask(geoname, route.read_text(text, path_values, limits), asking) if versioned else None
        tag = f'W/"{state}"' if answer is None else version_tag(answer.version, state)
        headers.append(("ETag", tag))
        if held is not None and f'{state}"' in held:
            return Answered("304 NOT MODIFIED", headers, b"")
        if answer is None:
            answer = ask(geoname, route.read_text(text, path_values, limits), asking)
        if paged and answer.next_cursor is not None:
            headers.append(("Link", _next_link(environ["PATH_INFO"], text, answer.next_cursor)))
        body = answer if ready_made else orjson.dumps(answer)
        if len(body) >= COMPRESSED_FROM and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body = gzip.compress(body, _FAST, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        headers += [media, ("Content-Length", str(len(body)))]
        return Answered("200 OK", headers, body)

    return answer_of


@lru_cache(maxsize=64)
def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding lets an answer be compressed with gzip."""
    codings = {}
    for each in accepted.lower().split(","):
        coding, _, quality = each.partition(";")
        codings[coding.strip()] = quality.replace(" ", "").rstrip("0") not in ("q=", "q=0.")
    return codings.get("gzip", codings.get("*", False))


def _caching(asking: Caller) -> str:
    """A shared cache keeps only what anyone may read."""
    return "no-cache" if asking.token_id is None else "private, no-cache"


@lru_cache(maxsize=64)
def _answer_state(generation: str, language: str, role: Role) -> str:
    """What an answer depends on beside its address, as a short digest."""
    return blake2b(f"{generation}\0{__version__}\0{language}\0{role}".encode(), digest_size=9).hexdigest()


def _next_link(path: str, text: str, cursor: str) -> str:
    # WSGI hands over as Latin-1 what a caller did not escape.
    asked = parse_qsl(text.encode("latin-1").decode(), keep_blank_values=True)
    pairs = [(name, value) for name, value in asked if name != "cursor"]
    address = quote(path.encode("latin-1")) + "?" + urlencode([*pairs, ("cursor", cursor)])
    return f'<{address}>; rel="next"'
