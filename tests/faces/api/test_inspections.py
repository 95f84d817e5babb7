"""Joint inspections over HTTP: two sides with their own tokens, versions in headers, whole refusals."""

from __future__ import annotations

import shutil

import pytest
from icalendar import Calendar

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.opened import open_geoname
from geoname.settings import Settings

LINE = "520102-520103"
BOTH = [{"side": "520102", "name": "张"}, {"side": "520103", "name": "李"}]
EN = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("inspections")
    for file in loaded.glob("geoname.gpkg*"):
        shutil.copy(file, folder)
    opened = open_geoname(str(folder / "geoname.gpkg"), loaded / "cache", folder / "files")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(Settings(), geoname).test_client()


@pytest.fixture(scope="module")
def bearer(geoname):
    def make(role, *divisions):
        return {"Authorization": f"Bearer {add_token(geoname, role, divisions).token}", **EN}

    return make


@pytest.fixture(scope="module")
def lead(bearer):
    return bearer("officer", "520102")


@pytest.fixture(scope="module")
def other(bearer):
    return bearer("officer", "520103")


@pytest.fixture(scope="module")
def province(bearer):
    return bearer("officer", "52")


@pytest.fixture
def case(client, lead):
    """A new case of the line; every call raises another, since special ones may follow each other."""
    body = {"line": LINE, "trigger": "disaster", "cause": "山洪", "lead": "520102"}
    answer = client.post("/v1/inspections", json=body, headers=lead)
    assert answer.status_code == 201, answer.text
    made = answer.get_json()
    assert answer.headers["Location"] == f"/v1/inspections/{made['id']}"
    return made["id"]


@pytest.fixture
def step(client):
    """Take a step as somebody, on the version that is read first."""

    def take(case, name, who, papers=(), **more):
        read = client.get(f"/v1/inspections/{case}", headers=who)
        assert read.status_code == 200, read.text
        body = {"step": name, "papers": [{"kind": kind, "title": kind} for kind in papers], **more}
        return client.post(
            f"/v1/inspections/{case}/transitions",
            json=body,
            headers={**who, "If-Match": read.headers["ETag"]},
        )

    return take


def sign(client, case, subject, who):
    shown = client.get(f"/v1/inspections/{case}/signatures", headers=who).get_json()
    digest = next(one["digest"] for one in shown["subjects"] if one["subject"] == subject)
    return client.post(
        f"/v1/inspections/{case}/signatures", json={"subject": subject, "digest": digest}, headers=who
    )


def test_two_sides_take_a_case_from_plan_to_closed(client, case, step, lead, other, province):
    def taken(*asked, **more):
        answer = step(case, *asked, **more)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    taken("plan", lead, ["annual_plan"])
    taken("draft_plan", lead, ["field_plan"])
    for side in (lead, other):
        assert sign(client, case, "plan", side).status_code == 201
    taken("agree_plan", other, ["minutes"])
    taken("file_plan", lead, ["plan_receipt"])
    items = taken("start_desk", other)["items"]
    taken("start_field", lead, ["desk_record"])
    for item in items:
        record = {"item": item["key"], "present": BOTH}
        kept = client.post(f"/v1/inspections/{case}/records", json=record, headers=other)
        assert kept.status_code == 201, kept.text
    assert client.get(f"/v1/inspections/{case}/records", headers=lead).get_json()["missing"] == []
    taken("list_findings", lead, ["finding_list"])
    taken("remedy", lead)
    taken("survey", other, ["survey_record"])
    taken("draft_report", lead, ["report"])
    for side in (other, lead):
        assert sign(client, case, "report", side).status_code == 201
    taken("sign_report", other)
    taken("file", lead, ["filing_letter", "filing_receipt"])
    taken("archive", lead, ["archive_list"])
    closed = taken("close", province)
    assert (closed["stage"], closed["next_steps"], closed["next_due"]) == ("closed", [], None)
    assert closed["filed_on"]


def test_a_step_needs_the_version_and_a_stale_one_changes_nothing(client, case, step, lead):
    address = f"/v1/inspections/{case}/transitions"
    body = {"step": "plan", "papers": [{"kind": "annual_plan", "title": "计划"}]}
    assert client.post(address, json=body, headers=lead).status_code == 428
    assert client.post(address, json=body, headers={**lead, "If-Match": '"9"'}).status_code == 412
    tag = client.get(f"/v1/inspections/{case}", headers=lead).headers["ETag"]
    done = client.post(address, json=body, headers={**lead, "If-Match": tag})
    assert done.get_json()["stage"] == "planned"
    again = client.post(address, json=body, headers={**lead, "If-Match": tag})
    assert again.status_code == 412
    assert "read it again" in again.get_json()["detail"]


