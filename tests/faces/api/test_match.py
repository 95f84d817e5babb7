"""GET and POST /v1/match: the shape of an answer, hints, limits, what is refused."""

import pytest

from geoname.faces.app import create_app
from geoname.settings import Limits, Settings


def matched(http, **query):
    answer = http.get("/v1/match", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_a_match_is_told_as_agreed(http):
    told = matched(http, text="贵州省遵义县南白街道")
    assert {*told} == {
        *("text", "status", "standard", "confidence", "second_confidence", "steps"),
        *("remainder", "candidates", "findings"),
    }
    assert told["status"] == "corrected"
    assert told["standard"]["path"] == ["贵州省", "遵义市", "播州区", "南白街道"]
    assert told["standard"]["code"] == "520304001"
    assert told["steps"][0]["from"] == "遵义县"


def test_many_come_back_in_their_order(http):
    items = [{"text": "龙场镇", "within": "520524"}, {"text": "龙场镇"}, {"text": ""}, {"text": "HX"}]
    answer = http.post("/v1/match", json={"items": items})
    assert answer.status_code == 200, answer.text
    told = answer.get_json()["items"]
    assert [one["status"] for one in told] == ["standard", "ambiguous", "invalid", "ambiguous"]
    assert told[0] == matched(http, text="龙场镇", within="520524")


def test_no_items_are_no_answers(http):
    assert http.post("/v1/match", json={"items": []}).get_json() == {"items": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("within=1&text=花溪", "within"),
        ("lon=106&text=花溪", "lat"),
        ("lon=x&lat=26&text=花溪", "lon"),
        ("text=花溪&on=2020", "on"),
        ("text=花溪&crs=xx", "crs"),
        ("text=花溪&more=1", "more"),
        ("", "text"),
    ],
)
def test_what_cannot_be_right_is_named(names_parameter, query, parameter):
    assert names_parameter(parameter, f"/v1/match?{query}")


def test_more_items_than_allowed_are_refused(guizhou, refusal):
    small = create_app(Settings(limits=Limits(match_items=2)), guizhou).test_client()
    body = {"items": [{"text": "花溪"}] * 3}
    problem = refusal(400, "/v1/match", "POST", small, json=body)
    assert problem["errors"][0]["parameter"] == "items"


def test_an_unknown_field_of_an_item_is_refused(refusal):
    refusal(400, "/v1/match", "POST", json={"items": [{"text": "花溪", "more": 1}]})
