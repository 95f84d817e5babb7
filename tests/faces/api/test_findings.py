"""Decisions over HTTP: by officers for their own divisions, with a reason, told with the finding after."""

from __future__ import annotations

import pytest

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.opened import open_geoname
from geoname.settings import Settings

NAME = {"name": "洛杉矶城", "class": "22100", "within": "520111"}


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    import shutil

    folder = tmp_path_factory.mktemp("findings")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    opened = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(Settings(), geoname).test_client()


@pytest.fixture(scope="module")
def bearer(geoname):
    def made(role, *divisions):
        return {"Authorization": f"Bearer {add_token(geoname, role, divisions).token}"}

    return {
        "reader": made("reader"),
        "officer": made("officer", "5201"),
        "elsewhere": made("officer", "5203"),
        "administrator": made("administrator"),
    }


def checked(client, **more):
    return client.post("/v1/check", json={**NAME, **more}).json


def blocking(client, **more):
    return next(one for one in checked(client, **more)["findings"] if one["severity"] == "blocks")


def decide(client, headers, id_, **body):
    return client.post(f"/v1/findings/{id_}/decision", json=body, headers=headers)


def test_a_decided_finding_is_told_with_its_decision_and_counts_no_more(client, bearer):
    found = blocking(client)
    assert found["id"] == blocking(client)["id"]
    assert client.get(f"/v1/findings/{found['id']}", headers=bearer["reader"]).status_code == 404
    told = client.get(f"/v1/findings/{found['id']}", query_string=NAME, headers=bearer["reader"]).json
    assert (told["decision"], told["finding"]["id"], told["rule"]) == (None, found["id"], found["rule"])
    made = decide(client, bearer["officer"], found["id"], outcome="overruled", reason="有历史渊源", **NAME)
    assert made.status_code == 200, made.json
    assert (made.json["decision"]["outcome"], made.json["decision"]["reason"]) == ("overruled", "有历史渊源")
    again = next(one for one in checked(client)["findings"] if one["id"] == found["id"])
    assert (again["severity"], again["severity_if_new"]) == ("information", "blocks")
    assert again["decision"]["reason"] == "有历史渊源"
    kept = client.get(f"/v1/findings/{found['id']}", headers=bearer["reader"])
    assert (kept.json["finding"]["id"], kept.headers["ETag"][:3]) == (found["id"], '"1-')
    listed = client.get("/v1/findings?state=decided&within=520111", headers=bearer["reader"]).json["items"]
    assert [one["id"] for one in listed] == [found["id"]]
    assert client.get("/v1/findings?within=5203", headers=bearer["reader"]).json["items"] == []


def test_the_same_name_elsewhere_is_another_finding(client):
    assert blocking(client, within="520112")["id"] != blocking(client, within="520113")["id"]
    assert blocking(client, within="520112")["decision"] is None


def test_an_upheld_finding_goes_on_blocking(client, bearer):
    asked = {**NAME, "name": "洛杉矶花园"}
    found = blocking(client, **asked)
    decide(client, bearer["officer"], found["id"], outcome="upheld", reason="须更名", **asked)
    assert checked(client, **asked)["verdict"] == "blocks"
    assert blocking(client, **asked)["decision"]["outcome"] == "upheld"


def test_a_decision_is_changed_only_by_naming_it(client, bearer):
    asked = {**NAME, "name": "巴黎花园"}
    id_ = blocking(client, **asked)["id"]
    assert decide(client, bearer["officer"], id_, outcome="upheld", reason="一", **asked).status_code == 200
    again = {"outcome": "overruled", "reason": "二"}
    assert decide(client, bearer["officer"], id_, **again).status_code == 409
    assert decide(client, bearer["officer"], id_, **again, replaces=7).status_code == 412
    changed = decide(client, bearer["officer"], id_, **again, replaces=1)
    assert (changed.status_code, changed.json["version"]) == (200, 2)


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("reader", 403), ("elsewhere", 403)])
def test_others_decide_nothing(client, bearer, who, status):
    asked = {**NAME, "name": "巴黎城"}
    headers = bearer[who] if who else {}
    id_ = blocking(client, **asked)["id"]
    refused = decide(client, headers, id_, outcome="overruled", reason="可以", **asked)
    assert refused.status_code == status
    assert blocking(client, **asked)["decision"] is None


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"outcome": "overruled", **NAME}, "reason"),
        ({"outcome": "overruled", "reason": " ", **NAME}, "reason"),
        ({"outcome": "maybe", "reason": "x", **NAME}, "outcome"),
        ({"outcome": "upheld", "reason": "x", "name": "洛杉矶城"}, "class"),
        ({"outcome": "upheld", "reason": "x", "name": "洛杉矶城", "class": "22100"}, "within"),
        ({"outcome": "upheld", "reason": "x", "severity": "blocks"}, "severity"),
    ],
)
def test_what_is_wrong_is_named(client, bearer, body, parameter):
    refused = decide(client, bearer["administrator"], blocking(client, within="520121")["id"], **body)
    assert refused.status_code == 400
    assert refused.json["errors"][0]["parameter"] == parameter


def test_a_finding_that_is_not_on_that_name_is_not_there(client, bearer):
    refused = decide(client, bearer["officer"], "0" * 20, outcome="upheld", reason="x", **NAME)
    assert (refused.status_code, "没有审查意见" in refused.json["detail"]) == (404, True)


def test_the_public_sees_no_list(client):
    assert client.get("/v1/findings").status_code == 401
