"""Two sides race through one case in their own processes, over both databases, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "race_inspections.py"
TRANSITIONS = 12
"""Enough for both sides to meet; the script itself takes 1,000."""


def raced(address):
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), address, "--transitions", str(TRANSITIONS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = json.loads(ran.stdout)
    assert (ran.returncode, found["faults"]) == (0, [])
    assert found["steps"] >= TRANSITIONS
    assert found["signatures"] >= TRANSITIONS
    assert all(side["steps"] + side["signatures"] > 0 for side in found["by_side"])


def test_two_sides_race_over_one_file(tmp_path):
    raced(str(tmp_path / "竞争.gpkg"))


@pytest.mark.postgres
def test_two_sides_race_over_postgresql():
    import psycopg

    given, schema = os.environ["GEONAME_TEST_POSTGRES"], f"geoname_test_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    try:
        own = urlencode({"options": f"-csearch_path={schema},public"}, quote_via=quote)
        raced(f"{given}{'&' if '?' in given else '?'}{own}")
    finally:
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
