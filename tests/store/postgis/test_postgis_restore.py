"""What is particular to restoring into a server, and to a file that came from one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from geoname.store.open_store import restore_store

pytestmark = pytest.mark.postgres


@pytest.fixture
def backup(filled, tmp_path):
    target = tmp_path / "b.gpkg"
    filled.backup(target)
    return target


def test_the_data_version_never_goes_back_so_that_services_at_work_take_it_up(filled, backup, store_address):
    for count in range(3):
        with filled.writing("x", "later") as writer:
            writer.record("tally", "counted", after=str(count))
    assert filled.data_version() == 4
    restore_store(backup, store_address)
    assert (filled.data_version(), filled.audit("tally")) == (5, [])
    restore_store(backup, store_address)
    assert filled.data_version() == 6


def test_the_file_tells_gis_programs_how_far_its_layers_reach(backup):
    asked = "SELECT table_name, min_x, max_y FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1"
    with closing(sqlite3.connect(backup)) as file:
        assert file.execute(asked).fetchall() == [
            ("boundary_line", 107.0, 28.0),
            ("boundary_marker", None, None),
            ("place", pytest.approx(106.829, abs=1e-4), pytest.approx(27.535, abs=1e-4)),
            ("registered_line", None, None),
            ("territory", 105.0, 28.0),
        ]
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
