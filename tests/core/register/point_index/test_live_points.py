"""Packed points and changes together answer as an index built anew."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.register.point_index import LivePoints, MovingPoints, PointIndex

POINT = st.tuples(
    st.integers(0, 20).map(lambda i: 106 + i / 20) | st.floats(105, 108),
    st.integers(0, 20).map(lambda i: 26 + i / 20) | st.floats(25, 28),
)
CHANGE = st.tuples(st.integers(0, 70), st.none() | POINT)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(POINT, max_size=50),
    st.lists(CHANGE, max_size=40),
    POINT | st.tuples(st.floats(100, 115), st.floats(15, 40)),
    st.integers(1, 9),
    st.none() | st.floats(0, 200_000),
    st.sampled_from([1, 3]),
)
def test_both_together_answer_as_built_anew(base, changes, asked, k, radius, step):
    held = dict(enumerate(base))
    packed = np.array(base, dtype=np.float64).reshape(-1, 2)
    live = LivePoints(PointIndex.build(packed[:, 0], packed[:, 1]), MovingPoints())
    for row, point in changes:
        if point is None:
            held.pop(row, None)
            live.remove(row)
        else:
            held[row] = point
            live.put(row, *point)
    now = np.array([held[row] for row in sorted(held)], dtype=np.float64).reshape(-1, 2)
    anew = PointIndex.build(now[:, 0], now[:, 1], np.array(sorted(held), dtype=np.int64))
    keep = None if step == 1 else lambda rows: rows % step == 0

    def same(one, other):
        assert [row for row, _ in one] == [row for row, _ in other]
        assert [metres for _, metres in one] == pytest.approx([metres for _, metres in other], abs=1e-6)

    same(live.nearest(*asked, k, radius, keep), anew.nearest(*asked, k, radius, keep))
    same(live.within_radius(*asked, 60_000, keep), anew.within_radius(*asked, 60_000, keep))
    box = (106.2, 25.9, 106.8, 26.6)
    assert live.within_box(*box, keep).tolist() == anew.within_box(*box, keep).tolist()
    triangle = shapely.Polygon([(105.5, 25.5), (107, 26), (106, 27.5)])
    assert live.within_polygon(triangle, keep).tolist() == anew.within_polygon(triangle, keep).tolist()


def test_removed_points_are_given_at_the_start_too():
    base = PointIndex.build(np.array([106.0, 106.1, 106.2]), np.full(3, 26.0))
    live = LivePoints(base, MovingPoints(), removed=[0, 99])
    assert [row for row, _ in live.nearest(106.0, 26.0, 3)] == [1, 2]


def test_a_degree_east_is_shorter_than_one_north():
    moving = MovingPoints()
    moving.insert(1, 106.0, 60.7)
    moving.insert(2, 107.0, 60.0)
    assert [row for row, _ in moving.nearest(106.0, 60.0, 1)] == [2]


def test_a_point_put_again_moves():
    moving = MovingPoints()
    moving.insert(5, 106.0, 26.0)
    moving.insert(5, 107.0, 26.0)
    assert len(moving) == 1
    assert 5 in moving
    assert moving.within_box(105.5, 25, 106.5, 27).tolist() == []
    assert moving.within_box(106.5, 25, 107.5, 27).tolist() == [5]
    assert moving.remove(5)
    assert not moving.remove(5)
    assert moving.nearest(106, 26, 3) == []
