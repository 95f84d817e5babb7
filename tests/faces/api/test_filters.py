"""A value that an answer shows can be given back as a filter, and finds what it was shown of."""

from __future__ import annotations

from collections import defaultdict

import pytest

from geoname.core.divisions.division import DivisionKind, Level
from geoname.core.register.name import NameStatus


@pytest.fixture(scope="module")
def names(http):
    """Names of every kind: of each level, former ones, populated places, neighbours' too."""
    asked = (
        "within=52&limit=400",
        "status=historical&limit=400",
        "q=qy&limit=100",
        "class=22100&limit=100",
        "limit=200",
    )
    return [item for query in asked for item in http.get(f"/v1/names?{query}").get_json()["items"]]


@pytest.fixture(scope="module")
def divisions(http):
    """Divisions of every level, former ones too."""
    asked = (
        *(f"level={level}&limit=150" for level in Level),
        *(f"kind={kind}&limit=20" for kind in DivisionKind),
        "on=1990-01-01&limit=300",
    )
    return [item for query in asked for item in http.get(f"/v1/divisions?{query}").get_json()["items"]]


def one_of_each(items, value_of):
    """For every value that items show, the first item that shows it."""
    found = {}
    for item in items:
        found.setdefault(value_of(item), item)
    assert found
    return found.items()


def test_every_class_shown_is_accepted(http, names):
    for code, name in one_of_each(names, lambda name: name["feature_class"]["code"]):
        answer = http.get(f"/v1/names?q={name['name']}&mode=exact&class={code}&limit=1000")
        assert answer.status_code == 200, answer.text
        assert name["id"] in [item["id"] for item in answer.get_json()["items"]]


def test_every_status_shown_is_accepted(http, names):
    shown = dict(one_of_each(names, lambda name: name["status"]))
    assert set(shown) == {NameStatus.CURRENT, NameStatus.HISTORICAL}
    for status, name in shown.items():
        items = http.get(f"/v1/names?q={name['name']}&mode=exact&status={status}&limit=1000").get_json()[
            "items"
        ]
        assert name["id"] in [item["id"] for item in items]
        assert {item["status"] for item in items} == {status}


def test_every_code_shown_is_accepted(http, names):
    codes = defaultdict(list)
    for name in names:
        for code in name["codes"]:
            codes[code["scheme"], len(code["code"])].append(code["code"])
    assert {scheme for scheme, _ in codes} >= {"gb2260", "nbs"}
    for (scheme, _), shown in codes.items():
        for code in shown[:3]:
            division = http.get(f"/v1/divisions/{code}?scheme={scheme}")
            assert division.status_code in (200, 409), (code, scheme, division.text)
            within = http.get(f"/v1/names?within={code}&scheme={scheme}&limit=20")
            assert within.status_code == division.status_code
            if within.status_code == 200:
                owner = division.get_json()["id"]
                for item in within.get_json()["items"]:
                    assert owner in [step["id"] for step in item["path"]], (code, item["name"])


def test_a_code_of_two_places_in_one_scheme_is_told_apart_by_the_day(http):
    problem = http.get("/v1/divisions/500105?scheme=gb2260").get_json()
    assert {meaning["scheme"] for meaning in problem["meanings"]} == {"gb2260"}
    assert "scheme=" not in problem["detail"]  # it was given; more of it is no remedy
    assert "on=" in problem["detail"]
    known = http.get("/v1/divisions/500105?scheme=gb2260&on=2023-06-30").get_json()["name"]
    assert known in {meaning["name"] for meaning in problem["meanings"]}


def test_every_level_and_kind_shown_is_accepted(http, divisions):
    for parameter in ("level", "kind"):
        for value, division in one_of_each(divisions, lambda one, name=parameter: one[name]):
            query = f"/v1/divisions?q={division['name']}&{parameter}={value}&limit=1000"
            items = http.get(query).get_json()["items"]
            assert {item[parameter] for item in items} <= {value}
            if division["valid_until"] is None:
                assert division["id"] in [item["id"] for item in items]


def test_every_path_step_shown_leads_to_its_division(http, divisions):
    for level, division in one_of_each(divisions, lambda one: one["level"]):
        assert division["path"][-1]["id"] == division["id"], level
        for step in division["path"]:
            answer = http.get(f"/v1/divisions/{step['code']}?scheme={division['codes'][0]['scheme']}")
            assert answer.status_code in (200, 404, 409)
            if answer.status_code == 200:
                assert answer.get_json()["level"] == step["level"]


def test_every_day_shown_is_accepted(http, divisions, names):
    days = {one[edge] for one in (*divisions, *names) for edge in ("valid_from", "valid_until")} - {None}
    assert len(days) > 10
    whole = [day for day in days if len(day) == 10]
    for day in sorted(whole)[:: max(1, len(whole) // 10)]:
        assert http.get(f"/v1/divisions?on={day}&limit=1").status_code == 200
        assert http.get(f"/v1/names?on={day}&limit=1").status_code == 200


def test_every_line_shown_is_accepted(http):
    found = http.get("/v1/boundary-lines?level=county&within=520102").get_json()["features"]
    assert found
    for line in found:
        answer = http.get(f"/v1/boundary-lines/{line['properties']['id']}")
        assert answer.status_code == 200
        assert answer.get_json()["properties"] == line["properties"]
    neighbours = http.get("/v1/divisions/520102/neighbours").get_json()["items"]
    assert {near["line_id"] for near in neighbours} <= {line["properties"]["id"] for line in found}


def test_every_id_shown_is_accepted(http, names):
    suggested = http.get("/v1/suggest?q=qing").get_json()["items"]
    for id_ in (*(name["id"] for name in names[::40]), *(one["id"] for one in suggested)):
        assert http.get(f"/v1/names/{id_}").get_json()["name"]["id"] == id_
        assert http.get(f"/v1/names/{id_}/history").status_code == 200


def test_every_mode_shown_is_accepted(http):
    for text in ("贵阳市", "青", "大方现", "qingyan", "qy", "上"):
        found = http.get(f"/v1/names?q={text}").get_json()
        assert found["mode"] is not None
        again = http.get(f"/v1/names?q={text}&mode={found['mode']}").get_json()
        assert [item["id"] for item in again["items"]] == [item["id"] for item in found["items"]]


def test_a_location_shown_is_found_again(http, names):
    placed = [name for name in names if name["location"]["lon"] is not None]
    for name in placed[:: len(placed) // 10]:
        place = name["location"]
        query = f"lon={place['lon']}&lat={place['lat']}"
        near = http.get(f"/v1/nearby?{query}&radius=1&limit=50").get_json()["items"]
        assert name["place_id"] in [item["name"]["place_id"] for item in near]
        box = f"{place['lon']},{place['lat']},{place['lon']},{place['lat']}"
        boxed = http.get(f"/v1/names?bbox={box}&limit=50").get_json()["items"]
        assert name["id"] in [item["id"] for item in boxed]


@pytest.mark.parametrize(
    "address",
    [
        "/v1/boundary-lines?within=5201",
        "/v1/territories?within=5201",
        "/v1/tripoints?within=5201",
        "/v1/divisions/5201/neighbours?",
        "/v1/locate?lon=106.7&lat=26.5",
    ],
)
def test_what_rests_on_an_edition_says_whether_it_is_of_the_day(http, address):
    assert http.get(f"{address}&on=2024-06-01").get_json()["exact"] is True
    assert http.get(f"{address}&on=2015-01-01").get_json()["exact"] is False
