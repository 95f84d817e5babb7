"""Every kind of damage is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from geoname.errors import DatabaseError
from geoname.store.geopackage.connection import connect


@pytest.mark.parametrize(
    ("damage", "check", "told"),
    [
        ("DELETE FROM rtree_place_geom", "spatial_index", "1 rows are not in the spatial index"),
        ("INSERT INTO rtree_place_geom VALUES (99, 1, 1, 1, 1)", "spatial_index", "1 entries"),
        ("UPDATE rtree_territory_geom SET maxx = minx WHERE id = 1", "spatial_index", "1 boxes"),
        ("UPDATE place SET geom = x'00112233' WHERE id = 'pbz'", "spatial_index", "1 geometries are damaged"),
        ("UPDATE place SET geom = 'text' WHERE id = 'pbz'", "spatial_index", "1 geometries are damaged"),
        ("UPDATE audit SET actor = 'somebody else' WHERE position = 2", "audit", "changed afterwards"),
        ("DELETE FROM audit WHERE position = 1", "audit", "missing"),
        ("UPDATE territory SET name = '别名' WHERE fid = 1", "edition", "altered afterwards"),
        ("DELETE FROM boundary_line", "edition", "altered afterwards"),
        ("UPDATE boundary_line SET geom = substr(geom, 1, 60)", "edition", "damaged"),
        ("DELETE FROM place WHERE id = 'pvi'", "references", "its place is not there"),
    ],
)
def test_damage_is_found(filled, store_address, damage, check, told):
    assert filled.verify() == []
    connection = connect(Path(store_address), busy_seconds=5)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(damage)
    connection.close()
    faults = filled.verify()
    assert {fault.check for fault in faults} == {check}
    assert told in faults[0].trouble


def test_a_damaged_point_is_an_error_for_the_reader_not_a_crash(filled, store_address):
    connection = connect(Path(store_address), busy_seconds=5)
    connection.execute("UPDATE place SET geom = x'4750000112' WHERE id = 'pbz'")
    connection.close()
    with pytest.raises(DatabaseError, match="restore a backup"):
        filled.name_entry("n3")
    assert filled.name_entry("n1") is not None


def test_a_broken_chain_is_named_by_subject_and_place(filled, store_address):
    connection = connect(Path(store_address), busy_seconds=5)
    connection.execute("DELETE FROM audit WHERE subject = 'release:r1' AND position = 1")
    connection.close()
    (fault,) = filled.verify_audit()
    assert (fault.subject, fault.position) == ("release:r1", 2)
    assert fault.trouble == "1 is missing"