def test_a_version_in_the_body_that_is_stale_is_a_conflict_and_names_the_present_one(
    client, case, lead, other
):
    address = f"/v1/inspections/{case}/transitions"
    body = {"step": "plan", "papers": [{"kind": "annual_plan", "title": "计划"}], "version": 1}
    assert client.post(address, json=body, headers=lead).get_json()["version"] == 2
    again = client.post(address, json=body, headers=lead)
    assert (again.status_code, again.get_json()["version"]) == (409, 2)
    assert again.get_json()["errors"][0]["parameter"] == "version"
    twice = client.post(address, json={**body, "version": 2}, headers={**lead, "If-Match": '"2"'})
    assert twice.status_code == 400
    for path, more in (
        ("papers", {"kind": "letter", "title": "函"}),
        ("records", {"item": "x", "present": BOTH}),
        ("corrections", {"record": "x", "field": "weather", "after": "雨", "reason": "笔误"}),
        ("findings", {"kind": "F1", "item": "x", "what": "y"}),
        ("findings/x/transitions", {"step": "handle"}),
        ("disputes", {"items": ["x"], "reason": "河道"}),
        ("signatures", {"subject": "plan", "digest": "00"}),
        ("peace", {"kind": "agreement", "title": "公约"}),
    ):
        write = f"/v1/inspections/{case}/{path}"
        stale = client.post(write, json={**more, "version": 1}, headers=other)
        assert (stale.status_code, stale.get_json().get("version")) == (409, 2), path
        assert client.post(write, json=more, headers={**other, "If-Match": '"1-old"'}).status_code == 412
    assert client.get(f"/v1/inspections/{case}", headers=lead).get_json()["version"] == 2


def test_everything_that_is_wrong_is_told_at_once(case, step, lead, other):
    refused = step(case, "file", lead)
    assert refused.status_code == 409
    told = refused.get_json()["detail"]
    for part in ("leads from signed to filed", "filing_letter", "not signed by 520102, 520103", "第12条"):
        assert part in told
    assert step(case, "draft_plan", other, ["field_plan"]).status_code == 403
    chinese = step(case, "file", {**lead, "Accept-Language": "zh"}).get_json()["detail"]
    assert "缺少材料：备案报告、备案回执" in chinese


def test_strangers_are_told_nothing(client, case, bearer, lead):
    stranger, reader = bearer("officer", "520402"), bearer("reader", "520102")
    for path in ("", "/records", "/findings", "/signatures", "/peace"):
        address = f"/v1/inspections/{case}{path}"
        assert client.get(address, headers=lead).status_code == 200
        assert client.get(address, headers=reader).status_code == 200
        assert client.get(address, headers=stranger).status_code == 404
        assert client.get(address).status_code == 401
    paper = {"kind": "letter", "title": "函"}
    assert client.post(f"/v1/inspections/{case}/papers", json=paper, headers=reader).status_code == 403
    assert client.post(f"/v1/inspections/{case}/papers", json=paper, headers=stranger).status_code == 404
    assert client.post(f"/v1/inspections/{case}/papers", json=paper, headers=lead).status_code == 201


def test_an_officer_of_the_province_signs_for_neither_side(client, case, step, lead, province):
    step(case, "plan", lead, ["annual_plan"])
    step(case, "draft_plan", lead, ["field_plan"])
    refused = sign(client, case, "plan", province)
    assert refused.status_code == 403
    assert "one side" in refused.get_json()["detail"]


@pytest.mark.parametrize(
    ("path", "body", "parameter"),
    [
        ("", {"line": LINE, "trigger": "war"}, "trigger"),
        ("", {"line": LINE, "trigger": "disaster", "on": "2026-02-30"}, "on"),
        ("/{id}/records", {"item": "segment:start-end", "present": "520102"}, "present"),
        ("/{id}/records", {"item": "segment:start-end", "present": [{"side": "520102"}]}, "present[0].name"),
        ("/{id}/records", {"item": "x", "present": BOTH, "lon": 181}, "lon"),
        ("/{id}/records", {"item": "x", "present": BOTH * 300}, "present"),
        ("/{id}/findings", {"kind": "F16", "item": "x", "what": "y"}, "kind"),
        ("/{id}/findings", {"kind": "F1", "item": "x", "what": "\0"}, "what"),
        ("/{id}/papers", {"kind": "letter", "title": "函", "pages": 3}, "pages"),
        ("/{id}/peace", {"kind": "feast", "title": "宴"}, "kind"),
    ],
)
def test_a_wrong_body_names_what_is_wrong(client, case, lead, path, body, parameter):
    answer = client.post(f"/v1/inspections{path}".replace("{id}", case), json=body, headers=lead)
    assert answer.status_code == 400, answer.text
    assert [error["parameter"] for error in answer.get_json()["errors"]] == [parameter]


