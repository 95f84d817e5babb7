"""Whatever is asked, the answer is JSON and never our own fault."""

from __future__ import annotations

import os
import string
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoname.faces.api.openapi import openapi
from geoname.settings import Limits

EXAMPLES = int(os.environ.get("GEONAME_TEST_EXAMPLES", "60"))
DOCUMENT = openapi(Limits(), "en")
GETS = [
    (path, operations["get"])
    for path, operations in DOCUMENT["paths"].items()
    if path.startswith("/v1/")
    and "get" in operations
    and {} in operations["get"]["security"]
    # Whole files, which are no JSON.
    and not path.startswith("/v1/exports")
]
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        "青岩",
        "贵阳市",
        "qingyan",
        "㵲水",
        "'; drop table name --",
        "%",
        "_",
        "*",
        '"',
        "\\",
        "a NEAR b",
        "-1",
        "1e308",
    ]
)
NUMBERS = st.floats(allow_nan=True).map(str) | st.floats(100, 112).map(str) | st.floats(24, 30).map(str)
CODES = st.sampled_from(["52", "5201", "520102", "520304001", "43", "500105", "520321", "99", "520102001001"])
DAYS = st.dates().map(str)
BOXES = st.lists(st.floats(-200, 200), min_size=3, max_size=5).map(lambda box: ",".join(map(str, box)))
BYTES = st.binary(max_size=20).map(lambda value: quote(value))


def values_of(name, schema):
    """Values as the schema says, and values as it does not."""
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    likely = [ANY_TEXT]
    if "enum" in schema:
        likely.append(st.sampled_from(schema["enum"]))
    if schema.get("type") in ("number", "integer"):
        likely += [NUMBERS, st.integers(-5, 2000).map(str)]
    likely += {
        "code": [CODES],
        "within": [CODES],
        "on": [DAYS],
        "bbox": [BOXES],
        "class": [st.sampled_from(["21300", "22100", "2", "21", "00000"])],
        "id": [st.sampled_from(["520102-520103", "43-52"])],
    }.get(name, [])
    return st.one_of(*[choice.map(lambda value: quote(value, safe="")) for choice in likely], BYTES)


@st.composite
def questions(draw):
    path, operation = draw(st.sampled_from(GETS))
    pairs = []
    for parameter in operation["parameters"]:
        name = parameter["name"]
        if parameter["in"] == "path":
            value = draw(
                values_of(name, parameter["schema"]).filter(lambda text: text not in ("", ".", ".."))
            )
            path = path.replace(f"{{{name}}}", value)
        elif parameter["required"] or draw(st.integers(0, 3)) == 0:
            pairs.append(f"{name}={draw(values_of(name, parameter['schema']))}")
    if draw(st.integers(0, 9)) == 0:
        pairs.append(draw(st.text(string.printable, max_size=20)).replace("#", ""))
    return path + "?" + "&".join(pairs)


@settings(
    max_examples=EXAMPLES * 3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=questions(), language=st.sampled_from(["zh", "en"]))
def test_any_question_is_answered_or_refused_in_json(http, question, language):
    path, _, query = question.partition("?")
    sent = {"QUERY_STRING": query.encode().decode("latin-1")}
    answer = http.get(path, environ_overrides=sent, headers={"Accept-Language": language})
    assert answer.status_code in (200, 400, 404, 409), (question, answer.text)
    assert answer.is_json or answer.mimetype == "application/geo+json"
    body = answer.get_json(force=True)
    if answer.status_code != 200:
        assert body["status"] == answer.status_code
        assert body["detail"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
COLUMNS = st.lists(st.floats(-400, 400), max_size=5) | JSON


@settings(
    max_examples=EXAMPLES * 2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lon=COLUMNS, lat=COLUMNS, more=st.dictionaries(st.sampled_from(["crs", "level", "x"]), JSON, max_size=2)
)
def test_any_body_is_answered_or_refused_in_json(http, lon, lat, more):
    answer = http.post("/v1/locate", json={"lon": lon, "lat": lat, **more})
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert len(answer.get_json()["codes"]) == len(lon)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=60))
def test_any_bytes_are_refused_as_no_json(http, body):
    answer = http.post("/v1/locate", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60),
    name=st.sampled_from(
        ["Accept-Language", "If-None-Match", "Accept", "Authorization", "Range", "Content-Length"]
    ),
)
def test_any_header_is_borne(http, header, name):
    answer = http.get("/v1/divisions/52", headers={name: header})
    assert answer.status_code in (200, 304, 400, 401)
    assert answer.status_code == 304 or answer.is_json


@pytest.mark.parametrize("path", ["/v1/names", "/v1/suggest"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_any_text_can_be_looked_for(http, path, text):
    answer = http.get(f"{path}?q={quote(text)}&limit=1")
    assert answer.status_code == 200, answer.text
