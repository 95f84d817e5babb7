"""The shipped data set moved to PostgreSQL, once for all tests of this folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from geoname.service.move_database import MoveReport, move_database

PASSWORD = "streng-geheim"


@dataclass(frozen=True)
class OnServer:
    """Where the data lies, and what was said when it was moved there."""

    address: str
    password: str
    moved: MoveReport
    steps: list[tuple[str, int, int]]


@pytest.fixture(scope="session")
def on_server(loaded, pytestconfig):
    postgres = os.environ["GEONAME_TEST_POSTGRES"]
    name = f"geoname_test_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        place = f"{connection.info.host}:{connection.info.port}/{connection.info.dbname}"
        connection.execute(f"CREATE SCHEMA {name}")
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
        connection.execute(f"GRANT ALL ON SCHEMA {name} TO {name}")
    options = quote(f"-csearch_path={name},public", safe="")
    address = f"postgresql://{name}:{PASSWORD}@{place}?options={options}"
    steps: list[tuple[str, int, int]] = []
    moved = move_database(str(loaded / "geoname.gpkg"), address, lambda *step: steps.append(step))
    yield OnServer(address, PASSWORD, moved, steps)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (name,)
        )
        connection.execute(f"DROP SCHEMA {name} CASCADE")
        connection.execute(f"DROP OWNED BY {name}")
        connection.execute(f"DROP ROLE {name}")