def test_findings_and_disputes_over_http(client, case, step, lead, other, province):
    for name, who, papers in (
        ("plan", lead, ["annual_plan"]), ("draft_plan", lead, ["field_plan"]),
    ):  # fmt: skip
        step(case, name, who, papers)
    sign(client, case, "plan", lead), sign(client, case, "plan", other)
    for name, papers in (
        ("agree_plan", ["minutes"]), ("file_plan", ["plan_receipt"]), ("start_desk", []),
        ("start_field", ["desk_record"]),
    ):  # fmt: skip
        assert step(case, name, lead, papers).status_code == 200
    item = "segment:start-end"
    body = {"kind": "F10", "item": item, "what": "单方立牌"}
    found = client.post(f"/v1/inspections/{case}/findings", json=body, headers=other).get_json()
    address = f"/v1/inspections/{case}/findings/{found['finding']['id']}/transitions"
    assert client.post(address, json={"step": "handle"}, headers=lead).status_code == 200
    refused = client.post(address, json={"step": "document", "present": ["520102"]}, headers=lead)
    assert refused.status_code == 409
    assert "absent was 520103" in refused.get_json()["detail"]
    dispute = {"items": [item], "reason": "河道"}
    raised = client.post(f"/v1/inspections/{case}/disputes", json=dispute, headers=other)
    assert raised.status_code == 201
    id_ = raised.get_json()["disputes"][0]["id"]
    decision = f"/v1/inspections/{case}/disputes/{id_}/decision"
    assert client.post(decision, json={"title": "决定"}, headers=lead).status_code == 403
    decided = client.post(decision, json={"title": "决定", "number": "1号"}, headers=province)
    assert decided.get_json()["disputes"][0]["decision"] == "1号"
    peace = {"kind": "joint_meeting", "title": "第一次联席会议"}
    assert client.post(f"/v1/inspections/{case}/peace", json=peace, headers=lead).status_code == 201
    assert len(client.get(f"/v1/inspections/{case}/peace", headers=other).get_json()["items"]) >= 1
    record = {"item": item, "present": BOTH}
    kept = client.post(f"/v1/inspections/{case}/records", json=record, headers=lead).get_json()
    assert client.post(f"/v1/inspections/{case}/records", json=record, headers=lead).status_code == 409
    correction = {"record": kept["id"], "field": "weather", "after": "雨", "reason": "笔误"}
    right = client.post(f"/v1/inspections/{case}/corrections", json=correction, headers=other)
    assert (right.status_code, right.get_json()["corrections"][0]["side"]) == (201, "520103")


def test_the_inspections_of_a_line_are_listed_with_it(client, case, lead):
    found = client.get(f"/v1/boundary-lines/{LINE}/inspections", headers=lead).get_json()["items"]
    assert case in [one["id"] for one in found]
    assert client.get("/v1/inspections?stage=flying", headers=lead).status_code == 400


def test_progress_needs_no_token_and_plans_do(client, lead, bearer):
    progress = client.get("/v1/inspection-progress")
    assert progress.status_code == 200
    assert {one["key"]: one["lines"] for one in progress.get_json()["by_level"]} == {
        "province": 5, "county": 226,
    }  # fmt: skip
    body = {"from": 2026, "years": 5}
    assert client.post("/v1/inspection-plans", json=body).status_code == 401
    preview = client.post("/v1/inspection-plans", json=body, headers=bearer("reader", "52"))
    assert len(preview.get_json()["assignments"]) == 231
    assert client.get("/v1/inspection-plans", headers=lead).get_json() == {"items": []}
    adopt = client.post("/v1/inspection-plans", json={**body, "adopt": True}, headers=bearer("reader", "52"))
    assert adopt.status_code == 403


def test_deadlines_are_a_list_and_a_calendar(client, lead):
    found = client.get("/v1/inspections/deadlines", headers=lead).get_json()
    assert set(found) == {"on", "late", "soon", "later", "items"}
    calendar = client.get("/v1/inspections/deadlines.ics", headers=lead)
    assert calendar.mimetype == "text/calendar"
    assert len(Calendar.from_ical(calendar.data).walk("VEVENT")) == len(found["items"])
    assert client.get("/v1/inspections/deadlines.ics").status_code == 401
