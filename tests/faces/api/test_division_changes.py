"""Changes of divisions over HTTP: previewed, done by who may, listed, undone; successors for anyone."""

from __future__ import annotations

import io

import pytest

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.loads import KIND
from geoname.service.loads_work import load_work
from geoname.service.run_jobs import JobRunner
from geoname.settings import Limits, Settings

CHANGE = {
    "operation": "replace",
    "wording": "撤镇设街道",
    "document": "黔府函〔2026〕1号",
    "authority": "贵州省人民政府",
    "approved_on": "2026-03-01",
    "scheme": "nbs",
    "from": ["520111104"],
    "to": [{"name": "麦坪街道"}],
}


@pytest.fixture(scope="module")
def geoname(small):
    return small(townships=("5201",))


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(Settings(limits=Limits(match_items=3)), geoname).test_client()


@pytest.fixture(scope="module")
def bearer(geoname):
    def made(role, *divisions):
        return {"Authorization": f"Bearer {add_token(geoname, role, divisions).token}"}

    return {
        "reader": made("reader"), "recorder": made("recorder", "520111"),
        "officer": made("officer", "520111"), "elsewhere": made("officer", "5203"),
    }  # fmt: skip


def post(client, body, headers=None, status=200):
    answer = client.post("/v1/division-changes", json=body, headers=headers or {})
    assert answer.status_code == status, answer.text
    return answer.get_json()


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("reader", 403), ("recorder", 403), ("elsewhere", 403)]
)
def test_only_an_officer_of_the_county_may(client, bearer, who, status):
    post(client, CHANGE | {"dry_run": True}, who and bearer[who], status)


def test_a_preview_then_the_change_then_back(client, bearer):
    seen = post(client, CHANGE | {"dry_run": True}, bearer["officer"])
    assert (seen["state"], seen["verdict"]) == ("dry_run", "advice")
    codes = {"old_code": "520111104", "new_code": "520111013", "decision": "replaced", "proposed": True}
    assert seen["codes"] == [{"name": "麦坪街道", **codes}]
    assert client.get("/v1/division-changes", headers=bearer["reader"]).get_json() == {"items": []}

    done = post(client, CHANGE, bearer["officer"])
    assert (done["state"], done["done_by"][:6]) == ("done", "token:")
    gone = client.get("/v1/divisions/520111104").get_json()
    [became] = gone["became"]
    assert became.pop("division")["name"] == "麦坪街道"
    assert became == {"extent": "whole", "on": "2026-03-01", "document": "黔府函〔2026〕1号"}
    [listed] = client.get("/v1/division-changes", headers=bearer["reader"]).get_json()["items"]
    assert [deadline["due"] for deadline in listed["deadlines"]] == ["2027-03-01", "2026-04-01"]
    address = f"/v1/division-changes/{done['id']}"
    assert client.get(address, headers=bearer["reader"]).get_json()["event_id"] == done["event_id"]
    assert client.get(address).status_code == 401

    assert client.post(f"{address}/undo", json={}, headers=bearer["elsewhere"]).status_code == 403
    # Undoing says nothing, so that no body need be sent.
    undone = client.post(f"{address}/undo", headers=bearer["officer"])
    assert (undone.status_code, undone.get_json()["state"]) == (200, "undone")
    assert client.post(f"{address}/undo", json={}, headers=bearer["officer"]).status_code == 409
    assert client.get("/v1/divisions/520111104").get_json()["became"] == []
    assert (
        client.post("/v1/division-changes/none/undo", json={}, headers=bearer["officer"]).status_code == 404
    )


COUNTY = {
    "operation": "replace",
    "wording": "撤县设区",
    "document": "国函〔2026〕5号",
    "authority": "国务院",
    "approved_on": "2026-03-01",
    "scheme": "nbs",
    "from": ["520322"],
    "to": [{"name": "桐梓区"}],
}


def test_a_county_is_previewed_changed_and_put_back(small):
    geoname = small(townships=("5203",), villages="520322")
    client = create_app(Settings(), geoname).test_client()
    officer, county_only = (
        {"Authorization": f"Bearer {add_token(geoname, 'officer', (code,)).token}"}
        for code in ("5203", "520322")
    )
    post(client, COUNTY | {"dry_run": True}, county_only, 403)
    seen = post(client, COUNTY | {"dry_run": True}, officer)
    assert (seen["level"], seen["verdict"], seen["reasons"]) == ("county", "advice", [])
    assert (seen["codes"][0]["new_code"], seen["codes_below"]["count"]) == ("520305", 257)
    assert {item["new_code"][:6] for item in seen["codes_below"]["items"]} == {"520305"}
    lost = [{"name": "桐梓县", "townships": ["海校街道"]}, {"name": "娄山县"}]
    problem = post(
        client, COUNTY | {"operation": "split", "to": lost, "authority": "贵州省人民政府"}, officer, 400
    )
    assert "未归属的乡级区划" in problem["detail"]
    assert "国务院" in problem["detail"]
    wrong = COUNTY | {"to": [{"name": "桐梓区", "villages": ["海校街道"]}]}
    assert post(client, wrong, officer, 400)["errors"][0]["parameter"] == "to"

    done = post(client, COUNTY, officer)
    assert client.get("/v1/divisions/520305001").get_json()["name"] == "海校街道"
    asked = "from=2026-02-01&to=2026-04-01&scheme=nbs"
    heirs = client.get(f"/v1/divisions/520322/successors?{asked}").get_json()["heirs"]
    assert [heir["division"]["name"] for heir in heirs] == ["桐梓区"]
    same = client.get(f"/v1/divisions/520322001001/successors?{asked}").get_json()
    assert (same["outcome"], same["heirs"][0]["division"]["code"]) == ("same", "520305001001")
    undone = client.post(f"/v1/division-changes/{done['id']}/undo", json={}, headers=officer)
    assert (undone.status_code, undone.get_json()["state"]) == (200, "undone")
    assert client.get("/v1/divisions/520305001").status_code == 404


