"""The OpenAPI 3.1 document (接口说明), made from the routes' declarations."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from geoname import __version__
from geoname.core.register.visibility import Role
from geoname.errors import ChangedSinceError, VersionNeededError
from geoname.faces.api.catalogue import GROUPS, ROUTES
from geoname.faces.api.parameters import LIMITS_IN_SCHEMA
from geoname.faces.api.preconditions import HEADER, VERSION
from geoname.faces.api.private import Download, PrivateRoute
from geoname.faces.api.problems import MEDIA, OTHER, Problem
from geoname.faces.api.problems import OF_ERRORS as PROBLEMS
from geoname.faces.api.route import WITH_BODY, Route
from geoname.faces.api.running import Health, Readiness
from geoname.settings import Limits

_REF = "#/components/schemas/{model}"
_GEOJSON = {
    "type": "object",
    "required": ["type"],
    "properties": {"type": {"enum": ["Feature", "FeatureCollection"]}, "edition": {"type": "object"}},
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "message"],
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "meanings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["scheme", "code", "name"],
                "properties": {part: {"type": "string"} for part in ("scheme", "code", "name")},
            },
        },
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "rule", "message"],
                "properties": {part: {"type": "string"} for part in ("id", "rule", "message")},
            },
        },
        "id": {"type": "string"},
    },
}


def openapi(limits: Limits, language: str) -> dict[str, Any]:
    """The document in `zh` or `en`, with the limits of this service put in."""
    adapters: dict[type, TypeAdapter[Any]] = {
        route.answer: TypeAdapter(route.answer)
        for route in ROUTES
        if route.answer not in (bytes, Download, type(None))
    }
    adapters |= {Health: TypeAdapter(Health), Readiness: TypeAdapter(Readiness)}
    schemas, shared = TypeAdapter.json_schemas(
        [(kind, "serialization", adapter) for kind, adapter in adapters.items()], ref_template=_REF
    )
    of_answers = {kind: schemas[kind, "serialization"] for kind in adapters}
    components = {**shared.get("$defs", {}), "Problem": _PROBLEM, "GeoJSON": _GEOJSON}
    of_answers[bytes] = {"$ref": _REF.format(model="GeoJSON")}
    of_answers[Download] = {"type": "string", "format": "binary"}
    of_answers[type(None)] = {}
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        operation = _operation(route, of_answers[route.answer], components, limits, language)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    paths |= _running(of_answers)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "geoname" if language == "en" else "geoname 地名 · 区划 · 界线",
            "version": __version__,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": _said(*both, language)} for name, both in GROUPS.items()],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(
    route: Route[Any],
    answer: dict[str, Any],
    components: dict[str, Any],
    limits: Limits,
    language: str,
) -> dict[str, Any]:
    schema = route.query.model_json_schema(by_alias=True, ref_template=_REF)
    components.update(
        {name: _within(found, limits, language) for name, found in schema.pop("$defs", {}).items()}
    )
    fields = {name: _field(found, limits, language) for name, found in schema.get("properties", {}).items()}
    required = frozenset(schema.get("required", ()))
    operation: dict[str, Any] = {
        "operationId": f"{route.method.lower()}_{route.path.strip('/')}".translate(_AS_ID),
        "tags": [route.group],
        "summary": _said(route.zh, route.en, language),
        "x-command": f"geoname {route.command}",
        # Reading what is public needs no token; one that is given must be in force.
        "security": [{"bearer": []}] if route.needs is not Role.PUBLIC else [{}, {"bearer": []}],
        "responses": {**_success(route, answer, language), **_problem_responses(route, language)},
    }
    if route.method not in WITH_BODY:
        operation["parameters"] = [
            _parameter(route, name, found, name in required) for name, found in fields.items()
        ]
    else:
        outside = [*route.placeholders, *([VERSION] if _takes_version(route) else [])]
        apart = [_parameter(route, name, dict(fields[name]), True) for name in outside]
        kept = {VERSION} if isinstance(route, PrivateRoute) and route.version_in_body else set()
        fields = {name: found for name, found in fields.items() if name not in outside or name in kept}
        required -= kept
        if apart:
            operation["parameters"] = apart
        body = {
            "type": "object",
            "additionalProperties": False,
            "properties": fields,
            "required": [name for name in fields if name in required],
        }
        takes_file = isinstance(route, PrivateRoute) and route.takes_file
        media = "multipart/form-data" if takes_file else "application/json"
        operation["requestBody"] = {"required": True, "content": _content(media, body)}
    return operation


def _success(route: Route[Any], answer: dict[str, Any], language: str) -> dict[str, Any]:
    status = route.status if isinstance(route, PrivateRoute) else 200
    told: dict[str, Any] = {"description": _said("回答", "the answer", language)}
    if answer:
        told["content"] = _content(route.media, answer)
    headers = {
        "Location": isinstance(route, PrivateRoute) and bool(route.location),
        "ETag": route.is_versioned,
    }
    if any(headers.values()):
        told["headers"] = {name: {"schema": {"type": "string"}} for name, has in headers.items() if has}
    return {str(status): told}


_AS_ID = str.maketrans("/-{}.", "_____")


def _said(zh: str, en: str, language: str) -> str:
    return zh if language == "zh" else en


def _content(media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {media: {"schema": schema}}


def _within(schema: dict[str, Any], limits: Limits, language: str) -> dict[str, Any]:
    """The schema of what is part of a body, its fields described like those of the body."""
    if "properties" not in schema:
        return schema
    fields = {name: _field(found, limits, language) for name, found in schema["properties"].items()}
    return {**schema, "properties": fields}


def _field(found: dict[str, Any], limits: Limits, language: str) -> dict[str, Any]:
    """One field's schema: null left out, since absence says it; limits as this service has them."""
    kept = {name: value for name, value in found.items() if name not in ("title", "x-en", "x-limit")}
    options = [option for option in kept.pop("anyOf", []) if option != {"type": "null"}]
    for option in options:
        kept.update(option)
    if kept.get("default", "") is None:
        del kept["default"]
    if language == "en" and "x-en" in found:
        kept["description"] = found["x-en"]
    if "x-limit" in found:
        kept[LIMITS_IN_SCHEMA[found["x-limit"]]] = getattr(limits, found["x-limit"])
    if isinstance(kept.get("default"), int) and kept["default"] > kept.get("maximum", kept["default"]):
        kept["default"] = kept["maximum"]
    return kept


