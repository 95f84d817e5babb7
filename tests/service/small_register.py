"""A register that is quick to make and change: counties, townships, villages of one district.

The polygons are two GENERATED squares for 花溪区 and 乌当区; they have nothing to do with the true lines.
"""

from __future__ import annotations

import numpy as np
import shapely

from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.validity.partial_date import PartialDate
from geoname.formats.shipped_changes import read_division_events, read_successions
from geoname.formats.shipped_divisions import read_divisions, read_former_divisions
from geoname.formats.shipped_readings import read_readings
from geoname.service.opened import open_geoname
from geoname.service.shipped_records import division_records

VILLAGES_OF = "520111"
RELEASE = "shipped"


def small_register(folder, townships=("52",), villages=VILLAGES_OF, address=None):
    """Make it in an empty folder or database; the townships are those whose codes begin so."""
    shipped = [
        one for one in (*read_former_divisions(), *read_divisions())
        if len(one.code) <= 6 or (one.code.startswith(townships) and len(one.code) == 9)
        or (one.code.startswith(villages) and len(one.code) == 12)
    ]  # fmt: skip
    records = division_records(shipped, read_readings(), {}).values()
    known = {one.division.id for one in shipped}
    successions = [edge for edge in read_successions() if {edge.from_id, edge.to_id} - {None} <= known]
    geoname = open_geoname(address or str(folder / "geoname.gpkg"), folder / "cache", create=True)
    with geoname.store.writing("tester", "a small register") as writer:
        writer.put_source(Source(RELEASE, "随附数据", "测试", "测试", "MIT", "", None, "0"))
        writer.put_release(Release(RELEASE, RELEASE, ReleaseState.PUBLISHED, "tester", "2024", "2024"))
        for one in records:
            writer.put_places(one.places, RELEASE)
        for one in records:
            writer.put_divisions(one.divisions, RELEASE)
            writer.put_names(one.names, RELEASE)
        writer.put_division_changes(read_division_events(), successions, RELEASE)
        writer.put_edition(*squares(), RELEASE)
        writer.activate_edition("squares")
    return geoname


def squares():
    polygons = np.empty(2, dtype=object)
    polygons[:] = [shapely.box(106, 26, 107, 27), shapely.box(107, 26, 108, 27)]
    territories = Territories(("520111", "520112"), ("花溪区", "乌当区"), (Level.COUNTY,) * 2, polygons)
    course = shapely.MultiLineString([[(107, 26), (107, 27)]])
    line = BoundaryLine(("520111", "520112"), Level.COUNTY, 110_800.0, course)
    edition = Edition("squares", "方格", RELEASE, PartialDate.parse("2024"), 200.0, "generated for a test")
    return edition, territories, [line]
