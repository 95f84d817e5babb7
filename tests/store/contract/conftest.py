"""The contract holds for both kinds of databases: every test here runs over each."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(params=["geopackage", pytest.param("postgis", marks=pytest.mark.postgres)])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to make an empty store; one parameter for each kind of database."""
    if request.param == "geopackage":
        return str(tmp_path / "数据 库.gpkg")
    return request.getfixturevalue("new_schema")()
