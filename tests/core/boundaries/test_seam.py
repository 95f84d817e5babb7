"""Land between a file's territories and those around them is found, and what it encloses is none."""

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.coverage_report import DefectKind
from geoname.core.boundaries.seam import check_seam
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level


def squares(**boxes):
    polygons = np.array(
        [box if isinstance(box, shapely.Geometry) else shapely.box(*box) for box in boxes.values()], object
    )
    codes = tuple(code.removeprefix("c") for code in boxes)
    return Territories(codes, codes, (Level.COUNTY,) * len(codes), polygons)


FORMER = squares(c520101=(106.0, 26.0, 106.1, 26.1), c520102=(106.1, 26.0, 106.2, 26.1))
OTHERS = squares(c520201=(106.2, 26.0, 106.3, 26.1), c520301=(108.0, 26.0, 108.1, 26.1))


def test_the_same_territories_leave_no_seam():
    assert check_seam(FORMER, FORMER, OTHERS, 10.0) == ()


def test_land_that_nobody_claims_is_told_with_place_and_size():
    own = squares(c520101=(106.0, 26.0, 106.1, 26.1), c520102=(106.1, 26.0, 106.19, 26.1))
    [gap] = check_seam(own, FORMER, OTHERS, 10.0)
    assert (gap.kind, gap.codes) == (DefectKind.GAP, ("520102",))
    assert 106.19 < gap.place[0] < 106.2
    assert gap.area_m2 == pytest.approx(1.0e3 * 11.08e3, rel=0.02)


def test_land_that_a_neighbour_keeps_is_told():
    own = squares(c520101=(106.0, 26.0, 106.1, 26.1), c520102=(106.1, 26.0, 106.21, 26.1))
    [twice] = check_seam(own, FORMER, OTHERS, 10.0)
    assert (twice.kind, twice.codes) == (DefectKind.OVERLAP, ("520201",))
    assert twice.place[0] > 106.2


def test_slivers_and_enclosed_gaps_are_no_seam():
    thin = squares(c520101=(106.0, 26.0, 106.1, 26.1), c520102=(106.1, 26.0, 106.19999, 26.1))
    assert check_seam(thin, FORMER, OTHERS, 10.0) == ()
    ring = shapely.difference(
        shapely.box(106.1, 26.0, 106.2, 26.1), shapely.box(106.14, 26.04, 106.16, 26.06)
    )
    holed = squares(c520101=(106.0, 26.0, 106.1, 26.1), c520102=ring)
    assert check_seam(holed, FORMER, OTHERS, 10.0) == ()
