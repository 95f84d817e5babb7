"""POST /v1/check: one name against the rules, its parameters, and what is refused."""

import pytest


def checked(http, **body):
    answer = http.post("/v1/check", json=body)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_a_repeated_township_comes_back_with_its_law(http):
    told = checked(http, name="龙场镇", **{"class": "21500"}, within="520524")
    assert (told["verdict"], told["kind"]) == ("blocks", "division")
    found = next(each for each in told["findings"] if each["rule"] == "A9-8a")
    assert found["citations"][0] == {
        "text": "《地名管理条例》第9条第(8)项",
        "known": "full_text",
        "in_force_from": "2022-05-01",
        "in_force_until": None,
    }
    assert found["span"] == {"start": 0, "end": 3, "text": "龙场镇"}
    assert set(found["message"]) == {"zh", "en"}


def test_a_sound_name_is_clear(http):
    told = checked(http, name="青竹路", **{"class": "218"}, within="520111")
    assert (told["verdict"], told["findings"]) == ("clear", [])


def test_the_ways_to_ask_are_all_taken(http):
    told = checked(
        http,
        name="万国城",
        **{"class": "22100"},
        within="520111",
        scheme="nbs",
        romanization="Wànguó Chéng",
        registered=False,
        approved_on="2023-01-01",
        exception="approved",
        exception_reason="市政府批准",
        area_m2=50_000,
        floor_area_m2=1.5,
        length_m=10,
        buildings=2,
        publishing=True,
    )
    by_rule = {each["rule"]: each for each in told["findings"]}
    assert by_rule["BIG-3"]["excepted"] == "approved"
    assert by_rule["BIG-1"]["severity"] == "information"


@pytest.mark.parametrize(
    ("parameter", "body"),
    [
        ("name", {"class": "21800"}),
        ("name", {"name": "", "class": "21800"}),
        ("name", {"name": "  ", "class": "21800"}),
        ("class", {"name": "沿河路"}),
        ("class", {"name": "沿河路", "class": "9z"}),
        ("within", {"name": "沿河路", "class": "21800", "within": "12345"}),
        ("exception", {"name": "沿河路", "class": "21800", "exception": "whim"}),
        ("approved_on", {"name": "沿河路", "class": "21800", "approved_on": "2022-13-01"}),
        ("area_m2", {"name": "沿河路", "class": "21800", "area_m2": -1}),
        ("buildings", {"name": "沿河路", "class": "21800", "buildings": "many"}),
        ("registered", {"name": "沿河路", "class": "21800", "registered": "perhaps"}),
        ("colour", {"name": "沿河路", "class": "21800", "colour": "red"}),
    ],
)
def test_what_is_wrong_is_named(names_parameter, parameter, body):
    assert names_parameter(parameter, "/v1/check", method="POST", json=body)


def test_a_registered_name_that_is_not_there_is_not_found(refusal):
    body = {"name": "无此镇", "class": "21500", "registered": True}
    assert "无此镇" in refusal(404, "/v1/check", method="POST", json=body)["detail"]
