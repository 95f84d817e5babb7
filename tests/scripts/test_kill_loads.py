"""A load that is killed leaves all or nothing; a handful of moments here, fifty with the script."""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def killing(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    import kill_loads

    yield kill_loads
    sys.modules.pop("kill_loads")


def test_killed_at_random_moments_nothing_is_half_done(killing, loaded):
    found = killing.kill_loads(loaded / "geoname.gpkg", moments=2, records=200, seed=5)
    assert found.wrong == ()
    assert found.moments == 2
