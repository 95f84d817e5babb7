"""Tokens over HTTP: who is let in, who sees what, and that nothing private is cached for others."""

import shutil
from dataclasses import replace

import pytest

from geoname.core.register.name import Publication
from geoname.core.register.place import Secrecy
from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token, revoke_token
from geoname.service.opened import open_geoname
from geoname.settings import Settings

INTERNAL, RESTRICTED, SECRET = "青岩镇", "播州区", "花溪区"


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tokens")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    # Those of names are made anew, over what is hidden below.
    shutil.copytree(loaded / "cache", folder / "cache", ignore=shutil.ignore_patterns("names", "points"))
    opened = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    hide(opened)
    yield opened
    opened.close()


def hide(geoname):
    """Make one name internal, one location restricted and one secret."""
    entries = {
        entry.name.text: entry for batch in geoname.store.name_entries() for entry in batch
        if entry.name.text in (INTERNAL, RESTRICTED, SECRET)
    }  # fmt: skip
    with geoname.store.writing("test", "hide") as writer:
        for text, entry in entries.items():
            if text == INTERNAL:
                writer.put_names([replace(entry.name, publication=Publication.INTERNAL)], entry.release_id)
            else:
                secrecy = Secrecy.RESTRICTED if text == RESTRICTED else next(
                    one for one in Secrecy if one not in (Secrecy.OPEN, Secrecy.RESTRICTED)
                )  # fmt: skip
                writer.put_places([replace(entry.place, secrecy=secrecy)], entry.release_id)
    geoname.refresh()


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(Settings(), geoname).test_client()


@pytest.fixture(scope="module")
def bearer(geoname):
    made = {role: add_token(geoname, role).token for role in ("reader", "officer", "administrator")}
    return {role: {"Authorization": f"Bearer {token}"} for role, token in made.items()} | {"public": {}}


def names_of(client, headers, **query):
    answer = client.get("/v1/names", query_string=query, headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def test_an_internal_name_is_shown_to_bearers_only(client, bearer):
    asked = {"q": INTERNAL, "mode": "exact"}
    assert names_of(client, {}, **asked) == []
    (found,) = names_of(client, bearer["reader"], **asked)
    id_ = found["id"]
    for path in (f"/v1/names/{id_}", f"/v1/names/{id_}/history"):
        assert client.get(path).status_code == 404
        assert client.get(path, headers=bearer["reader"]).status_code == 200
    suggest = {"q": INTERNAL}
    assert INTERNAL not in str(client.get("/v1/suggest", query_string=suggest).json)
    assert INTERNAL in str(client.get("/v1/suggest", query_string=suggest, headers=bearer["reader"]).json)


@pytest.mark.parametrize(
    ("text", "sees"),
    [(RESTRICTED, {"reader", "officer", "administrator"}), (SECRET, {"administrator"})],
)
def test_a_location_is_shown_to_the_roles_that_may_see_it(client, bearer, text, sees):
    for role, headers in bearer.items():
        (found,) = [
            one for one in names_of(client, headers, q=text, mode="exact") if one["status"] == "current"
        ]
        located = found["location"]["lon"] is not None
        assert located is (role in sees), role
    (found,) = [
        one
        for one in names_of(client, bearer["administrator"], q=text, mode="exact")
        if one["status"] == "current"
    ]
    at = {"lon": found["location"]["lon"], "lat": found["location"]["lat"]}
    for role, headers in bearer.items():
        near = client.get("/v1/nearby", query_string={**at, "radius": 50, "limit": 5}, headers=headers).json
        assert (text in {item["name"]["name"] for item in near["items"]}) is (role in sees), role
        box = f"{at['lon'] - 1e-3},{at['lat'] - 1e-3},{at['lon'] + 1e-3},{at['lat'] + 1e-3}"
        boxed = {one["name"] for one in names_of(client, headers, bbox=box)}
        assert (text in boxed) is (role in sees), role


@pytest.mark.parametrize(
    "header",
    ["Bearer nobody.nothing", "Bearer", "Bearer ", "Basic cm9vdDpyb290", "", "令牌", "Bearer " + "x" * 5000],
)
def test_a_wrong_token_is_refused_even_where_none_is_needed(client, header):
    answer = client.get("/v1/names?q=贵阳", headers={"Authorization": header.encode().decode("latin-1")})
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="geoname", error="invalid_token"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["type"] == "/problems/token-needed"


def test_a_revoked_token_is_refused_at_once(geoname, client):
    made = add_token(geoname, "reader")
    headers = {"Authorization": f"Bearer {made.token}"}
    assert client.get("/v1/names?q=贵阳", headers=headers).status_code == 200
    revoke_token(geoname, made.shown.id, "root")
    refused = client.get("/v1/names?q=贵阳", headers={**headers, "Accept-Language": "en"})
    assert refused.status_code == 401
    assert "revoked" in refused.json["detail"]


def test_a_posted_question_is_asked_with_a_token_too(client, bearer):
    point = {"lon": [106.7], "lat": [26.57]}
    assert client.post("/v1/locate", json=point, headers=bearer["reader"]).status_code == 200
    wrong = client.post("/v1/locate", json=point, headers={"Authorization": "Bearer a.b"})
    assert wrong.status_code == 401


def test_what_one_role_was_shown_is_not_confirmed_to_another(client, bearer):
    path = f"/v1/names?q={INTERNAL}&mode=exact"
    shown = client.get(path, headers=bearer["reader"])
    assert shown.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in shown.headers["Vary"]
    tag = {"If-None-Match": shown.headers["ETag"]}
    assert client.get(path, headers=bearer["reader"] | tag).status_code == 304
    assert client.get(path, headers=tag).status_code == 200
    assert client.get(path, headers=bearer["officer"] | tag).status_code == 200
    assert client.get(path, headers={"Authorization": "Bearer a.b"} | tag).status_code == 401
    assert client.get(path).headers["Cache-Control"] == "no-cache"


def test_refusals_are_logged_without_the_secret(client, caplog):
    with caplog.at_level("WARNING", logger="geoname.access"):
        client.get("/v1/names?q=贵阳", headers={"Authorization": "Bearer someone.topsecret"})
    assert "someone" in caplog.text
    assert "topsecret" not in caplog.text
