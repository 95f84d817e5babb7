"""Every answer and every refusal has the shape that the OpenAPI document tells."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter
from schema_faults import faults

from geoname.faces.api.catalogue import ROUTES

QUESTIONS = {
    "search": [
        "?q=青岩",
        "?q=qingyan&mode=pinyin",
        "?limit=200",
        "?status=historical&limit=200",
        "?q=没有这样的地名x",
    ],
    "names show": ["?q=大方县", "?q=贵阳市", "?status=historical"],
    "names history": ["?q=大方县", "?q=贵阳市", "?status=historical"],
    "suggest": ["?q=青", "?q=gy&within=52", "?q=zzzz"],
    "locate": ["?lon=106.7135&lat=26.5783", "?lon=0&lat=0", "?lon=106.7&lat=26.6&crs=bd09&on=2001-01-01"],
    "nearby": ["?lon=106.7135&lat=26.5783&radius=20000&limit=100", "?lon=0&lat=0"],
    "divisions list": [
        "?limit=500",
        "?level=village&limit=100",
        "?on=1985-01-01&limit=200",
        "?bbox=106,26,107,27",
    ],
    "divisions show": ["52", "520102", "520115", "520304001", "520121?on=1990-01-01", "43"],
    "divisions children": ["52", "5201", "520304001"],
    "divisions neighbours": ["52", "520102", "43"],
    "divisions history": ["520115", "520304", "520321", "52"],
    "boundaries list": ["?within=520102", "?level=province&tolerance=500"],
    "boundaries show": ["520102-520103", "43-52"],
    "boundaries territories": ["?level=province&tolerance=2000", "?within=520102&tolerance=500"],
    "editions list": [""],
}
"""Questions on the shipped data, by command, as they follow the path or fill its placeholder."""


def addresses(http, route):
    base = route.path.partition("{")[0]
    for question in QUESTIONS[route.command]:
        if route.path.startswith("/v1/names/"):
            found = http.get(f"/v1/names{question}").get_json()["items"]
            assert found
            yield from (route.path.format(id=item["id"]) for item in found[:5])
        elif route.placeholders:
            value, _, query = question.partition("?")
            yield f"{base}{value}{route.path.rpartition('}')[2]}?{query}".rstrip("?")
        else:
            yield route.path + question


READ = [route for route in ROUTES if route.command in QUESTIONS]


@pytest.mark.parametrize("route", READ, ids=lambda route: route.path)
def test_answers_obey_their_schema(http, document, route):
    operation = document["paths"][route.path]["get"]
    schema = operation["responses"]["200"]["content"][route.media]["schema"]
    for address in addresses(http, route):
        answer = http.get(address)
        assert answer.status_code == 200, answer.text
        assert answer.mimetype == route.media
        body = answer.get_json()
        assert list(faults(body, schema, document)) == []
        if route.answer is not bytes:
            TypeAdapter(route.answer).validate_json(answer.data)


def test_many_points_obey_their_schema(http, document):
    body = {"lon": [106.7135, 0.0], "lat": [26.5783, 0.0], "crs": "gcj02", "level": "prefecture"}
    operation = document["paths"]["/v1/locate"]["post"]
    taken = operation["requestBody"]["content"]["application/json"]["schema"]
    given = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(faults(body, taken, document)) == []
    answer = http.post("/v1/locate", json=body).get_json()
    assert answer["codes"] == ["5201", None]
    assert list(faults(answer, given, document)) == []


def test_geojson_is_geojson(http):
    for address in ("/v1/boundary-lines?within=520102", "/v1/territories?within=520102&tolerance=500"):
        found = http.get(address).get_json()
        assert found["type"] == "FeatureCollection"
        for feature in found["features"]:
            assert set(feature) >= {"type", "geometry", "properties"}
            assert feature["geometry"]["type"] in {"LineString", "MultiLineString", "Polygon", "MultiPolygon"}
        assert found["edition"]["map_note"]


@pytest.mark.parametrize("address", ["/health", "/ready"])
def test_state_obeys_its_schema(http, document, address):
    schema = document["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(faults(http.get(address).get_json(), schema, document)) == []


@pytest.mark.parametrize(
    "address",
    [
        "/v1/locate?lon=x&lat=y",
        "/v1/divisions/500105",
        "/v1/divisions/999999",
        "/v1/nothing",
        "/v1/names?zz=1",
    ],
)
def test_problems_obey_their_schema(http, document, address):
    body = http.get(address).get_json()
    assert list(faults(body, document["components"]["schemas"]["Problem"], document)) == []
    assert set(body) <= set(document["components"]["schemas"]["Problem"]["properties"])
