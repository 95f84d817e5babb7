"""Naming procedures over HTTP: who may, in which order, on which days, with what kept and shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from naming_ways import APPROVAL, PAPERS, STREET, approve, propose, record

from geoname.service.name_procedures_office import today_here


def test_from_proposal_to_announcement(client, bearer):
    made = propose(client, bearer["recorder"], "青云路", lon=106.67, lat=26.43, crs="gcj02")
    assert made.status_code == 201, made.json
    id_ = made.json["id"]
    assert made.headers["Location"] == f"/v1/names/{id_}"
    assert (made.json["name"]["name"]["status"], made.json["name"]["name"]["publication"]) == (
        "proposed",
        "internal",
    )
    assert made.json["procedure_findings"][0]["rule"] == "A11-1"
    assert client.get(f"/v1/names/{id_}").status_code == 404
    assert client.get("/v1/names?q=青云路&mode=exact").json["items"] == []
    found = client.get("/v1/names?q=青云路&mode=exact", headers=bearer["reader"]).json["items"]
    assert [one["id"] for one in found] == [id_]
    given = approve(client, bearer["officer"], id_, document="花府函〔2026〕1号")
    assert given.status_code == 201, given.json
    assert {one["kind"] for one in given.json["deadlines"]} == {"filing", "announcement"}
    assert client.get(f"/v1/names/{id_}").status_code == 404
    assert record(client, bearer["officer"], id_, kind="file").status_code == 201
    announced = record(client, bearer["officer"], id_, kind="announce")
    assert announced.status_code == 201, announced.json
    shown = client.get(f"/v1/names/{id_}")
    assert shown.json["approval"]["approved_by"] == "花溪区人民政府"
    assert shown.headers["ETag"].startswith(f'"{announced.json["version"]}-')
    history = client.get(f"/v1/names/{id_}/history").json["entries"]
    assert [one["kind"] for one in history if one["kind"] in ("approved", "filed", "announced")] == [
        "approved",
        "filed",
        "announced",
    ]
    assert {"proposed", "changed"} <= {one["kind"] for one in history}
    assert client.get("/v1/names?q=青云路&mode=exact").json["items"][0]["status"] == "current"


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("reader", 403), ("elsewhere", 403), ("recorder", 201)]
)
def test_recorders_propose_for_their_own_divisions(client, bearer, who, status):
    answer = propose(client, bearer[who] if who else {}, "试名路")
    assert answer.status_code == status
    assert propose(client, bearer["recorder"], "另试路", within="520112").status_code == 403


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("recorder", 403), ("elsewhere", 403)])
def test_officers_approve_for_their_own_divisions(client, bearer, proposed, who, status):
    id_ = proposed({"reader": "待批路", "recorder": "候批路", "elsewhere": "异地路"}[who])
    assert approve(client, bearer[who], id_).status_code == status
    assert client.get(f"/v1/names/{id_}/procedure", headers=bearer["reader"]).json["version"] == 1


def test_the_law_says_who_approves(client, bearer, proposed):
    id_ = proposed("法定路")
    wrong = approve(client, bearer["officer"], id_, approver="housing_office")
    assert (wrong.status_code, wrong.json["errors"][0]["parameter"]) == (400, "approver")
    assert "第12条第(5)项" in wrong.json["detail"]
    without = approve(client, bearer["officer"], id_, papers=[])
    assert (without.status_code, without.json["errors"][0]["parameter"]) == (400, "papers")
    nobody = approve(client, bearer["officer"], id_, authority=" ")
    assert (nobody.status_code, nobody.json["errors"][0]["parameter"]) == (400, "authority")


def test_another_departments_announcement_follows_the_filing(client, bearer, proposed):
    id_ = proposed("锦绣花园", **{"class": "22100"})
    given = approve(client, bearer["officer"], id_, approver="housing_office", authority="住建局")
    assert [one["kind"] for one in given.json["deadlines"]] == ["filing"]
    early = record(client, bearer["officer"], id_, kind="announce")
    assert (early.status_code, early.json["type"]) == (409, "/problems/out-of-order")
    filed = record(client, bearer["officer"], id_, kind="file")
    assert [one["kind"] for one in filed.json["deadlines"]] == ["announcement"]
    record(client, bearer["officer"], id_, kind="announce")


def test_local_rules_that_are_not_entered_are_said_to_be(client, bearer, proposed):
    id_ = proposed("云上寨", **{"class": "22200"})
    given = approve(client, bearer["officer"], id_)
    assert given.status_code == 201
    assert "省里规定" in given.json["notes"][0]["zh"]
    assert given.json["approvers"][0]["is_local"] is True


@pytest.mark.parametrize(
    ("name", "more", "rule"),
    [("洛杉矶城", {"class": "22100"}, "A9-5"), ("6号大院", {"class": "22100"}, "A9-3a")],
)
def test_what_blocks_is_refused_with_its_findings(client, bearer, name, more, rule):
    refused = propose(client, bearer["recorder"], name, **more)
    assert (refused.status_code, refused.json["type"]) == (422, "/problems/against-rules")
    assert rule in [one["rule"] for one in refused.json["findings"]]
    assert all(len(one["id"]) == 20 for one in refused.json["findings"])
    assert client.get(f"/v1/names?q={name}&mode=exact", headers=bearer["keeper"]).json["items"] == []


def asked_of(asked):
    return {field: asked[field] for field in ("class", "within")}


def test_a_claimed_exception_or_a_decision_lets_it_pass(client, bearer):
    asked = {"class": "22100", "within": "520111", "reason": "r"}
    refused = propose(client, bearer["recorder"], "巴黎城", **asked)
    unreasoned = propose(client, bearer["recorder"], "巴黎城", **asked, exception="friendship")
    assert unreasoned.status_code == 422
    claimed = {"exception": "friendship", "exception_reason": "与巴黎结为友好城市而建"}
    passed = propose(client, bearer["recorder"], "巴黎城", **asked, **claimed)
    assert passed.status_code == 201
    assert "friendship" in [one["excepted"] for one in passed.json["findings"]]
    for found in refused.json["findings"]:
        decided = client.post(
            f"/v1/findings/{found['id']}/decision",
            json={"outcome": "overruled", "reason": "历史", "name": "巴黎城", **asked_of(asked)},
            headers=bearer["officer"],
        )
        assert decided.status_code == 200, decided.json
    assert propose(client, bearer["recorder"], "巴黎城", **asked).status_code == 201


def test_advice_is_kept_to_be_decided(client, bearer, proposed):
    id_ = proposed("帝都路")
    waiting = client.get("/v1/findings?state=waiting&within=520111", headers=bearer["reader"]).json["items"]
    assert [one["rule"] for one in waiting if one["name_id"] == id_] == ["FEU-1"]
    found = next(one for one in waiting if one["name_id"] == id_)
    decided = client.post(
        f"/v1/findings/{found['id']}/decision",
        json={"outcome": "upheld", "reason": "封建色彩"},
        headers=bearer["officer"],
    )
    assert decided.status_code == 200, decided.json
    shown = client.get(f"/v1/names/{id_}/procedure", headers=bearer["reader"]).json
    assert shown["findings"][0]["decision"]["outcome"] == "upheld"


def test_two_proposals_and_one_approval_of_a_name(client, bearer, proposed, current):
    current("并行路")
    again = propose(client, bearer["recorder"], "并行路")
    assert again.status_code == 422, again.json


def test_a_renaming_ends_the_old_name_and_links_the_two(client, bearer, current):
    old = current("旧城路")
    body = {**APPROVAL, "kind": "rename", "papers": PAPERS, "name": "新城大道", "reason": "拓宽改造"}
    no_cause = record(client, bearer["officer"], old, **body)
    assert (no_cause.status_code, no_cause.json["findings"][0]["rule"]) == (422, "A10-1")
    done = record(client, bearer["officer"], old, **body, cause="construction")
    assert done.status_code == 201, done.json
    assert done.json["predecessors"] == [
        {"id": old, "name": "旧城路", "event_id": done.json["predecessors"][0]["event_id"]}
    ]
    before = client.get(f"/v1/names/{old}/procedure", headers=bearer["reader"]).json
    assert (before["name"]["name"]["status"], before["successors"][0]["id"]) == (
        "historical",
        done.json["id"],
    )
    assert before["name"]["name"]["place_id"] == done.json["name"]["name"]["place_id"]
    assert record(client, bearer["officer"], old, kind="retire", reason="x").status_code == 409


def test_a_renaming_can_be_proposed_first(client, bearer, current):
    old = current("云岭路")
    asked = {"name": "云岭大道", "reason": "拓宽", "replaces": old, "cause": "construction", "papers": PAPERS}
    made = client.post("/v1/names", json=asked, headers=bearer["recorder"])
    assert made.status_code == 201, made.json
    assert made.json["procedure_findings"] == []
    assert client.get(f"/v1/names/{old}/procedure", headers=bearer["reader"]).json["steps"]
    given = record(client, bearer["officer"], made.json["id"], **APPROVAL)
    assert given.status_code == 201, given.json
    state = client.get(f"/v1/names/{old}/procedure", headers=bearer["reader"]).json
    assert state["name"]["name"]["status"] == "historical"


def test_retirement_with_a_successor(client, bearer, current):
    gone, heir = current("消失路"), current("承接路")
    assert record(client, bearer["officer"], gone, kind="retire").status_code == 400
    wrong = record(client, bearer["officer"], gone, kind="retire", reason="并入", successor="nobody")
    assert wrong.status_code == 404
    done = record(client, bearer["officer"], gone, kind="retire", reason="并入", successor=heir)
    assert done.json["successors"][0]["id"] == heir
    assert done.json["name"]["name"]["valid_until"] == today_here().isoformat()


def test_a_proposal_that_is_given_up_is_seen_by_officers_only(client, bearer, proposed):
    id_ = proposed("未批路")
    assert record(client, bearer["officer"], id_, kind="retire", reason="不予批准").status_code == 201
    assert client.get(f"/v1/names/{id_}", headers=bearer["reader"]).status_code == 404
    assert client.get(f"/v1/names/{id_}", headers=bearer["officer"]).status_code == 200


@pytest.mark.parametrize(
    ("days", "body"),
    [(1, {"kind": "file"}), (-1, {"kind": "file"}), (-1, {"kind": "announce"}), (1, {"kind": "announce"})],
)
def test_days_in_their_order(client, bearer, current, days, body):
    id_ = current(f"{'前' if days < 0 else '后'}日{'备案' if body['kind'] == 'file' else '公告'}路")
    on = (today_here() + timedelta(days=days)).isoformat()
    refused = record(client, bearer["officer"], id_, on=on, **body)
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (400, "on")


def test_the_name_of_a_division_changes_with_the_division(client, bearer):
    id_ = client.get("/v1/names?q=花溪区&mode=exact").json["items"][0]["id"]
    refused = record(
        client, bearer["keeper"], id_, **{**APPROVAL, "kind": "rename", "name": "新花溪区", "reason": "x"}
    )
    assert (refused.status_code, "区划变更" in refused.json["detail"]) == (409, True)
    assert record(client, bearer["keeper"], id_, kind="retire", reason="x").status_code == 409
    new = propose(client, bearer["keeper"], "新花溪区", **{"class": "21400"})
    assert (new.status_code, new.json["errors"][0]["parameter"]) == (400, "class")


def test_what_is_due_is_listed_for_who_may_see_it(client, bearer, geoname, proposed):
    long_ago = (today_here() - timedelta(days=40)).isoformat()
    id_ = proposed("逾期路", on=long_ago)
    assert approve(client, bearer["officer"], id_, on=long_ago).status_code == 201
    answer = client.get("/v1/deadlines?within=520111&state=late", headers=bearer["reader"]).json
    mine = [one for one in answer["items"] if one["id"] == id_]
    assert {one["kind"] for one in mine} == {"filing", "announcement"}
    assert {one["state"] for one in mine} == {"late"}
    assert mine[0]["days_left"] == -25
    assert "第13条" in str(mine[0]["citations"]) + str(mine[1]["citations"])
    assert answer["counts"]["late"] >= 2
    none = client.get("/v1/deadlines?within=520111&subject=line", headers=bearer["reader"]).json
    assert none["items"] == []
    assert mine[0]["codes"] == ["520111"]
    then = client.get(f"/v1/deadlines?on={long_ago}", headers=bearer["reader"]).json
    assert {one["state"] for one in then["items"] if one["id"] == id_} == {"open"}
    assert client.get("/v1/deadlines?within=5203", headers=bearer["reader"]).json["items"] == []
    assert client.get("/v1/deadlines").status_code == 401


def test_the_matrix_is_for_everyone(client):
    rows = client.get("/v1/naming-matrix").json["items"]
    assert {row["kind"] for row in rows} >= {"street", "estate", "village", "natural"}
    (street,) = client.get("/v1/naming-matrix?class=21800").json["items"]
    assert street["approvers"][0]["clock"] == "approval"


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"name": "甲路"}, "reason"),
        ({"name": "", "reason": "r"}, "name"),
        ({"name": "甲路", "reason": "r", "within": "520111"}, "class"),
        ({"name": "甲路", "reason": "r", "class": "21800"}, "within"),
        ({"name": "甲路", "reason": "r", "class": "2x", "within": "520111"}, "class"),
        ({**STREET, "name": "甲路", "lon": 106.6}, "lat"),
        ({**STREET, "name": "甲路", "lon": 26.5, "lat": 106.6}, "lat"),
        ({**STREET, "name": "甲路", "papers": ["nothing"]}, "papers"),
        ({**STREET, "name": "甲路", "on": "2999-01-01"}, "on"),
        ({**STREET, "name": "甲路", "status": "current"}, "status"),
    ],
)
def test_what_is_wrong_with_a_proposal_is_named(client, bearer, body, parameter):
    refused = client.post("/v1/names", json=body, headers=bearer["keeper"])
    assert refused.status_code == 400, refused.json
    assert refused.json["errors"][0]["parameter"].startswith(parameter)


def test_a_point_outside_its_division_is_told(client, bearer):
    answer = propose(client, bearer["recorder"], "远方路", lon=107.0, lat=27.7)
    assert answer.status_code == 201
    assert "不在所称区划之内" in answer.json["notes"][0]["zh"]


def test_today_is_the_day_in_china():
    assert abs((today_here() - date.today()).days) <= 1  # noqa: DTZ011
