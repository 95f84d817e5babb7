"""Each kind of defect is found with its place and size, and a sound coverage has none."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.coverage import check_coverage
from geoname.core.boundaries.coverage_report import DefectKind
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import areas, areas_straight, lengths
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(1, 6)
STEP = 0.01


def box(x0, y0, x1, y1):
    """A box in hundredths of a degree from 106 E 26 N."""
    return shapely.box(106 + STEP * x0, 26 + STEP * y0, 106 + STEP * x1, 26 + STEP * y1)


def area(polygon):
    return areas_straight(np.array([polygon], dtype=object))[0]


def kinds(report):
    return [defect.kind for defect in report.defects]


@given(SEEDS, SIZES, SIZES, st.integers(0, 15))
@settings(max_examples=40, deadline=None)
def test_a_tiling_is_valid_and_adds_up(make_tiling, seed, rows, columns, merges):
    territories = make_tiling(seed, rows, columns, merges).territories
    whole = shapely.union_all(territories.polygons)
    assert check_coverage(territories, whole=whole).is_valid
    assert check_coverage(territories).is_valid


@given(SEEDS, st.integers(3, 6), st.integers(3, 6), st.integers(0, 6))
@settings(max_examples=40, deadline=None)
def test_a_territory_left_out_is_a_gap_among_its_neighbours(make_tiling, seed, rows, columns, merges):
    made = make_tiling(seed, rows, columns, merges)
    missing = int(made.owner[rows // 2, columns // 2])
    edge = {*made.owner[0], *made.owner[-1], *made.owner[:, 0], *made.owner[:, -1]}
    assume(missing not in edge)
    rest = made.territories.take([i for i in range(len(made.territories)) if i != missing])
    beside = {made.territories.codes[i] for pair in made.borders() if missing in pair for i in pair}
    land = made.territories.polygons[missing]
    whole = shapely.union_all(made.territories.polygons)
    holes = [shapely.Polygon(ring) for ring in land.interiors]  # an enclave's own land is no gap
    for report in (check_coverage(rest), check_coverage(rest, whole=whole)):
        (gap,) = report.defects
        assert gap.kind is DefectKind.GAP
        assert gap.area_m2 == pytest.approx(area(land) + (0 if report else sum(map(area, holes))), rel=1e-6)
        assert set(gap.codes) == beside - {made.territories.codes[missing]}
        assert land.contains(shapely.Point(gap.place))
        assert not gap.is_sliver


@given(SEEDS, st.integers(2, 5), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_a_corner_moved_in_one_territory_only(make_tiling, seed, rows, columns):
    """What the territory gains it overlaps, and what it loses lies open: by the areas of the polygons."""
    made = make_tiling(seed, rows, columns, 0)
    polygons = made.territories.polygons.copy()
    mover = int(made.owner[0, 0])
    corner = made.corners[1, 1]

    def move(places):
        return np.where((places == corner).all(axis=1, keepdims=True), np.add(corner, (0.02, -0.013)), places)

    polygons[mover] = shapely.transform(polygons[mover], move)
    moved = Territories(made.territories.codes, made.territories.names, made.territories.levels, polygons)
    report = check_coverage(moved, whole=shapely.union_all(made.territories.polygons))
    before = made.territories.polygons[mover]
    assert sum(d.area_m2 for d in report.of(DefectKind.OVERLAP)) == pytest.approx(
        area(polygons[mover].difference(before)), rel=1e-4, abs=1.0
    )
    assert sum(d.area_m2 for d in report.of(DefectKind.GAP)) == pytest.approx(
        area(before.difference(polygons[mover])), rel=1e-4, abs=1.0
    )
    assert all(made.territories.codes[mover] in d.codes for d in report.defects)
    assert not report.of(DefectKind.UNMATCHED_EDGE)
    assert not report.of(DefectKind.BEYOND)


def test_an_overlap_names_both_and_its_size(make_territories):
    report = check_coverage(make_territories(box(0, 0, 2, 1), box(1.9, 0, 4, 1), box(4, 0, 5, 1)))
    (overlap,) = report.defects
    common = box(1.9, 0, 2, 1)
    assert (overlap.kind, overlap.codes) == (DefectKind.OVERLAP, ("520101", "520102"))
    assert overlap.area_m2 == pytest.approx(area(common), rel=1e-4)
    assert overlap.length_m == pytest.approx(lengths(np.array([common]))[0], rel=1e-6)
    assert common.contains(shapely.Point(overlap.place))
    assert not overlap.is_sliver
    assert not report.is_valid


def test_one_wholly_inside_another_is_an_overlap(make_territories):
    report = check_coverage(make_territories(box(0, 0, 9, 9), box(3, 3, 4, 4)))
    assert kinds(report) == [DefectKind.OVERLAP]
    assert report.defects[0].area_m2 == pytest.approx(area(box(3, 3, 4, 4)), rel=1e-4)


def test_the_same_territory_twice(make_territories):
    report = check_coverage(make_territories(box(0, 0, 1, 1), box(0, 0, 1, 1)))
    assert kinds(report) == [DefectKind.OVERLAP]


@pytest.mark.parametrize(("width_m", "sliver_m", "narrow"), [(0.75, 1, True), (1.5, 1, False), (5, 10, True)])
def test_slivers_are_told_from_gaps_by_width(make_territories, width_m, sliver_m, narrow):
    left, top = box(0, 0, 1, 2), box(0, 2, 2, 3)
    bottom = box(0, -1, 2, 0)
    width = width_m / 100_000  # degrees of longitude here
    right = shapely.box(106 + STEP + width, 26, 106 + 2 * STEP, 26 + 2 * STEP)
    report = check_coverage(make_territories(left, right, top, bottom), sliver_m=sliver_m)
    (gap,) = report.of(DefectKind.GAP)
    assert gap.is_sliver is narrow
    assert report.slivers == ((gap,) if narrow else ())
    assert gap.area_m2 == pytest.approx(width_m * 2216, rel=0.01)


def test_an_open_crack_is_unmatched_edges(make_territories):
    crack = shapely.Polygon([(106.02, 26), (106.01, 26.01), (106.010004, 26.0), (106.02, 26.0)])
    left = shapely.Polygon([(106, 26), (106.01, 26), (106.01, 26.01), (106, 26.01)])
    right = shapely.Polygon([(106.010004, 26), (106.02, 26), (106.02, 26.01), (106.01, 26.01)])
    assert crack.is_valid
    report = check_coverage(make_territories(left, right), sliver_m=1.0)
    assert set(kinds(report)) == {DefectKind.UNMATCHED_EDGE}
    assert {defect.codes for defect in report.defects} == {("520101", "520102"), ("520102", "520101")}
    assert report.defects[0].length_m == pytest.approx(1108, rel=0.01)
    assert check_coverage(make_territories(left, right), sliver_m=0.1).is_valid


def test_a_corner_that_only_one_side_has_is_an_unmatched_edge(make_territories):
    left = shapely.Polygon([(106, 26), (107, 26), (107, 27), (106, 27)])
    right = shapely.Polygon([(107, 26), (108, 26), (108, 27), (107, 27), (107, 26.5)])
    report = check_coverage(make_territories(left, right))
    assert set(kinds(report)) == {DefectKind.UNMATCHED_EDGE}
    place = shapely.Point(report.defects[0].place)
    assert left.exterior.distance(place) < 1e-9
    assert set(report.defects[0].codes) == {"520101", "520102"}


def test_a_ring_that_crosses_itself_is_named_and_the_rest_still_checked(make_territories):
    bow = shapely.Polygon([(106, 26), (106.01, 26.01), (106.01, 26), (106, 26.01)])
    report = check_coverage(make_territories(bow, box(5, 0, 6, 1), box(5.5, 0, 7, 1)))
    assert kinds(report) == [DefectKind.INVALID_RING, DefectKind.OVERLAP]
    assert report.defects[0].place == pytest.approx((106.005, 26.005))
    assert report.defects[0].codes == ("520101",)
    assert "Self-intersection" in report.defects[0].detail


def test_an_empty_territory_is_named(make_territories):
    report = check_coverage(make_territories(shapely.Polygon(), box(0, 0, 1, 1)))
    (defect,) = report.defects
    assert (defect.kind, defect.place, defect.detail) == (DefectKind.INVALID_RING, None, "empty")


def test_beyond_the_whole_and_short_of_it(make_territories):
    report = check_coverage(make_territories(box(0, 0, 1, 1), box(1, 0, 3, 1)), whole=box(0, 0, 2, 2))
    assert kinds(report) == [DefectKind.GAP, DefectKind.BEYOND]
    gap, beyond = report.defects
    assert gap.area_m2 == pytest.approx(area(box(0, 1, 2, 2)), rel=1e-4)
    assert gap.codes == ("520101", "520102")
    assert beyond.area_m2 == pytest.approx(area(box(2, 0, 3, 1)), rel=1e-4)
    assert beyond.codes == ("520102",)


def test_a_corner_of_a_gap_touches_no_third(make_territories):
    around = box(0, 0, 3, 3).difference(box(1, 1, 2, 2)).difference(box(2, 2, 3, 3))
    (gap,) = check_coverage(make_territories(around, box(2, 2, 3, 3))).defects
    assert gap.codes == ("520101",)


def test_guizhou_is_sound_and_its_one_hole_belongs_to_hunan(edition):
    name, around = edition
    guizhou = around.take([i for i, c in enumerate(around.codes) if c.startswith("52")])
    counties = guizhou.only(Level.COUNTY)
    province = guizhou.only(Level.PROVINCE).polygons[0]
    assert check_coverage(counties, whole=province).is_valid
    assert check_coverage(around.only(Level.COUNTY)).of(DefectKind.OVERLAP) == ()
    (hole,) = check_coverage(counties).defects
    assert (hole.kind, hole.codes) == (DefectKind.GAP, ("522627",))
    assert hole.area_m2 == pytest.approx({"tianditu": 0.854e6, "amap": 1.186e6}[name], rel=0.01)
    huitong = around.polygons[around.codes.index("431225")]
    assert huitong.contains(shapely.Point(hole.place))
    km2 = areas(counties.polygons).sum() / 1e6
    assert km2 == pytest.approx(areas(np.array([province]))[0] / 1e6, rel=1e-9)
    assert km2 == pytest.approx({"tianditu": 175_984, "amap": 176_082}[name], rel=1e-4)


# The older edition leaves several enclaves out.
@pytest.mark.parametrize("edition", ["amap"], indirect=True)
def test_enclaves_of_the_detailed_edition(edition):
    _, around = edition
    counties = around.only(Level.COUNTY)
    parts = {
        counties.names[i]: shapely.get_parts(counties.polygons[i])
        for i, code in enumerate(counties.codes)
        if code.startswith("52")
    }
    apart = {county: sorted(areas(pieces) / 1e6)[:-1] for county, pieces in parts.items() if len(pieces) > 1}
    assert set(apart) >= {"天柱县", "安龙县", "余庆县", "黔西市", "西秀区", "钟山区"}
    assert max(apart["天柱县"]) == pytest.approx(11.7, abs=0.1)
    assert max(apart["西秀区"]) == pytest.approx(38.6, abs=0.1)
    assert sum(apart["钟山区"]) == pytest.approx(95.75, abs=0.1)


def test_wrong_arguments_name_their_field(make_territories, edition):
    with pytest.raises(InvalidInputError, match="one level"):
        check_coverage(edition[1])
    with pytest.raises(InvalidInputError) as sliver:
        check_coverage(make_territories(box(0, 0, 1, 1)), sliver_m=-1)
    assert sliver.value.field == "sliver_m"
    with pytest.raises(InvalidInputError, match="no polygon"):
        check_coverage(make_territories(shapely.Point(106, 26)))


def test_nothing_has_no_defect():
    assert check_coverage(Territories((), (), (), np.zeros(0, dtype=object))).is_valid
