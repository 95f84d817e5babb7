"""Points in parts answer as one index over all."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.register.point_index import LivePoints, PointIndex

POINT = st.tuples(
    st.integers(0, 20).map(lambda i: 106 + i / 20) | st.floats(105, 108),
    st.integers(0, 20).map(lambda i: 26 + i / 20) | st.floats(25, 28),
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(POINT, max_size=30), min_size=1, max_size=4),
    POINT | st.tuples(st.floats(100, 115), st.floats(15, 40)),
    st.integers(1, 9),
    st.none() | st.floats(0, 200_000),
    st.sampled_from([1, 3]),
)
def test_parts_answer_as_one_index(given_parts, asked, k, radius, step):
    parts, keeps, first = [], [], 0
    for points in given_parts:
        packed = np.array(points, dtype=np.float64).reshape(-1, 2)
        parts.append((first, PointIndex.build(packed[:, 0], packed[:, 1])))
        keeps.append(lambda rows, first=first: (rows + first) % step == 0)
        first += len(points)
    together = np.array([point for points in given_parts for point in points]).reshape(-1, 2)
    one = PointIndex.build(together[:, 0], together[:, 1])
    found = LivePoints(parts).nearest(*asked, k, radius, keeps=keeps, order=lambda row: row)
    assert found == one.nearest(*asked, k, radius, lambda rows: rows % step == 0)
