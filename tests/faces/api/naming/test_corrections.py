"""Corrections over HTTP: for the version that was read, by who may, with author and reason."""

from __future__ import annotations

import threading

import pytest
from naming_ways import APPROVAL, PAPERS, approve, record

from geoname.errors import StorageError
from geoname.store.writing.naming import SqlNamingWriter


def patch(client, headers, id_, tag, **body):
    return client.patch(f"/v1/names/{id_}", json=body, headers={**headers, "If-Match": tag})


def test_a_correction_keeps_author_reason_and_what_was_there(client, bearer, current):
    id_ = current("更正路")
    tag = client.get(f"/v1/names/{id_}", headers=bearer["officer"]).headers["ETag"]
    done = patch(
        client, bearer["officer"], id_, tag, reason="实地核对", lon=106.68, lat=26.42, origin="以山得名"
    )
    assert done.status_code == 200, done.json
    assert done.json["name"]["account"]["origin"] == "以山得名"
    assert done.json["name"]["name"]["location"]["lon"] == 106.68
    assert done.headers["ETag"] != tag
    assert patch(client, bearer["officer"], id_, tag, reason="x", origin="y").status_code == 412
    history = client.get(f"/v1/names/{id_}/history", headers=bearer["reader"]).json["entries"]
    change = next(one for one in history if one["kind"] == "changed" and "以山得名" in one["after"])
    assert (change["reason"], '"origin":""' in change["before"]) == ("实地核对", True)
    assert "corrected" in [one["kind"] for one in history]
    near = client.get("/v1/nearby?lon=106.68&lat=26.42&radius=50", headers=bearer["reader"]).json["items"]
    assert id_ in [one["name"]["id"] for one in near]


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("reader", {"origin": "x"}, 403),
        ("recorder", {"origin": "x"}, 403),
        ("elsewhere", {"origin": "x"}, 403),
        ("officer", {}, 400),
        ("officer", {"romanization": "Yǒu Quán Lù", "colour": "red"}, 400),
        ("officer", {"lon": 106.0}, 400),
        ("officer", {"lon": 26.0, "lat": 106.0}, 400),
        ("officer", {"exactness": "surveyed"}, 400),
        ("officer", {"name": " "}, 400),
        ("officer", {"name": "6号路-A", "class": "22100"}, 422),
        ("officer", {"within": "5203"}, 403),
    ],
)
def test_who_may_correct_what(client, bearer, current, who, body, status, request):
    id_ = request.getfixturevalue("kept_street")
    headers = {**bearer[who], "If-Match": client.get(f"/v1/names/{id_}").headers["ETag"]}
    answer = client.patch(f"/v1/names/{id_}", json={"reason": "r", **body}, headers=headers)
    assert answer.status_code == status, answer.json


@pytest.fixture(scope="module")
def kept_street(client, bearer, current):
    id_ = current("常在路")
    record(client, bearer["officer"], id_, kind="announce")
    return id_


def test_a_recorder_corrects_a_proposal_but_not_who_sees_it(client, bearer, proposed):
    id_ = proposed("可改路")
    tag = client.get(f"/v1/names/{id_}", headers=bearer["recorder"]).headers["ETag"]
    assert patch(client, bearer["recorder"], id_, tag, reason="r", publication="public").status_code == 403
    done = patch(client, bearer["recorder"], id_, tag, reason="错字", name="可行路")
    assert (done.status_code, done.json["name"]["name"]["romanization"]["text"]) == (200, "Kěxíng Lù")


def test_a_loaded_name_gets_its_approval_on_record_and_goes_on(client, bearer):
    id_ = client.get("/v1/names?q=青岩镇&mode=exact").json["items"][0]["id"]
    early = record(client, bearer["keeper"], id_, kind="file")
    assert (early.status_code, "请先补正记录" in early.json["detail"]) == (409, True)
    tag = client.get(f"/v1/names/{id_}").headers["ETag"]
    known = {"approved_by": "贵州省人民政府", "approver": "province", "approved_on": "1992"}
    mended = patch(client, bearer["keeper"], id_, tag, reason="补录", **known)
    assert mended.status_code == 200, mended.json
    assert mended.json["name"]["approval"]["approved_on"] == "1992"
    assert record(client, bearer["keeper"], id_, kind="file", on="1992-03-01").status_code == 201


@pytest.mark.parametrize(
    ("days", "parameter"),
    [
        ({"approved_on": "2024-05-01", "filed_on": "2024-04-30"}, "filed_on"),
        ({"approved_on": "2024-05-01", "announced_on": "2023"}, "announced_on"),
        ({"approved_on": "2999"}, "approved_on"),
        ({"approved_on": "soon"}, "approved_on"),
        ({"approved_on": "2024-05-01", "accepted_on": "2024-05-02"}, "accepted_on"),
    ],
)
def test_days_of_an_approval_come_in_their_order(client, bearer, days, parameter):
    id_ = client.get("/v1/names?q=燕楼镇&mode=exact").json["items"][0]["id"]
    tag = client.get(f"/v1/names/{id_}").headers["ETag"]
    refused = patch(client, bearer["officer"], id_, tag, reason="补录", **days)
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (400, parameter)


def test_of_two_at_once_one_is_told_to_read_again(client, bearer, proposed):
    id_, answers = proposed("抢批路"), []

    def run():
        answers.append(approve(client.application.test_client(), bearer["officer"], id_).status_code)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) in ([201, 409], [201, 412])
    history = client.get(f"/v1/names/{id_}/history", headers=bearer["reader"]).json["entries"]
    assert [one["kind"] for one in history].count("approved") == 1


def test_a_renaming_that_fails_half_way_leaves_everything_as_it_was(client, bearer, current, monkeypatch):
    old = current("完好路")
    before = client.get(f"/v1/names/{old}/procedure", headers=bearer["reader"]).json

    def full(*_):
        raise StorageError("full", zh="满")

    monkeypatch.setattr(SqlNamingWriter, "put_name_succession", full)
    body = {**APPROVAL, "papers": PAPERS, "kind": "rename", "name": "残缺路", "reason": "r"}
    assert record(client, bearer["officer"], old, **body, cause="construction").status_code == 507
    assert client.get(f"/v1/names/{old}/procedure", headers=bearer["reader"]).json == before
    assert client.get("/v1/names?q=残缺路&mode=exact", headers=bearer["keeper"]).json["items"] == []
