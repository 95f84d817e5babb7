"""A register that is quick to make and change: counties, townships, villages of one district.

The polygons are GENERATED squares and strips; they have nothing to do with the true lines.
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
        writer.put_edition(*squares({one.code for one in shipped}), RELEASE)
        writer.activate_edition("squares")
    return geoname


def squares(codes):
    """Two counties side by side, and strips for three townships of the first where the register has them."""
    areas = {"520111": (106.0, 107.0, "花溪区"), "520112": (107.0, 108.0, "乌当区")}
    strips = {"520111101": (106.0, 106.3, "青岩镇"), "520111104": (106.3, 106.6, "麦坪镇"),
              "520111102": (106.6, 107.0, "石板镇")}  # fmt: skip
    areas |= {code: strip for code, strip in strips.items() if code in codes}
    polygons = np.empty(len(areas), dtype=object)
    polygons[:] = [shapely.box(west, 26, east, 27) for west, east, _ in areas.values()]
    levels = tuple(Level.COUNTY if len(code) == 6 else Level.TOWNSHIP for code in areas)
    territories = Territories(tuple(areas), tuple(name for *_, name in areas.values()), levels, polygons)
    sides = [
        ("520111", "520112", 107.0),
        ("520111101", "520111104", 106.3),
        ("520111102", "520111104", 106.6),
    ]
    lines = [
        BoundaryLine(
            (one, other),
            Level.COUNTY if len(one) == 6 else Level.TOWNSHIP,
            110_800.0,
            shapely.MultiLineString([[(lon, 26), (lon, 27)]]),
        )
        for one, other, lon in sides
        if {one, other} <= areas.keys()
    ]
    edition = Edition("squares", "方格", RELEASE, PartialDate.parse("2024"), 200.0, "generated for a test")
    return edition, territories, lines