def test_a_refusal_names_every_reason(client, bearer):
    wrong = CHANGE | {"document": "会议纪要", "to": [{"name": "麦坪街道", "code": "520111150"}]}
    problem = post(client, wrong, bearer["officer"] | {"Accept-Language": "en"}, 400)
    assert "ADJ-1" in problem["detail"]
    assert "CD-1" in problem["detail"]
    assert post(client, wrong | {"dry_run": True}, bearer["officer"])["verdict"] == "blocks"


@pytest.mark.parametrize(
    ("change", "parameter"),
    [({"operation": "dissolve"}, "operation"), ({"approved_on": "2026"}, "approved_on"),
     ({"from": "520111104"}, "from"),
     ({"to": [{"title": "某街道"}]}, "to"), ({"nonsense": 1}, "nonsense"), ({"scheme": "abc"}, "scheme"),
     ({"to": [{"name": "某街道", "villages": ["无此村"]}]}, "to"), ({"from": ["1"]}, "from"),
     ({"effective_on": "2999-01-01"}, "effective_on")],
)  # fmt: skip
def test_what_is_wrong_is_named(client, bearer, change, parameter):
    problem = post(client, CHANGE | change, bearer["officer"], 400)
    assert any(str(error["parameter"]).startswith(parameter) for error in problem["errors"]), problem


def test_a_code_that_is_not_there_is_not_found(client, bearer):
    post(client, CHANGE | {"from": ["520111999"]}, bearer["officer"], 404)


def test_successors_are_asked_by_anyone_for_one_or_many(client):
    one = client.get("/v1/divisions/520321/successors?from=2015-01-01&to=2024-01-01").get_json()
    assert (one["outcome"], one["certain"]) == ("one", True)
    assert {heir["division"]["name"]: heir["extent"] for heir in one["heirs"]}["播州区"] == "whole"
    days = {"from": "2015-01-01", "to": "2024-01-01"}
    many = client.post(
        "/v1/successors", json={"items": [{"code": "520321"}, {"code": "520399"}], **days}
    ).get_json()
    assert many["items"][0] == one
    assert "520399" in many["items"][1]["reason_en"]
    too_many = client.post("/v1/successors", json={"items": [{"code": "520321"}] * 4, **days})
    assert too_many.status_code == 400
    assert client.get("/v1/divisions/520321/successors?from=2015-01-01").status_code == 400
    assert client.get("/v1/divisions/520399/successors?from=2015-01-01&to=2024-01-01").status_code == 404


DEFINITION = """
title = "名录"
authority = "民政局"
source = "来文"
licence = "内部使用"
scheme = "mca"
as_of = 2025-12-31
within = ["520111"]
"""


def handed_in(geoname, client, headers, kind, text, definition=DEFINITION):
    data = {"file": (io.BytesIO(text.encode()), "名录.csv"), "kind": kind, "definition": definition}
    answer = client.post("/v1/loads", data=data, headers=headers)
    if answer.status_code != 202:
        return answer
    runner = JobRunner(geoname, {KIND: load_work(geoname)})
    while runner.run_one():
        pass
    return client.get(f"/v1/loads/{answer.get_json()['id']}", headers=headers)


def test_lists_and_changes_are_handed_in_by_officers_for_their_own(geoname, client, bearer):
    listing = "code,name\n520111009,党武街道\n520112100,东风镇\n"
    told = handed_in(geoname, client, bearer["officer"], "divisions", listing).get_json()
    assert (told["state"], told["rejected"], told["report"]["status"]) == ("done", 1, "loaded")
    rejects = client.get(f"/v1/loads/{told['id']}/rejects", headers=bearer["officer"])
    assert "东风镇" in rejects.get_data(as_text=True)
    assert client.get("/v1/divisions/520111009").status_code == 409
    assert client.get("/v1/divisions/520111009?scheme=mca").get_json()["name"] == "党武街道"
    heads = "year,old_code,old_name,reason,new_code,new_name,approval_doc\n"
    row = "2021,520111103,党武镇,撤镇设街道,520111009,党武街道,黔府函〔2021〕27号\n"
    told = handed_in(geoname, client, bearer["officer"], "changes", heads + row).get_json()
    assert told["report"]["events"] == {"replace": 1}
    gone = client.get("/v1/divisions/520111103").get_json()
    assert gone["became"][0]["document"] == "黔府函〔2021〕27号"


def test_a_file_for_others_or_without_its_definition_is_refused(geoname, client, bearer):
    listing = "code,name\n520111009,党武街道\n"
    elsewhere = handed_in(geoname, client, bearer["elsewhere"], "divisions", listing)
    assert elsewhere.status_code == 403
    nothing = handed_in(geoname, client, bearer["officer"], "divisions", listing, 'title = "名录"')
    assert nothing.status_code == 400
