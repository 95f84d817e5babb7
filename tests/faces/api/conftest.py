"""The application over the shipped data, asked without a network; and a way to look at what it refuses."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoname.faces.app import create_app
from geoname.service.opened import Geoname
from geoname.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))  # what the tests share lies beside them, in no package

PROBLEM = {"type", "title", "status", "detail", "instance"}
Refusal = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def app(guizhou: Geoname) -> Flask:
    return create_app(Settings(), guizhou)


@pytest.fixture(scope="session")
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def refusal(http: FlaskClient) -> Refusal:
    """Ask for what must be refused: the problem told, which is one by RFC 9457 and shows no trace."""

    def ask(status: int, address: str, method: str = "GET", of: FlaskClient = http, **more: Any) -> Any:
        answer = of.open(address, method=method, **more)
        assert answer.status_code == status, answer.text
        assert answer.mimetype == "application/problem+json"
        problem = answer.get_json()
        assert set(problem) >= PROBLEM
        assert problem["status"] == status
        assert problem["instance"] == unquote(address.partition("?")[0])
        assert of.get(problem["type"]).status_code == 200
        assert "Traceback" not in answer.text
        assert ".py" not in answer.text
        return problem

    return ask


@pytest.fixture(scope="session")
def names_parameter(refusal: Refusal) -> Callable[..., str]:
    """Ask for what a parameter makes impossible: it is named; what is told of it, in English."""

    def ask(parameter: str, address: str, **more: Any) -> str:
        problem = refusal(400, address, headers={"Accept-Language": "en"}, **more)
        assert [error["parameter"] for error in problem["errors"]] == [parameter]
        return str(problem["errors"][0]["message"])

    return ask


@pytest.fixture(scope="session")
def document(http: FlaskClient) -> dict[str, Any]:
    """The OpenAPI document as the service gives it."""
    return dict(http.get("/openapi.json").get_json())
