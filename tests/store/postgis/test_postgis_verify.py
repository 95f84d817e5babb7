"""Every kind of damage is found and named."""

from __future__ import annotations

import psycopg
import pytest

pytestmark = pytest.mark.postgres
UNCHECKED = "SET session_replication_role = replica"


@pytest.mark.parametrize(
    ("damage", "check", "told"),
    [
        ("DROP INDEX place_geom", "spatial_index", "CREATE INDEX"),
        ("UPDATE audit SET actor = 'somebody else' WHERE position = 2", "audit", "changed afterwards"),
        ("DELETE FROM audit WHERE position = 1", "audit", "missing"),
        ("UPDATE territory SET name = '别名' WHERE code = '52'", "edition", "altered afterwards"),
        ("DELETE FROM boundary_line", "edition", "altered afterwards"),
        ("UPDATE boundary_line SET geom = ST_Translate(geom, 1e-12, 0)", "edition", "altered afterwards"),
        ("DELETE FROM place WHERE id = 'pvi'", "references", "its place is not there"),
        ("DELETE FROM release", "references", "its release is not there"),
        ("UPDATE name SET fid = 1000 WHERE id = 'n1'", "numbers", "1000 is there"),
        ("DROP SEQUENCE name_fid_seq CASCADE", "numbers", "not numbered any more"),
        ("ALTER TABLE name DROP COLUMN place_id", "integrity", "restore a backup"),
        ("DROP TABLE succession", "integrity", "restore a backup"),
    ],
)
def test_damage_is_found(filled, run_sql, damage, check, told):
    assert filled.verify() == []
    run_sql(UNCHECKED, damage)
    faults = filled.verify()
    assert {fault.check for fault in faults} == {check}
    assert told in faults[0].trouble


def test_postgis_itself_refuses_what_is_no_geometry_of_the_layer(filled, run_sql):
    for value in ("'x'::bytea", "ST_GeomFromText('POINT(1 1)', 4326)", "ST_GeomFromText('POINT(1 1)', 3857)"):
        with pytest.raises(psycopg.Error):
            run_sql(f"UPDATE territory SET geom = {value}")
    assert filled.verify() == []
