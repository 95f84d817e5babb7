"""A process killed in the middle of a step leaves the case as it was before, or as it is after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest

from geoname.core.inspections.stages import Stage
from geoname.service.opened import Geoname
from geoname.store.open_store import open_store

CHILD = """
import sys
from pathlib import Path
from datetime import date
from geoname.core.inspections.stages import Step
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.service.inspect_boundary import Asked, take_step
from geoname.service.opened import Geoname
from geoname.store.open_store import open_store
from geoname.store.writing import inspections

address, case, version, moment = sys.argv[1:]
store = open_store(address)

def stop(kept):
    def run(self, *given, **named):
        made = kept(self, *given, **named)
        print("reached", flush=True)
        sys.stdin.read()
        return made
    return run

if moment != "after":
    writer = inspections.SqlInspectionWriter
    name = "_parts" if moment == "between" else "finish"
    setattr(writer, name, stop(getattr(writer, name)))
asked = Asked(Caller(Role.OFFICER, "t", ("520102",)), None, None, int(version), date(2026, 3, 2))
take_step(Geoname(store, Path("unused")), asked, case, Step.START_DESK)
print("reached", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module", params=["file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request, tmp_path_factory):
    """An empty database of either kind."""
    if request.param == "file":
        yield str(tmp_path_factory.mktemp("killed") / "联检.gpkg")
        return
    import psycopg

    given, schema = os.environ["GEONAME_TEST_POSTGRES"], f"geoname_test_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    own = urlencode({"options": f"-csearch_path={schema},public"}, quote_via=quote)
    yield f"{given}{'&' if '?' in given else '?'}{own}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(scope="module")
def geoname(address, tmp_path_factory):
    opened = Geoname(open_store(address, create=True), tmp_path_factory.mktemp("cache"))
    yield opened
    opened.close()


@pytest.mark.parametrize("moment", ["between", "finished", "after"])
def test_before_or_after_and_never_between(geoname, address, put, moment):
    case = put(Stage.PLAN_FILED)
    before = geoname.store.inspection(case.id)
    chain = len(geoname.store.audit(f"inspection:{case.id}"))
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, address, case.id, str(case.version), moment],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline() == b"reached\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    process.stdin.close()
    again = open_store(address, busy_seconds=10)
    after = again.inspection(case.id)
    if moment == "after":
        assert (after.inspection.stage, after.inspection.version) == (Stage.DESK, case.version + 1)
        assert len(again.audit(f"inspection:{case.id}")) == chain + 1
    else:
        assert after == before
        assert len(again.audit(f"inspection:{case.id}")) == chain
    assert again.verify() == []
    again.close()
