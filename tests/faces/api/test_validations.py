"""Files over HTTP: by form or raw body, private, held to quotas, with names that do no harm."""

import csv
import io
import shutil
import time
from dataclasses import replace
from urllib.parse import unquote

import pytest

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.opened import open_geoname
from geoname.service.run_jobs import JobRunner
from geoname.service.validation_matcher import offering_matcher
from geoname.service.validation_work import validation_work
from geoname.service.validations import KIND
from geoname.settings import Limits, Settings

BASE = "/v1/validations"
TABLE = "编号,地名\n1,贵州省贵阳市南明区\n2,龙场镇\n3,遵义县\n4,未名之地甲乙丙\n"


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    opened = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def limits():
    return Limits(upload_bytes=20_000, upload_rows=200, open_jobs=50)


@pytest.fixture(scope="module")
def client(geoname, limits):
    return create_app(replace(Settings(), limits=limits), geoname).test_client()


@pytest.fixture(scope="module")
def me(geoname):
    return {"Authorization": f"Bearer {add_token(geoname, 'reader').token}"}


@pytest.fixture(scope="module")
def other(geoname):
    return {"Authorization": f"Bearer {add_token(geoname, 'administrator').token}"}


def form(content=TABLE, name="表.csv", **fields):
    return {
        "data": {
            "file": (io.BytesIO(content.encode() if isinstance(content, str) else content), name),
            **fields,
        }
    }


def begin(client, headers, **given):
    answer = client.post(BASE, headers=headers, **(given or form()))
    assert answer.status_code == 202, answer.json
    return answer


def work_off(geoname):
    while JobRunner(geoname, {KIND: validation_work(geoname, offering_matcher)}).run_one():
        pass


@pytest.fixture(scope="module")
def done(client, geoname, me):
    begun = begin(client, me)
    work_off(geoname)
    return begun.headers["Location"]


def test_a_file_is_taken_in_followed_and_given_back(client, geoname, me):
    begun = begin(client, me)
    where = begun.headers["Location"]
    assert where == f"{BASE}/{begun.json['id']}"
    assert (begun.json["state"], begun.json["options"]["column"]) == ("queued", "地名")
    assert client.get(f"{where}/result", headers=me).status_code == 409
    work_off(geoname)
    shown = client.get(where, headers=me)
    assert shown.json["state"] == "done"
    assert sum(shown.json["counts"].values()) == shown.json["rows_done"] == 4
    assert client.get(where, headers=me | {"If-None-Match": shown.headers["ETag"]}).status_code == 304
    result = client.get(f"{where}/result", headers=me)
    assert result.content_type == "text/csv; charset=utf-8"
    assert unquote(result.headers["Content-Disposition"]) == "attachment; filename*=UTF-8''表.csv"
    assert result.headers["Cache-Control"].startswith("private")
    rows = list(csv.reader(io.StringIO(result.data.decode())))
    assert [",".join(row[:2]) for row in rows] == TABLE.splitlines()
    assert rows[1][2:4] == ["标准", "南明区"]
    assert client.get(f"{where}/result?format=xlsx", headers=me).data.startswith(b"PK")


def test_a_raw_body_with_its_name_does_as_well(client, me):
    begun = client.post(
        f"{BASE}?filename=%E8%A1%A8.csv&column=%E5%9C%B0%E5%90%8D", data=TABLE.encode("gb18030"), headers=me,
        content_type="application/octet-stream",
    )  # fmt: skip
    assert begun.status_code == 202, begun.json
    assert begun.json["filename"] == "表.csv"


def test_a_preview_keeps_nothing(client, me):
    before = len(client.get(BASE, headers=me).json["items"])
    seen = client.post(f"{BASE}/preview", headers=me, **form())
    assert (seen.status_code, seen.json["columns"], seen.json["guess"]) == (200, ["编号", "地名"], "地名")
    assert len(client.get(BASE, headers=me).json["items"]) == before


def test_rows_are_filtered_and_a_candidate_chosen(client, me, done):
    ambiguous = client.get(f"{done}/rows?status=ambiguous", headers=me).json["items"]
    assert "龙场镇" in [row["text"] for row in ambiguous]
    row = next(row for row in ambiguous if row["text"] == "龙场镇")
    choice = row["candidates"][-1]
    chosen = client.post(f"{done}/choices", headers=me, json={"row": row["row"], "choice": choice["id"]})
    assert chosen.json["chosen"] == choice
    assert client.get(done, headers=me).json["chosen"] == 1
    result = client.get(f"{done}/result", headers=me).data.decode()
    assert "/".join(choice["path"]) in result
    wrong = client.post(f"{done}/choices", headers=me, json={"row": row["row"], "choice": "n0"})
    assert wrong.status_code == 400
    assert wrong.json["errors"][0]["parameter"] == "choice"


def test_pages_of_rows_link_on(client, geoname, me):
    where = begin(client, me, **form("地名\n" + "龙场镇\n" * 5)).headers["Location"]
    work_off(geoname)
    seen, address = [], f"{where}/rows?limit=2"
    while address:
        page = client.get(address, headers=me)
        seen += [row["row"] for row in page.json["items"]]
        link = page.headers.get("Link")
        address = link and link[1 : link.index(">")]
    assert seen == [1, 2, 3, 4, 5]


