"""Files to load over HTTP: tried, loaded, published, taken back; by officers, for their own divisions."""

import csv
import io
import shutil
from dataclasses import replace

import pytest

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.loads import KIND
from geoname.service.loads_work import load_work
from geoname.service.opened import open_geoname
from geoname.service.run_jobs import JobRunner
from geoname.settings import Limits, Settings

BASE = "/v1/loads"
TABLE = """记录编号,标准名称,类别,东经,北纬,所在政区
r0,虚构甲寨,22200,106.68,26.335,520111101
r1,虚构乙寨,不知道,106.68,26.335,520111101
"""
DEFINITION = """
title = "虚构"
authority = "test"
source = "test"
licence = "test"
valid_from = 2015-12-31
crs = "EPSG:4490"
id = "over-http"
"""


@pytest.fixture(scope="module")
def geoname(province, tmp_path_factory):
    folder = tmp_path_factory.mktemp("loads")
    shutil.copy(province / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(province / "cache", folder / "cache")
    opened = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(replace(Settings(), limits=Limits(open_jobs=20, upload_rows=50)), geoname).test_client()


def bearer(geoname, role, *divisions):
    return {"Authorization": f"Bearer {add_token(geoname, role, divisions).token}"}


@pytest.fixture(scope="module")
def officer(geoname):
    return bearer(geoname, "officer", "5201")


def hand_in(client, headers, content=TABLE, name="地名.csv", address=BASE, **fields):
    content = content.encode() if isinstance(content, str) else content
    data = {"file": (io.BytesIO(content), name), "kind": "names", "definition": DEFINITION} | fields
    return client.post(address, data=data, headers=headers)


def done(geoname, client, headers, id_):
    """The load after the worker has been through everything that waits."""
    runner = JobRunner(geoname, {KIND: load_work(geoname)})
    while runner.run_one():
        pass
    return client.get(f"{BASE}/{id_}", headers=headers).get_json()


def found(client, name="虚构甲寨"):
    return [item["name"] for item in client.get("/v1/names", query_string={"q": name}).get_json()["items"]]


def test_tried_loaded_and_taken_back(geoname, client, officer):
    answer = hand_in(client, officer, dry_run="true")
    assert answer.status_code == 202
    id_ = answer.get_json()["id"]
    assert answer.headers["Location"] == f"{BASE}/{id_}"
    tried = done(geoname, client, officer, id_)
    assert (tried["state"], tried["fraction"], tried["rejected"]) == ("done", 1.0, 1)
    assert tried["report"]["counts"] == {"added": 1}
    assert tried["report"]["troubles"][0]["trouble"] == "unknown_class"
    assert tried["report"]["points"] == [{"lon": 106.68, "lat": 26.335, "name": "虚构甲寨"}]
    assert "虚构甲寨" not in found(client)
    assert tried["report"]["rejects_file"] == "地名.rejects.csv"
    rejects = client.get(f"{BASE}/{id_}/rejects", headers=officer)
    assert rejects.mimetype == "text/csv"
    (row,) = csv.DictReader(io.StringIO(rejects.get_data().decode("utf-8-sig")))
    assert (row["记录编号"], row["_原因 reason"]) == ("r1", "不是已知的地名类别")
    assert client.get(f"{BASE}/{id_}/changes", headers=officer).status_code == 404
    published = client.post(f"{BASE}/{id_}/publish", json={}, headers=officer)
    assert published.status_code == 202
    again = done(geoname, client, officer, published.get_json()["id"])
    assert (again["dry_run"], again["report"]["status"]) == (False, "loaded")
    assert found(client)[0] == "虚构甲寨"
    renamed = hand_in(client, officer, TABLE.replace("虚构甲寨", "改名寨"), dry_run="true").get_json()["id"]
    assert done(geoname, client, officer, renamed)["report"]["counts"] == {"renamed": 1}
    changes = client.get(f"{BASE}/{renamed}/changes", headers=officer)
    (row,) = csv.DictReader(io.StringIO(changes.get_data().decode("utf-8-sig")))
    assert (row["变化 change"], row["原 before"], row["现 after"]) == ("renamed", "虚构甲寨", "改名寨")
    undone = client.post(f"{BASE}/{again['id']}/undo", json={}, headers=officer)
    assert undone.get_json()["undone"] == {"release": again["report"]["release"], "gone": 2, "restored": 0}
    assert "虚构甲寨" not in found(client)
    twice = client.post(f"{BASE}/{again['id']}/undo", json={}, headers=officer)
    assert twice.status_code == 409
    listed = client.get(BASE, headers=officer).get_json()["items"]
    assert [item["id"] for item in listed][-3:] == [id_, again["id"], renamed]


def test_a_definition_is_suggested_and_nothing_kept(geoname, client, officer):
    jobs = len(geoname.store.jobs())
    data = {"file": (io.BytesIO(TABLE.encode("gb18030")), "地名.csv")}
    told = client.post(f"{BASE}/definition", data=data, headers=officer).get_json()
    assert told["missing"] == ["authority", "source", "licence", "valid_from"]
    assert 'name = "标准名称"' in told["definition"]
    assert 'encoding = "gb18030"' in told["definition"]
    assert told["columns"] == TABLE.splitlines()[0].split(",")
    assert told["rows"][0][1] == "虚构甲寨"
    assert len(geoname.store.jobs()) == jobs


@pytest.mark.parametrize(
    ("kind", "table", "known", "drafted"),
    [
        ("divisions", "代码,名称\n520111101,青岩镇\n", "as_of = 2023-06-30", 'scheme = "nbs"'),
        ("changes", "年份,原代码,原名称,变更原因,现代码,现名称,文号\n2020,,,新设,520111001,贵筑街道,文\n",
         'title = "变更"', "as_of = 2020-12-31"),
        ("lines", "甲方代码,乙方代码\n520111,520102\n", "", 'side_b = "乙方代码"'),
        ("markers", "桩号,经度,纬度\n5201,106.7,26.4\n", 'crs = "gcj02"', 'crs = "gcj02"'),
    ],
)  # fmt: skip
def test_every_kind_of_file_has_its_definition_suggested(client, officer, kind, table, known, drafted):
    data = {"file": (io.BytesIO(table.encode()), "表.csv"), "kind": kind, "definition": known}
    answer = client.post(f"{BASE}/definition", data=data, headers=officer)
    assert answer.status_code == 200
    told = answer.get_json()
    assert drafted in told["definition"]
    assert known in told["definition"]
    assert told["columns"] == table.splitlines()[0].split(",")


@pytest.mark.parametrize(
    ("content", "name", "definition", "status"),
    [
        (TABLE, "a.csv", "title = ", 400),
        (TABLE, "a.csv", 'nonsense = "x"', 400),
        (b"", "a.csv", DEFINITION, 400),
        (b"%PDF-1.4", "a.csv", DEFINITION, 400),
        (b"\x00\x01\x02\x03", "a.shp", DEFINITION, 400),
    ],
)
def test_what_cannot_be_loaded_is_refused_at_once(client, officer, content, name, definition, status):
    answer = hand_in(client, officer, content, name, definition=definition)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("content", "definition", "words"),
    [
        (TABLE.replace("标准名称", "甲"), DEFINITION, "地名所在的列"),
        (TABLE, DEFINITION.replace('licence = "test"', ""), "licence"),
        (TABLE, DEFINITION.replace("EPSG:4490", "EPSG:4610"), "不公开"),
        ('{"type": "FeatureCollection"', DEFINITION, "无法读取"),
        (TABLE + "r2,虚构丙寨,22200,106.68,26.335,520111101\n" * 49, DEFINITION, "超过 50 行"),
    ],
)
def test_what_turns_out_wrong_is_told_by_the_load(geoname, client, officer, content, definition, words):
    id_ = hand_in(client, officer, content, definition=definition).get_json()["id"]
    load = done(geoname, client, officer, id_)
    assert load["state"] == "failed"
    assert words in load["trouble"]["zh"]
    assert load["report"] is None
    assert client.get(f"{BASE}/{id_}/rejects", headers=officer).status_code == 404
    assert client.post(f"{BASE}/{id_}/publish", json={}, headers=officer).status_code == 409
    assert client.post(f"{BASE}/{id_}/undo", json={}, headers=officer).status_code == 409


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("reader", 403), ("recorder", 403)])
def test_only_officers_load(geoname, client, role, status):
    headers = {} if role is None else bearer(geoname, role, "52")
    assert hand_in(client, headers).status_code == status
    assert client.get(BASE, headers=headers).status_code == status


