"""What all tests share: the shipped data set loaded once, and a word on what cannot be run here."""

import fcntl
import gc
import importlib.util
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CHROMIUM = shutil.which("chromium")
POSTGRES = os.environ.get("GEONAME_TEST_POSTGRES")
# The register that is held open makes each search for garbage long; so often it costs a tenth of the time.
gc.set_threshold(100_000, 50, 100)


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
def made_once(tmp_path_factory, worker_id):
    """A folder of that name, filled by `make(folder)` for all processes that run these tests."""

    def made(name, make):
        base = tmp_path_factory.getbasetemp()
        folder = (base if worker_id == "master" else base.parent) / name
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "ready").exists():
                make(folder)
                (folder / "ready").touch()
        return folder

    return made


@pytest.fixture(scope="session")
def loaded(made_once):
    """A folder with the shipped data set loaded into geoname.gpkg and its indexes built; never written to."""
    from geoname.service.load_guizhou import load_guizhou

    return made_once(
        "loaded", lambda folder: load_guizhou(str(folder / "geoname.gpkg"), folder / "cache", "test")
    )


@pytest.fixture(scope="session")
def province(loaded, made_once):
    """As `loaded`, for tests that change boundaries: editions end at the province, both have their indexes.

    An index over them is made in half a second, over the whole shipped editions in four.
    """
    return made_once("province", lambda folder: cut_to_the_province(loaded, folder))


def cut_to_the_province(loaded, folder):
    from geoname.service.live_boundaries import boundary_indexes
    from geoname.service.opened import open_geoname
    from geoname.store.rows.editions import (
        as_multipolygons,
        content_digest,
        courses,
        line_rows,
        territory_rows,
    )

    copy_of(loaded, folder)
    for kind in ("locate", "nearest-line"):
        for index in (folder / "cache").rglob(kind):
            shutil.rmtree(index)
    with closing(sqlite3.connect(folder / "geoname.gpkg")) as database, database:
        database.execute("DELETE FROM territory WHERE code NOT LIKE '52%'")
        database.execute("DELETE FROM boundary_line WHERE side_a NOT LIKE '52%' OR side_b NOT LIKE '52%'")
    geoname = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    sources = {one.id: one for one in geoname.store.sources()}
    digests = []
    for edition in geoname.store.editions():
        territories = geoname.store.territories(edition.id)
        lines = geoname.store.boundary_lines(edition.id)
        boundary_indexes(geoname.files, edition, sources[edition.source_id], territories, lines)
        content = (as_multipolygons(territories.polygons), line_rows(lines), courses(lines))
        digests.append((content_digest(territory_rows(territories), *content), edition.id))
    geoname.close()
    with closing(sqlite3.connect(folder / "geoname.gpkg")) as database, database:
        database.executemany("UPDATE edition SET content_sha256 = ? WHERE id = ?", digests)


def copy_of(made, folder):
    """Copy a database with its index files."""
    shutil.copy(made / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(made / "cache", folder / "cache")
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

    copy_of(loaded, tmp_path)
    geoname = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    yield geoname
    geoname.close()


@pytest.fixture
def province_copy(province, tmp_path):
    """That of the province alone in a database of the test's own."""
    from geoname.service.opened import open_geoname

    copy_of(province, tmp_path)
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
