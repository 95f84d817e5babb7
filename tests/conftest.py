"""What all tests share: the shipped data set loaded once, and a word on what cannot be run here."""

import fcntl
import importlib.util
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CHROMIUM = shutil.which("chromium")
POSTGRES = os.environ.get("GEONAME_TEST_POSTGRES")


def pytest_report_header():
    return [
        f"PostgreSQL: {'given' if POSTGRES else 'not given (GEONAME_TEST_POSTGRES); its tests are skipped'}",
        f"Chromium: {CHROMIUM or 'not found; the page is not tested in a browser'}",
        f"published tables: {'there' if SHARED.is_dir() else 'not there; tests over them are skipped'}",
    ]


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and CHROMIUM is None:
        pytest.skip("needs Chromium: apt install chromium")
    if item.get_closest_marker("shared_tables") and not SHARED.is_dir():
        pytest.skip("needs the published tables in ../shared")
    if item.get_closest_marker("postgres") and not POSTGRES:
        pytest.skip("needs a PostgreSQL with PostGIS named by GEONAME_TEST_POSTGRES")


@pytest.fixture(scope="session")
def shared_tables():
    """The folder of the published tables."""
    return SHARED / "domain" / "tables"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory, worker_id):
    """A folder with the shipped data set loaded into geoname.gpkg and its indexes built; never written to."""
    from geoname.service.load_guizhou import load_guizhou

    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "loaded"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            load_guizhou(str(folder / "geoname.gpkg"), folder / "cache", "test")
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="session")
def guizhou(loaded):
    """The shipped data set, opened; for reading only."""
    from geoname.service.opened import open_geoname

    geoname = open_geoname(str(loaded / "geoname.gpkg"), loaded / "cache")
    yield geoname
    geoname.close()


@pytest.fixture
def guizhou_copy(loaded, tmp_path):
    """The shipped data set in a database of the test's own."""
    from geoname.service.opened import open_geoname

    shutil.copy(loaded / "geoname.gpkg", tmp_path / "geoname.gpkg")
    shutil.copytree(loaded / "cache", tmp_path / "cache")
    geoname = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    yield geoname
    geoname.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A register of the module's own that is quick to change; made by service/small_register.py."""
    file = ROOT / "tests" / "service" / "small_register.py"
    spec = importlib.util.spec_from_file_location("small_register", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = []

    def make(**more):
        made.append(module.small_register(tmp_path_factory.mktemp("small"), **more))
        return made[-1]

    yield make
    for geoname in made:
        geoname.close()