def test_a_load_is_private_to_its_token(geoname, client, officer):
    id_ = hand_in(client, officer, dry_run="true").get_json()["id"]
    other = bearer(geoname, "officer", "5201")
    for address in (f"{BASE}/{id_}", f"{BASE}/{id_}/rejects"):
        assert client.get(address, headers=other).status_code == 404
    assert client.post(f"{BASE}/{id_}/publish", json={}, headers=other).status_code == 404


def test_rows_beyond_the_divisions_of_a_token_are_refused(geoname, client):
    elsewhere = bearer(geoname, "officer", "520327")
    load = done(geoname, client, elsewhere, hand_in(client, elsewhere).get_json()["id"])
    assert load["report"]["records"] == 0
    assert "not_entitled" in [shown["trouble"] for shown in load["report"]["troubles"]]


def test_other_kinds_need_the_divisions_in_the_definition(geoname, client, officer):
    assert hand_in(client, officer, kind="boundaries").status_code == 403
    beyond = DEFINITION + 'within = ["5203"]\n'
    assert hand_in(client, officer, kind="boundaries", definition=beyond).status_code == 403
    own = DEFINITION + 'within = ["520111"]\n'
    assert hand_in(client, officer, kind="boundaries", definition=own).status_code == 202
    assert hand_in(client, officer, kind="nothing").status_code == 400


def test_a_worker_that_dies_leaves_nothing_half_done(geoname, client, officer):
    table = TABLE.replace("r0", "r7").replace("虚构甲寨", "虚构庚寨")
    id_ = hand_in(client, officer, table).get_json()["id"]
    work = load_work(geoname)
    job, _ = geoname.store.lease_job("dead", 0.0, (KIND,))
    steps = work(job)
    next(steps)
    steps.close()
    load = done(geoname, client, officer, id_)
    assert (load["state"], load["report"]["records"]) == ("done", 1)
    assert found(client, "虚构庚寨").count("虚构庚寨") == 1


def test_another_edition_is_made_active_by_an_administrator(geoname, client, officer):
    address = "/v1/editions/amap/activate"
    assert client.post(address, json={}, headers=officer).status_code == 403
    keeper = bearer(geoname, "administrator")
    assert client.post("/v1/editions/nothing/activate", json={}, headers=keeper).status_code == 404
    items = client.post(address, json={}, headers=keeper).get_json()["items"]
    assert [item["edition"]["id"] for item in items if item["active"]] == ["amap"]
    assert client.post("/v1/editions/tianditu/activate", json={}, headers=keeper).status_code == 200
