"""The documentation that the service gives of itself (接口文档): OpenAPI, a page to read, the problems."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict
from functools import cache
from typing import Any

import orjson
from flask import Blueprint, Response, abort, render_template, request

from geoname.faces.api.catalogue import GROUPS
from geoname.faces.api.language import preferred
from geoname.faces.api.openapi import openapi
from geoname.faces.api.problems import OF_ERRORS, OF_STATUSES, OTHER
from geoname.settings import Settings

STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:60rem;color:#1c2430}"
    "code{background:#eef1f5;padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}"
    "section{border-top:1px solid #cfd6df;padding:.5rem 0}dt{margin-top:.5rem}dd{margin:0 0 0 1rem}"
    "h1{font-size:1.4rem}h2{font-size:1.2rem}h3{font-size:1rem}a{color:#0b57a4}"
    "@media(prefers-color-scheme:dark){body{background:#14181d;color:#e3e7ec}code{background:#262d35}"
    "a{color:#8dc1ff}section{border-color:#3a434d}}"
)
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; frame-ancestors 'none'"


def documents_blueprint(settings: Settings) -> Blueprint:
    """`/openapi.json`, `/docs` and `/problems/{kind}`, in the language asked for."""
    blueprint = Blueprint("documents", __name__, template_folder="templates")

    def language() -> str:
        return preferred(request.headers.get("Accept-Language"), settings.language)

    @cache
    def document(spoken: str) -> dict[str, Any]:
        return openapi(settings.limits, spoken)

    @cache
    def written(spoken: str) -> bytes:
        return orjson.dumps(document(spoken))

    @blueprint.get("/openapi.json")
    def describe() -> Response:
        """The OpenAPI document."""
        return _cached(Response(written(language()), mimetype="application/json"))

    @blueprint.get("/docs")
    def read() -> Response:
        """The same to read."""
        spoken = language()
        return _page(
            render_template(
                "docs.html",
                style=STYLE,
                language=spoken,
                document=document(spoken),
                groups={name: both[0 if spoken == "zh" else 1] for name, both in GROUPS.items()},
                problems=_problems(),
                limits=asdict(settings.limits),
                limits_of=lambda schema: _allowed(schema, document(spoken)),
            )
        )

    @blueprint.get("/problems/<kind>")
    def problem(kind: str) -> Response:
        """What one kind of problem means."""
        found = _problems().get(kind)
        if found is None:
            abort(404)
        return _page(render_template("problem.html", style=STYLE, language=language(), problem=found))

    return blueprint


def _allowed(schema: dict[str, Any], document: dict[str, Any]) -> str:
    """What a parameter may be, as far as its schema says, for reading."""
    if "$ref" in schema:
        schema = {**document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], **schema}
    if "items" in schema:
        return _allowed(schema["items"], document)
    told = [" | ".join(schema["enum"])] if "enum" in schema else []
    for keyword, mark in (("minimum", "≥ "), ("maximum", "≤ "), ("maxLength", "≤ "), ("default", "= ")):
        if schema.get(keyword) not in (None, "", []):
            told.append(f"{mark}{schema[keyword]}")
    return f" ({', '.join(told)})" if told else ""


def _problems() -> dict[str, Any]:
    return {one.kind: one for one in (*OF_ERRORS.values(), *OF_STATUSES.values(), OTHER)}


def _page(html: str) -> Response:
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return _cached(response)


def _cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Language"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    response.make_conditional(request)
    return response
