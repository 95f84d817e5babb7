"""Lines, segments, markers and tripoints over HTTP: open as far as they go, places for a side alone."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_lines import load_lines
from geoname.service.load_markers import load_markers
from geoname.service.opened import open_geoname
from geoname.settings import Settings

LINE = "520111-522730"


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("markers")
    for file in loaded.glob("geoname.gpkg*"):
        shutil.copy(file, folder)
    path = Path(__file__).parents[2] / "service" / "line_samples.py"
    spec = importlib.util.spec_from_file_location("line_samples", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    opened = open_geoname(str(folder / "geoname.gpkg"), loaded / "cache", folder / "files")
    markers = made.write_table(folder / "m.csv", made.MARKER_HEADINGS, made.marker_rows(opened), "EPSG:4490")
    load_markers(opened, LoadRequest(markers, None, "试验"))
    row = ["花龙线", "HL01", 520111, 522730, 66, 12, "2021-06-01", "是"]
    lines = made.write_table(folder / "l.csv", made.LINE_HEADINGS, [row])
    load_lines(opened, LoadRequest(lines, None, "试验"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(Settings(), geoname).test_client()


@pytest.fixture(scope="module")
def bearer(geoname):
    def make(role, *divisions):
        return {"Authorization": f"Bearer {add_token(geoname, role, divisions).token}"}

    return make


def test_a_line_answers_with_what_is_registered(client):
    told = client.get(f"/v1/boundary-lines/{LINE}").get_json()
    assert told["properties"]["line_name"] == "花龙线"
    assert (told["properties"]["origin"], told["properties"]["disputed"]) == ("registered", True)
    assert told["register"]["last_inspected"] == "2021-06-01"
    assert told["markers"]["standing"] == {"single": 12}
    assert {one["line_name"] for one in told["neighbours"]} == {"南花线", "南龙线", "花惠线", "龙惠线"}
    assert "course" not in told["register"]
    assert client.get("/v1/boundary-lines/HL01").get_json()["id"] == LINE
    assert client.get("/v1/boundary-lines/522730-520111").get_json()["id"] == LINE


def test_lines_both_of_whose_sides_lie_within(client):
    found = client.get("/v1/boundary-lines?within=52&both_sides=true&tolerance=500").get_json()["features"]
    assert len(found) == 228
    assert all(side["code"].startswith("52") for one in found for side in one["properties"]["sides"])
    more = client.get("/v1/boundary-lines?within=52&tolerance=500").get_json()["features"]
    assert len(more) == 228 + 70
    provincial = client.get("/v1/boundary-lines?within=52&level=province&tolerance=500").get_json()
    told = [one["properties"] for one in provincial["features"]]
    named = {one["line_code"]: one["line_name"] for one in told}
    assert named == {"4352": "黔湘线", "4552": "黔桂线", "5052": "渝黔线", "5152": "川黔线", "5253": "黔滇线"}


def test_tripoints_are_points_with_their_lines(client):
    found = client.get("/v1/tripoints?within=520111").get_json()
    assert found["edition"]["map_note"]
    one = next(
        each for each in found["features"] if each["properties"]["codes"] == ["520102", "520111", "522730"]
    )
    assert one["geometry"]["type"] == "Point"
    assert set(one["properties"]["lines"]) == {"520102-520111", "520102-522730", LINE}
    provincial = client.get("/v1/tripoints?level=province&within=52").get_json()["features"]
    assert 0 < len(provincial) < len(client.get("/v1/tripoints?within=52").get_json()["features"])
    assert {each["properties"]["level"] for each in provincial} == {"province"}


@pytest.mark.parametrize(
    ("role", "divisions", "sees"),
    [
        (None, (), False),
        ("reader", (), False),
        ("officer", ("520402",), False),
        ("reader", ("520111",), True),
        ("recorder", ("5227",), True),
        ("officer", ("52",), True),
        ("administrator", (), True),
        ("administrator", ("520402",), False),
    ],
)
def test_places_of_markers_are_for_a_side_alone(client, geoname, bearer, role, divisions, sees):
    headers = bearer(role, *divisions) if role else {}
    before = len(geoname.store.audit(f"line:{LINE}"))
    told = client.get(f"/v1/boundary-lines/{LINE}/markers", headers=headers)
    assert told.status_code == 200
    assert "private" in told.headers["Cache-Control"]
    body = told.get_json()
    assert len(body["items"]) == 12
    assert all((one["place"] is not None) is sees for one in body["items"])
    assert ("独立树" in told.text) is ("张三" in told.text) is sees
    segments = client.get(f"/v1/boundary-lines/{LINE}/segments", headers=headers).get_json()
    assert (segments["at_markers"], len(segments["items"])) == ((True, 13) if sees else (False, 1))
    assert len(geoname.store.audit(f"line:{LINE}")) - before == (2 if sees else 0)


def test_what_one_may_see_is_not_kept_for_another(client, bearer):
    own = client.get(f"/v1/boundary-lines/{LINE}/markers", headers=bearer("reader", "520111"))
    assert "Authorization" in own.headers["Vary"]
    held = {"If-None-Match": own.headers["ETag"]}
    assert client.get(f"/v1/boundary-lines/{LINE}/markers", headers=held).status_code == 200


@pytest.mark.parametrize("path", ["", "/segments", "/markers"])
@pytest.mark.parametrize("line", ["520102-520199", "x", "52", "520102-520103-520104", "%00"])
def test_an_unknown_line_is_not_found(client, path, line):
    answer = client.get(f"/v1/boundary-lines/{line}{path}")
    assert answer.status_code in (400, 404)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "question", ["both_sides=perhaps", "tolerance=-1", "level=street", "within=999999", "side=52"]
)
def test_wrong_questions_are_refused(client, question):
    assert client.get(f"/v1/boundary-lines?{question}").status_code in (400, 404)
    assert client.get("/v1/tripoints?level=street").status_code == 400
    assert client.get(f"/v1/boundary-lines/{LINE}/markers?all=1").status_code == 400
