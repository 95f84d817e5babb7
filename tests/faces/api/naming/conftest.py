"""A database of its own, tokens of every role, and names on their way, for the tests of naming procedures."""

from __future__ import annotations

import shutil

import pytest
from naming_ways import approve, propose

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.opened import open_geoname
from geoname.settings import Settings


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("naming")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    opened = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    yield opened
    assert opened.store.verify() == []
    opened.close()


@pytest.fixture(scope="module")
def client(geoname):
    return create_app(Settings(), geoname).test_client()


@pytest.fixture(scope="module")
def bearer(geoname):
    def made(role, *divisions):
        return {"Authorization": f"Bearer {add_token(geoname, role, divisions).token}"}

    return {
        "reader": made("reader"),
        "recorder": made("recorder", "520111"),
        "officer": made("officer", "5201"),
        "elsewhere": made("officer", "5203"),
        "keeper": made("administrator"),
    }


@pytest.fixture(scope="module")
def proposed(client, bearer):
    """An id of a proposal, for every name that a test asks for."""

    def make(name, **more):
        answer = propose(client, bearer["recorder"], name, **more)
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    return make


@pytest.fixture(scope="module")
def current(client, bearer, proposed):
    def make(name, **more):
        id_ = proposed(name, **more)
        answer = approve(client, bearer["officer"], id_)
        assert answer.status_code == 201, answer.json
        return id_

    return make
