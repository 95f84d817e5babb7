"""The OpenAPI document is whole: its form, its references, every route and every parameter."""

from __future__ import annotations

import re

import pytest
from schema_faults import KNOWN_KEYWORDS, faults, inside, resolved, shapes_in

from geoname.faces.api.catalogue import ROUTES
from geoname.faces.api.openapi import openapi
from geoname.faces.api.problems import OF_ERRORS
from geoname.settings import Limits


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_document_has_its_form(document):
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert set(document) <= {"openapi", "info", "servers", "tags", "paths", "components"}
    assert document["info"]["title"]
    assert document["info"]["version"]
    for path, method, operation in operations(document):
        assert path.startswith("/")
        assert method in {"get", "post", "put", "patch", "delete"}
        assert operation["responses"]
        for status, response in operation["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d|default", status)
            assert response["description"]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in document["components"]["schemas"])


def test_every_reference_leads_somewhere(document):
    references = [node["$ref"] for node in inside(document) if "$ref" in node]
    assert len(references) > 20
    assert all(isinstance(resolved(reference, document), dict) for reference in references)


def test_no_schema_is_left_over(document):
    used = {node["$ref"].rpartition("/")[2] for node in inside(document) if "$ref" in node}
    assert set(document["components"]["schemas"]) == used


def test_schemas_are_written_in_json_schema_alone(document):
    schemas = [
        *(node["schema"] for node in inside(document) if isinstance(node.get("schema"), dict)),
        *document["components"]["schemas"].values(),
    ]
    for schema in schemas:
        for shape in shapes_in(schema):
            assert set(shape) <= KNOWN_KEYWORDS, shape


def test_operations_have_ids_of_their_own(document):
    ids = [operation["operationId"] for *_, operation in operations(document) if "operationId" in operation]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\w+", id_) for id_ in ids)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_documented(document, route):
    operation = document["paths"][route.path][route.method.lower()]
    assert operation["summary"] == route.zh
    assert operation["x-command"] == f"geoname {route.command}"
    for problem in route.problems:
        assert str(OF_ERRORS[problem].status) in operation["responses"]
    if "parameters" in operation:
        described = {
            # The version that a change is made for travels in a header.
            "version" if parameter["in"] == "header" else parameter["name"]: parameter
            for parameter in operation["parameters"]
        }
        in_body = set()
        for sent in operation.get("requestBody", {}).get("content", {}).values():
            in_body |= set(sent["schema"]["properties"])
            assert all(one["description"] for one in sent["schema"]["properties"].values())
        assert set(described) | in_body == set(route.parameters)
        twice = {"version"} if getattr(route, "version_in_body", False) else set()
        assert set(described) & in_body == twice
        assert {name for name, one in described.items() if one["in"] == "path"} == set(route.placeholders)
        assert all(described[name]["required"] for name in route.placeholders)
        assert all(one["description"] for one in described.values())


def test_every_address_that_flask_knows_is_documented(app, document):
    documented = set(document["paths"])
    served = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    of_people = {
        "/",
        "/docs",
        "/openapi.json",
        "/problems/{kind}",
        "/assets/vendor/{path}",
        "/assets/{version}/{path}",
    }
    assert served - documented <= of_people
    assert documented <= served


def test_placeholders_are_those_of_the_path(document):
    for path, _, operation in operations(document):
        described = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"}
        assert described == set(re.findall(r"{(\w+)}", path))


def test_defaults_and_examples_obey_their_own_schema(document):
    for node in inside(document):
        if "schema" in node and "default" in node["schema"]:
            schema = node["schema"]
            if schema.get("type") != "array":
                assert list(faults(schema["default"], schema, document)) == []


def test_defaults_are_within_smaller_limits():
    document = openapi(Limits(page_size=5), "en")
    for node in inside(document):
        if "maximum" in node and "default" in node:
            assert node["default"] <= node["maximum"]


def test_bounds_that_are_checked_are_told(document):
    def schema(path, name):
        return next(
            one["schema"] for one in document["paths"][path]["get"]["parameters"] if one["name"] == name
        )

    assert schema("/v1/names", "limit") | {"minimum": 1, "maximum": 1000, "default": 20} == schema(
        "/v1/names", "limit"
    )
    assert (schema("/v1/locate", "lat")["minimum"], schema("/v1/locate", "lat")["maximum"]) == (-90, 90)
    assert schema("/v1/names", "q")["maxLength"] == 200
    assert set(schema("/v1/locate", "crs")["enum"]) == {"wgs84", "cgcs2000", "gcj02", "bd09"}


def test_english_and_chinese_say_the_same_things():
    def skeleton(node):
        if isinstance(node, dict):
            texts = {"summary", "description", "title"}
            return {name: skeleton(member) for name, member in node.items() if name not in texts}
        return [skeleton(item) for item in node] if isinstance(node, list) else node

    chinese, english = openapi(Limits(), "zh"), openapi(Limits(), "en")
    assert skeleton(chinese) == skeleton(english)
    told = [
        node["description"] for node in inside(english["paths"]) if isinstance(node.get("description"), str)
    ]
    assert all(text.isascii() for text in told)


def test_the_check_finds_what_is_wrong(document):
    schema = document["components"]["schemas"]["Problem"]
    whole = {"type": "a", "title": "b", "status": 400, "detail": "c", "instance": "d"}
    assert list(faults(whole, schema, document)) == []
    assert list(faults({**whole, "status": "400"}, schema, document))
    assert list(faults({**whole, "status": True}, schema, document))
    assert list(faults({**whole, "errors": [{"parameter": "q"}]}, schema, document))
    assert list(faults({name: value for name, value in whole.items() if name != "title"}, schema, document))
