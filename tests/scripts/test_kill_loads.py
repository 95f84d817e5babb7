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


def test_killed_at_random_moments_nothing_is_half_done(killing, small):
    geoname = small()
    geoname.live()
    geoname.close()  # which leaves all of it in the one file that is copied
    found = killing.kill_loads(geoname.files.folder.parents[1] / "geoname.gpkg", 2, records=200, seed=5)
    assert found.wrong == ()
    assert found.moments == 2