def test_another_token_is_told_that_there_is_no_such_file(client, other, done):
    for method, path, body in (
        ("GET", done, None),
        ("GET", f"{done}/rows", None),
        ("GET", f"{done}/result", None),
        ("POST", f"{done}/choices", {"row": 1, "choice": "x"}),
        ("DELETE", done, None),
    ):
        assert client.open(path, method=method, headers=other, json=body).status_code == 404, (method, path)
    assert client.get(BASE, headers=other).json["items"] == []


@pytest.mark.parametrize("path", ["", "/x", "/x/rows", "/x/result"])
def test_without_a_token_nothing_is_told(client, path):
    answer = client.get(BASE + path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="geoname"'
    assert client.post(BASE, **form()).status_code == 401


def test_deleting_leaves_nothing(client, geoname, me):
    where = begin(client, me).headers["Location"]
    gone = client.delete(where, headers=me)
    assert (gone.status_code, gone.data) == (204, b"")
    assert client.get(where, headers=me).status_code == 404
    assert client.delete(where, headers=me).status_code == 404


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        ("地名\n" + "长" * 8000, "20000"),
        ("地名\n" + "南明区\n" * 201, "200"),
        ("地名\n" + "长" * 80_000, "20000"),
    ],
)
def test_what_is_beyond_a_quota_is_refused_with_the_limit(client, me, content, limit):
    for sent in (form(content), {"data": content.encode(), "content_type": "text/csv"}):
        answer = client.post(BASE, headers=me | {"Accept-Language": "en"}, **sent)
        assert answer.status_code == 413, answer.json
        assert limit in answer.json["detail"]
        assert answer.json["type"] == "/problems/too-much"


def test_too_many_files_at_once_are_refused(geoname, me, limits):
    strict = create_app(replace(Settings(), limits=replace(limits, open_jobs=1)), geoname).test_client()
    token = {"Authorization": f"Bearer {add_token(geoname, 'reader').token}"}
    where = begin(strict, token).headers["Location"]
    assert strict.post(BASE, headers=token, **form()).status_code == 413
    strict.delete(where, headers=token)
    strict.delete(begin(strict, token).headers["Location"], headers=token)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\a\\b.csv", "b.csv"),
        ("a\0b.csv", "ab.csv"),
        ('a"; filename="x.exe\r\nX-A: b.csv', None),
        ("长" * 500 + ".csv", "长" * 116 + ".csv"),
        ("", "names"),
    ],
)
def test_a_hostile_name_does_no_harm(client, geoname, me, name, kept):
    sent = client.post(
        BASE, query_string={"filename": name} if name else {}, data=TABLE.encode(), headers=me,
        content_type="application/octet-stream",
    )  # fmt: skip
    assert sent.status_code == 202, sent.json
    if kept is not None:
        assert sent.json["filename"] == kept
    work_off(geoname)
    result = client.get(f"{sent.headers['Location']}/result", headers=me)
    assert result.data.startswith("编号,地名,".encode())
    assert "X-A" not in result.headers
    assert result.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    folder = geoname.attachments.folder
    for file in folder.rglob("*"):
        assert file.name == ".lock" or file.is_dir() or len(file.stem) == 64
        assert file.is_dir() or file.name == ".lock" or file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        (form(column="名字"), "column"),
        (form(nonsense="1"), "nonsense"),
        (form(crs="mars"), "crs"),
        (form(lon="编号"), "lat"),
        (form(content="", name="a.csv"), "file"),
        (form(content=b"%PDF-1.7 ..."), "file"),
        (form(content=b"PK\x03\x04 no workbook"), "file"),
        ({"data": {"column": "地名"}, "content_type": "multipart/form-data"}, "file"),
        ({"data": {"file": (io.BytesIO(b"a"), "a"), "other": (io.BytesIO(b"b"), "b")}}, "other"),
        ({"data": b"", "content_type": "text/csv"}, "file"),
    ],
)
def test_what_cannot_be_right_is_named(client, me, given, parameter):
    answer = client.post(BASE, headers=me, **given)
    assert answer.status_code == 400, answer.json
    assert parameter in [error["parameter"] for error in answer.json["errors"]]


def test_unknown_parameters_are_refused_on_reading_too(client, me, done):
    for path in (
        f"{done}?x=1",
        f"{done}/rows?status=good",
        f"{done}/result?format=doc",
        f"{done}/rows?limit=0",
    ):
        assert client.get(path, headers=me).status_code == 400, path


def test_time_is_up_when_the_quota_says(client, geoname, me):
    begun = begin(client, me)
    expires = geoname.store.job(begun.json["id"]).expires
    assert abs(expires - time.time() - 7 * 86_400) < 60


def test_preflight_allows_the_token_and_deleting(client, done):
    answer = client.options(done)
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_the_document_declares_files_tokens_and_statuses(client):
    document = client.get("/openapi.json").json
    begin_ = document["paths"][BASE]["post"]
    assert set(begin_["responses"]) >= {"202", "400", "401", "403", "413"}
    assert begin_["security"] == [{"bearer": []}]
    schema = begin_["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert schema["properties"]["file"]["format"] == "binary"
    assert schema["required"] == ["file"]
    choices = document["paths"][f"{BASE}/{{id}}/choices"]["post"]
    assert [one["name"] for one in choices["parameters"]] == ["id"]
    assert document["paths"][f"{BASE}/{{id}}"]["delete"]["responses"]["204"]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["paths"]["/v1/names"]["get"]["security"] == [{}, {"bearer": []}]
