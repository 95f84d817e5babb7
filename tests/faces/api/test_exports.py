"""Exports over HTTP: every format, what each role may see, as of a day, and who took what is not open."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from urllib.parse import unquote

import geopandas
import pytest

from geoname.core.register.name import Publication
from geoname.core.register.place import Secrecy
from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.opened import open_geoname
from geoname.settings import Settings

INTERNAL, RESTRICTED, SECRET = "青岩镇", "播州区", "花溪区"


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    opened = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    entries = {
        entry.name.text: entry for batch in opened.store.name_entries() for entry in batch
        if entry.name.text in (INTERNAL, RESTRICTED, SECRET)
    }  # fmt: skip
    with opened.store.writing("test", "hide") as writer:
        hidden = entries[INTERNAL]
        writer.put_names([replace(hidden.name, publication=Publication.INTERNAL)], hidden.release_id)
        for text, secrecy in ((RESTRICTED, Secrecy.RESTRICTED), (SECRET, Secrecy.SECRET)):
            one = entries[text]
            writer.put_places([replace(one.place, secrecy=secrecy)], one.release_id)
    opened.refresh()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(Settings(), geoname).test_client()


@pytest.fixture(scope="module")
def bearer(geoname):
    made = {role: add_token(geoname, role).token for role in ("reader", "administrator")}
    return {role: {"Authorization": f"Bearer {token}"} for role, token in made.items()} | {"public": {}}


def rows(client, headers=None, what="names", **query):
    answer = client.get(f"/v1/exports/{what}", query_string=query, headers=headers or {})
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def named(found, text):
    return next((one for one in found if one["name"] == text), None)


def test_the_public_gets_what_is_public(client, bearer):
    county = {"class": "214", "status": "current"}
    public = rows(client, **county)
    assert named(public, RESTRICTED)["lon"] == named(public, SECRET)["lon"] == ""
    assert named(public, SECRET)["location_basis"] == "restricted"
    reader = rows(client, bearer["reader"], **county)
    assert named(reader, RESTRICTED)["lon"] != ""
    assert named(reader, SECRET)["lon"] == ""
    assert named(rows(client, bearer["administrator"], **county), SECRET)["lon"] != ""
    towns = {"class": "215", "within": "520111"}
    assert named(rows(client, **towns), INTERNAL) is None
    assert named(rows(client, bearer["reader"], **towns), INTERNAL)["publication"] == "internal"


def test_taking_what_is_not_open_is_on_record(client, bearer, geoname):
    before = len(geoname.store.audit("export:names"))
    rows(client, **{"class": "214"})
    rows(client, bearer["reader"], **{"class": "216", "within": "520111"})
    assert len(geoname.store.audit("export:names")) == before
    rows(client, bearer["administrator"], **{"class": "214"})
    record = geoname.store.audit("export:names")[-1]
    assert record.actor != "keeper"
    assert json.loads(record.after)["restricted_locations"] == 2
    rows(client, bearer["reader"], "divisions", level="county")
    assert json.loads(geoname.store.audit("export:divisions")[-1].after)["restricted_locations"] == 1


def test_within_takes_the_division_itself_with_all_in_it(client, geoname):
    found = rows(client, within="520111")
    assert named(found, SECRET) is not None
    assert all(one["path"].startswith("贵州省/贵阳市/花溪区") for one in found)
    index = geoname.live()
    assert len(found) > 200
    assert {one["within_code"][:6] for one in found if one["name"] != SECRET} == {"520111"}
    assert index.atlas.primary == "nbs"


def test_as_of_a_day(client):
    then = rows(client, on="2000-01-01", within="5203", **{"class": "214"})
    assert named(then, "遵义县") is not None
    assert named(then, RESTRICTED) is None
    now = rows(client, on="2024-01-01", within="5203", **{"class": "214"})
    assert named(now, "遵义县") is None
    assert named(now, RESTRICTED)["evidence"] == "recorded"
    divisions = rows(client, what="divisions", on="2000-01-01", level="county", within="5203")
    assert named(divisions, "遵义县")["code"] == "520321"


@pytest.mark.parametrize("what", ["names", "divisions"])
@pytest.mark.parametrize(
    ("format_", "media"),
    [
        ("csv", "text/csv"),
        ("geojson", "application/geo+json"),
        ("gpkg", "application/geopackage+sqlite3"),
        ("parquet", "application/vnd.apache.parquet"),
    ],
)
def test_every_format_holds_the_same(client, tmp_path, what, format_, media):
    query = {"format": format_, "within": "5203", "on": "2024-01-01"}
    answer = client.get(f"/v1/exports/{what}", query_string=query)
    assert answer.status_code == 200
    assert answer.content_type.startswith(media)
    disposition = unquote(answer.headers["Content-Disposition"])
    assert disposition == f"attachment; filename*=UTF-8''{what}-2024-01-01.{format_}"
    wanted = len(rows(client, what=what, within="5203", on="2024-01-01"))
    file = tmp_path / f"x.{format_}"
    file.write_bytes(answer.data)
    if format_ == "csv":
        assert len(rows(client, what=what, within="5203", on="2024-01-01")) == wanted
    elif format_ == "parquet":
        assert len(geopandas.read_parquet(file)) == wanted
    else:
        frame = geopandas.read_file(file, **({"layer": what} if format_ == "gpkg" else {}))
        assert len(frame) == wanted
        assert set(frame["licence"]) - {""}


def test_a_mark_for_spreadsheets(client):
    asked = {"within": "520111", "class": "215"}
    plain = client.get("/v1/exports/names", query_string=asked).data
    marked = client.get("/v1/exports/names", query_string=asked | {"bom": "true"}).data
    assert marked == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ({"format": "shp"}, 400, "format"),
        ({"class": "x"}, 400, "class"),
        ({"on": "2024-13-01"}, 400, "on"),
        ({"within": "52x"}, 400, "within"),
        ({"within": "999999"}, 404, "within"),
        ({"status": "gone"}, 400, "status"),
        ({"limit": "3"}, 400, "limit"),
    ],
)
def test_what_cannot_be_exported_is_named(client, query, status, parameter):
    refused = client.get("/v1/exports/names", query_string=query)
    assert refused.status_code == status
    assert refused.json["errors"][0]["parameter"].startswith(parameter)


def test_nothing_is_left_behind(client, geoname):
    rows(client, within="520111")
    folders = list(geoname.attachments.folder.rglob("export*"))
    assert folders == []
