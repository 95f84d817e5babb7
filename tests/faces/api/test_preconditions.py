"""If-Match: which tags name a version, what is missing, stale or sent in the wrong place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from geoname.errors import InvalidInputError, VersionNeededError
from geoname.faces.api import catalogue
from geoname.faces.api.openapi import _operation
from geoname.faces.api.parameters import Text, says
from geoname.faces.api.preconditions import Version, version_of, version_tag
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.route import Query
from geoname.faces.app import _add_routes
from geoname.faces.opening import Opening
from geoname.service.demand_version import demand_version
from geoname.settings import Limits, Settings


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    text: str
    version: int


class ReadQuery(Query):
    id: Text


class ChangeQuery(Query):
    id: Text
    version: Version
    text: Text = says("x", "x")


def routes(cards):
    def read(_geoname, asked, _caller):
        return cards[asked.id]

    def change(_geoname, asked, _caller):
        demand_version(asked.version, cards[asked.id].version)
        cards[asked.id] = Card(asked.id, asked.text, asked.version + 1)
        return cards[asked.id]

    def remove(_geoname, asked, _caller):
        demand_version(asked.version, cards[asked.id].version)
        del cards[asked.id]

    class RemoveQuery(Query):
        id: Text
        version: Version

    shared = {"path": "/v1/cards/{id}", "zh": "x", "en": "x", "group": "names"}
    return (
        PrivateRoute(query=ReadQuery, answer=Card, ask=read, command="cards show", **shared),
        PrivateRoute(query=ChangeQuery, answer=Card, ask=change, command="cards x", method="PATCH", **shared),
        PrivateRoute(query=ChangeQuery, answer=Card, ask=change, command="cards y", method="PUT", **shared),
        PrivateRoute(
            query=RemoveQuery, answer=type(None), ask=remove, command="cards z", method="DELETE", **shared
        ),
    )


@pytest.fixture
def cards():
    return {"a": Card("a", "青岩", 3)}


@pytest.fixture
def client(guizhou, cards, monkeypatch):
    from geoname.faces import app as application

    monkeypatch.setattr(application, "ROUTES", routes(cards))
    app = Flask("cards", static_folder=None)
    settings = Settings()
    _add_routes(app, Opening(settings, guizhou), settings)
    return app.test_client()


ADDRESS = "/v1/cards/a"


@pytest.mark.parametrize("method", ["patch", "put"])
def test_a_change_for_what_was_read_is_made_and_told_with_its_new_tag(client, cards, method):
    read = client.get(ADDRESS)
    assert read.headers["ETag"].startswith('"3-')
    assert client.get(ADDRESS, headers={"If-None-Match": read.headers["ETag"]}).status_code == 304
    changed = getattr(client, method)(
        ADDRESS, json={"text": "花溪"}, headers={"If-Match": read.headers["ETag"]}
    )
    assert (changed.status_code, changed.json["version"]) == (200, 4)
    assert changed.headers["ETag"] == client.get(ADDRESS).headers["ETag"]
    assert cards["a"].text == "花溪"
    again = client.get(ADDRESS, headers={"If-None-Match": read.headers["ETag"]})
    assert again.status_code == 200


def test_what_was_changed_meanwhile_is_not_overwritten(client, cards):
    held = client.get(ADDRESS).headers["ETag"]
    client.patch(ADDRESS, json={"text": "花溪"}, headers={"If-Match": held})
    refused = client.patch(ADDRESS, json={"text": "龙里"}, headers={"If-Match": held})
    assert (refused.status_code, refused.mimetype) == (412, "application/problem+json")
    assert refused.json["type"] == "/problems/changed-since"
    assert cards["a"].text == "花溪"


@pytest.mark.parametrize("held", [None, "", "*"])
def test_without_a_version_nothing_is_changed(client, cards, held):
    headers = {} if held is None else {"If-Match": held}
    refused = client.patch(ADDRESS, json={"text": "花溪"}, headers=headers)
    assert (refused.status_code, refused.json["type"]) == (428, "/problems/version-needed")
    assert refused.json["errors"][0]["parameter"] == "If-Match"
    assert cards["a"].text == "青岩"


@pytest.mark.parametrize("held", ["3", '"x"', '"3-a", "4-b"', '"0-a"', '"-1"', '"3 -a"', "'3'", '"3'])
def test_what_is_no_tag_of_ours_is_refused(client, cards, held):
    refused = client.patch(ADDRESS, json={"text": "花溪"}, headers={"If-Match": held})
    assert (refused.status_code, cards["a"].text) == (400, "青岩")


def test_a_version_is_told_by_the_header_alone(client, cards):
    refused = client.patch(ADDRESS, json={"text": "x", "version": 3}, headers={"If-Match": '"3"'})
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (400, "version")
    assert client.delete(f"{ADDRESS}?version=3", headers={"If-Match": '"3"'}).status_code == 400
    assert client.delete(ADDRESS).status_code == 428
    assert client.delete(ADDRESS, headers={"If-Match": '"2"'}).status_code == 412
    assert client.delete(ADDRESS, headers={"If-Match": '"3"'}).status_code == 204
    assert cards == {}


def test_a_change_takes_json_alone(client, cards):
    sent = client.patch(ADDRESS, data="text=x", headers={"If-Match": '"3"'})
    assert (sent.status_code, sent.json["errors"][0]["parameter"]) == (400, "body")


def test_a_browser_of_another_origin_may_send_it(client):
    allowed = client.options(ADDRESS).headers
    assert {"PATCH", "PUT", "DELETE"} <= set(allowed["Access-Control-Allow-Methods"].split(", "))
    assert "If-Match" in allowed["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("header", [version_tag(7, "ab_c"), 'W/"7-abc"', ' "7" ', '"7-"'])
def test_tags_that_name_a_version(header):
    assert version_of(header) == 7


def test_errors_tell_what_to_do():
    with pytest.raises(VersionNeededError):
        version_of(None)
    with pytest.raises(InvalidInputError):
        version_of('"12345678901"')


def test_the_document_asks_for_the_header(cards):
    change = routes(cards)[1]
    told = _operation(change, {}, {}, Limits(), "en")
    (header,) = [one for one in told["parameters"] if one["in"] == "header"]
    assert (header["name"], header["required"], header["schema"]) == ("If-Match", True, {"type": "string"})
    assert "version" not in told["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert {"412", "428"} <= set(told["responses"])
    assert "ETag" in told["responses"]["200"]["headers"]


def test_the_tag_of_a_registered_name_begins_with_its_version(http):
    id_ = http.get("/v1/names?q=青岩镇").json["items"][0]["id"]
    read = http.get(f"/v1/names/{id_}")
    assert read.headers["ETag"].startswith(f'"{read.json["version"]}-')
    held = http.get(f"/v1/names/{id_}", headers={"If-None-Match": read.headers["ETag"]})
    assert (held.status_code, held.headers["ETag"]) == (304, read.headers["ETag"])
    assert any(route.is_versioned for route in catalogue.ROUTES)