def _parameter(route: Route[Any], name: str, schema: dict[str, Any], required: bool) -> dict[str, Any]:
    if name == VERSION and _takes_version(route):
        told = {"description": schema.pop("description", ""), "schema": {"type": "string"}}
        needed = not (isinstance(route, PrivateRoute) and route.version_in_body)
        return {"name": HEADER, "in": "header", "required": needed, **told}
    place = "path" if name in route.placeholders else "query"
    parameter: dict[str, Any] = {"name": name, "in": place, "required": required or place == "path"}
    parameter["description"] = schema.pop("description", "")
    if name in route.many:
        parameter |= {"style": "form", "explode": True}
    return {**parameter, "schema": schema}


def _takes_version(route: Route[Any]) -> bool:
    return isinstance(route, PrivateRoute) and route.takes_version


def _problem_responses(route: Route[Any], language: str) -> dict[str, Any]:
    named = (ChangedSinceError, VersionNeededError) if _takes_version(route) else ()
    kinds: list[Problem] = [PROBLEMS[kind] for kind in (*route.problems, *named)]
    statuses = {str(kind.status): _said(kind.zh, kind.en, language) for kind in kinds}
    if route.method in WITH_BODY:
        statuses = {"413": "", "415": "", **statuses}
    statuses["default"] = _said(OTHER.zh, OTHER.en, language)
    schema = {"$ref": _REF.format(model="Problem")}
    return {
        status: {"description": text or status, "content": _content(MEDIA, schema)}
        for status, text in statuses.items()
    }


def _running(of_answers: dict[type, dict[str, Any]]) -> dict[str, Any]:
    def answers(media: str, schema: dict[str, Any]) -> dict[str, Any]:
        return {"200": {"description": "200", "content": _content(media, schema)}}

    unready = {
        "503": {"description": "503", "content": _content(MEDIA, {"$ref": _REF.format(model="Problem")})}
    }
    ready = answers("application/json", of_answers[Readiness]) | unready
    return {
        "/health": {"get": {"responses": answers("application/json", of_answers[Health])}},
        "/ready": {"get": {"responses": ready}},
        "/metrics": {"get": {"responses": answers("text/plain", {"type": "string"})}},
    }
