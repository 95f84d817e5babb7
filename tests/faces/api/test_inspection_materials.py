"""Tracks, photographs, forms, reports over HTTP: by form or raw body, private to the sides, on record."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.settings import Settings

_path = Path(__file__).parents[2] / "service" / "field" / "conftest.py"
_spec = importlib.util.spec_from_file_location("field_case", _path)
_case = importlib.util.module_from_spec(_spec)
sys.modules["field_case"] = _case
_spec.loader.exec_module(_case)
field_database, field = _case.field_database, _case.field


@pytest.fixture(scope="module")
def tokens(field_database):
    def bearer(role, *divisions):
        return {"Authorization": f"Bearer {add_token(field_database, role, divisions).token}"}

    return {
        "recorder": bearer("recorder", "520111"),
        "neighbour": bearer("recorder", "520181"),
        "reader": bearer("reader", "520111"),
        "stranger": bearer("officer", "5203"),
    }


@pytest.fixture
def client(field):
    return create_app(Settings(), field.geoname).test_client()


def sent(content, name, **fields):
    return {"data": {"file": (io.BytesIO(content), name), **fields}, "content_type": "multipart/form-data"}


def test_a_track_by_form_and_by_raw_body(client, field, tokens):
    base = f"/v1/inspections/{field.id}/tracks"
    made = client.post(base, headers=tokens["recorder"], **sent(field.gpx(0.0, 0.5), "a.gpx", tolerance="10"))
    assert made.status_code == 201
    assert made.json["tolerance_raised"] is True
    assert made.json["side"] == "520111"
    raw = client.post(f"{base}?filename=b.gpx", headers=tokens["neighbour"], data=field.gpx(0.5, 1.0),
                      content_type="application/gpx+xml")  # fmt: skip
    assert raw.status_code == 201
    listed = client.get(base, headers=tokens["reader"]).json
    assert listed["together"]["share"] == 1.0
    assert [one["filename"] for one in listed["items"]] == ["a.gpx", "b.gpx"]
    gone = client.delete(f"{base}/{made.json['id']}?reason=错", headers=tokens["recorder"])
    assert gone.json["withdrawn_reason"] == "错"


def test_a_photograph_goes_in_and_comes_out(client, field, tokens):
    base = f"/v1/inspections/{field.id}/attachments"
    body = field.photo(106.5, 26.5)
    made = client.post(base, headers=tokens["recorder"],
                       **sent(body, "../../界桩㵲.html", subject="marker:001Q", note="正面"))  # fmt: skip
    assert made.status_code == 201
    assert made.json["filename"] == "界桩㵲.html"
    assert made.json["ending"] == "jpg"
    got = client.get(f"{base}/{made.json['id']}", headers=tokens["neighbour"])
    assert got.data == body
    assert got.headers["Content-Type"] == "image/jpeg"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert unquote(got.headers["Content-Disposition"]).endswith("界桩㵲.html")
    assert got.headers["Content-Disposition"].startswith("attachment")
    seen = client.get(f"{base}?subject=marker:001Q", headers=tokens["reader"]).json["items"]
    assert [(one["lon"], one["note"]) for one in seen] == [(None, "正面")]
    gone = client.delete(f"{base}/{made.json['id']}?reason=x", headers=tokens["recorder"])
    assert gone.status_code == 200
    assert client.get(f"{base}/{made.json['id']}", headers=tokens["recorder"]).status_code == 404


def test_a_form_goes_out_and_is_merged(client, field, tokens):
    base = f"/v1/inspections/{field.id}/forms"
    given = client.post(base, headers=tokens["recorder"], json={"format": "csv"})
    assert given.status_code == 200
    assert given.headers["Content-Type"].startswith("text/csv")
    back = client.post(f"{base}/merge", headers=tokens["recorder"], **sent(given.data, "b.csv"))
    assert back.json["written"] == 0
    wrong = sent(given.data, "b.csv", decisions=json.dumps({"marker:none": {"*": "mine"}}))
    refused = client.post(f"{base}/merge", headers=tokens["recorder"], **wrong)
    assert refused.status_code == 400
    for text in ("{", "[1]", '{"a": {"b": "ours"}}'):
        odd = client.post(
            f"{base}/merge", headers=tokens["recorder"], **sent(given.data, "b", decisions=text)
        )
        assert odd.status_code == 400
        assert "decisions" in odd.get_data(as_text=True)


def test_report_and_archive_are_downloads(client, field, tokens):
    report = client.get(f"/v1/inspections/{field.id}/report", headers=tokens["reader"])
    assert report.data.startswith(b"%PDF-")
    assert report.headers["Content-Type"] == "application/pdf"
    word = client.get(f"/v1/inspections/{field.id}/report?format=docx", headers=tokens["reader"])
    assert word.data.startswith(b"PK")
    assert "年联检报告.docx" in unquote(word.headers["Content-Disposition"])
    archive = client.get(f"/v1/inspections/{field.id}/archive", headers=tokens["recorder"])
    assert archive.data.startswith(b"PK")
    assert archive.headers["Content-Type"] == "application/zip"
    assert client.get(f"/v1/inspections/{field.id}/archive", headers=tokens["reader"]).status_code == 403
    assert (
        client.get(f"/v1/inspections/{field.id}/report?format=exe", headers=tokens["reader"]).status_code
        == 400
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "tracks"), ("GET", "tracks"), ("DELETE", "tracks/x?reason=y"), ("POST", "attachments"),
        ("GET", "attachments"), ("GET", "attachments/x"), ("DELETE", "attachments/x?reason=y"),
        ("POST", "forms"), ("POST", "forms/merge"), ("POST", "survey"), ("GET", "report"), ("GET", "archive"),
    ],
)  # fmt: skip
def test_nothing_is_open_to_strangers(client, field, tokens, method, path):
    address = f"/v1/inspections/{field.id}/{path}"
    more = {"json": {}} if path == "forms" else sent(b"x", "x") if method == "POST" else {}
    assert client.open(address, method=method, **more).status_code == 401
    more = {"json": {}} if path == "forms" else sent(b"x", "x") if method == "POST" else {}
    assert client.open(address, method=method, headers=tokens["stranger"], **more).status_code == 404


@pytest.mark.parametrize(
    ("path", "content", "says"),
    [
        ("tracks", b"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx/>", "实体"),
        ("tracks", b"<html></html>", "GPX"),
        ("tracks", b"", "XML"),
        ("attachments", b"<html><script>alert(1)</script></html>", "网页"),
        ("attachments", b"", "空"),
        ("forms/merge", b"a,b\n1,2", "item"),
        ("survey", b"a,b\n1,2", "lon"),
    ],
)
def test_bad_files_are_refused_in_words_and_change_nothing(client, field, tokens, path, content, says):
    address = f"/v1/inspections/{field.id}/{path}"
    refused = client.post(address, headers=tokens["recorder"], **sent(content, "x.jpg"))
    assert refused.status_code == 400
    assert refused.headers["Content-Type"].startswith("application/problem+json")
    assert says in refused.get_data(as_text=True)
    assert field.geoname.store.tracks(field.id) == field.geoname.store.attachments(field.id) == []


def test_what_is_missing_or_not_known_is_told(client, field, tokens):
    address = f"/v1/inspections/{field.id}/tracks"
    missing = client.post(
        address, headers=tokens["recorder"], data={"note": "x"}, content_type="multipart/form-data"
    )
    assert missing.status_code == 400
    assert "file" in missing.get_data(as_text=True)
    odd = client.post(address, headers=tokens["recorder"], **sent(field.gpx(), "a", colour="red"))
    assert odd.status_code == 400
    for tolerance in ("0", "-5", "nan", "inf", "x"):
        wrong = client.post(
            address, headers=tokens["recorder"], **sent(field.gpx(), "a", tolerance=tolerance)
        )
        assert wrong.status_code == 400
        assert "tolerance" in wrong.get_data(as_text=True)
