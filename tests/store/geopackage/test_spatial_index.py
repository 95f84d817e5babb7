"""Points that are entered together are found as if SQLite had taken them in one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from geoname.store.geopackage.spatial_index import add_points, extent

INDEX = "rtree_place_geom"
HOW = ("together", "singly", "away")


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        opened.exec_driver_sql(f"CREATE VIRTUAL TABLE {INDEX} USING rtree(id, minx, maxx, miny, maxy)")
        yield opened
    engine.dispose()


def some(count: int, first: int, seed: int):
    """Row numbers from `first` on, in no order, and points; every third is where another is."""
    random = np.random.default_rng(seed)
    lon, lat = random.uniform(-180, 180, count), random.uniform(-90, 90, count)
    lon[::3], lat[::3] = 106.7, 26.5
    return random.permutation(count) + first, lon, lat


def add_singly(connection, _index, rows, lon, lat):
    for row, x, y in zip(rows.tolist(), lon.tolist(), lat.tolist(), strict=True):
        connection.exec_driver_sql(f"INSERT INTO {INDEX} VALUES (?, ?, ?, ?, ?)", (row, x, x, y, y))


def entries(connection):
    return connection.exec_driver_sql(f"SELECT * FROM {INDEX} ORDER BY id").all()


def sound(connection) -> bool:
    return connection.exec_driver_sql(f"SELECT rtreecheck('{INDEX}')").scalar_one() == "ok"


def found(connection, west, east, south, north):
    asked = f"SELECT id FROM {INDEX} WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ? ORDER BY id"
    return connection.exec_driver_sql(asked, (west, east, south, north)).scalars().all()


def least_and_most(connection):
    asked = f"SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {INDEX}"
    return tuple(connection.exec_driver_sql(asked).one())


@given(batches=st.lists(st.tuples(st.sampled_from(HOW), st.integers(1, 700)), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_whatever_is_entered_or_removed_every_point_is_found_and_no_other(batches):
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {INDEX} USING rtree(id, minx, maxx, miny, maxy)")
        there: dict[int, tuple[float, float]] = {}
        for number, (how, count) in enumerate(batches):
            if how == "away":
                gone = sorted(there)[:count]
                for row in gone:
                    connection.exec_driver_sql(f"DELETE FROM {INDEX} WHERE id = ?", (row,))
                    del there[row]
            else:
                rows, lon, lat = some(count, 1_000 * number, number)
                (add_points if how == "together" else add_singly)(connection, INDEX, rows, lon, lat)
                there |= dict(zip(rows.tolist(), zip(lon, lat, strict=True), strict=True))
            assert sound(connection)
            assert [row[0] for row in entries(connection)] == sorted(there)
            assert (extent(connection, INDEX) or (None,) * 4) == least_and_most(connection)
            near = [row for row, (x, y) in there.items() if 100 < x < 120 and -10 < y < 30]
            assert set(near) <= set(found(connection, 100, 120, -10, 30))
            assert len(found(connection, 100, 120, -10, 30)) <= len(near) + 1
    engine.dispose()


def test_boxes_hold_their_points_and_are_no_wider_than_single_precision_makes_them(connection):
    rows, lon, lat = some(1_000, 1, 3)
    add_points(connection, INDEX, rows, lon, lat)
    exact = dict(zip(rows.tolist(), zip(lon, lat, strict=True), strict=True))
    for row, min_x, max_x, min_y, max_y in entries(connection):
        x, y = exact[row]
        assert min_x <= x <= max_x
        assert min_y <= y <= max_y
        assert max_x - min_x <= np.spacing(np.float32(180))
        assert max_y - min_y <= np.spacing(np.float32(90))


def test_an_index_of_four_levels_is_grown_and_still_found(connection):
    for number in range(6):
        add_points(connection, INDEX, *some(30_000, 30_000 * number, number))
    data = connection.execute(text(f"SELECT data FROM {INDEX}_node WHERE nodeno = 1")).scalar_one()
    assert int.from_bytes(data[:2], "big") == 3
    add_points(connection, INDEX, *some(60, 500_000, 9))
    assert sound(connection)
    assert len(entries(connection)) == 180_060
    assert len(found(connection, 106.69, 106.71, 26.49, 26.51)) >= 60_020


def test_a_box_is_asked_of_few_nodes_only(connection):
    """The nodes are packed by place: a small box meets a small share of the leaves of one batch."""
    rows, lon, lat = some(20_000, 1, 5)
    lon[::3], lat[::3] = lon[1::3], lat[1::3]
    add_points(connection, INDEX, rows, lon, lat)
    leaves = connection.exec_driver_sql(
        f"SELECT nodeno, min(minx), max(maxx), min(miny), max(maxy) FROM {INDEX}"
        f" JOIN {INDEX}_rowid ON id = rowid GROUP BY nodeno"
    ).all()
    meeting = [leaf for leaf in leaves if leaf[1] < 10 < leaf[2] and leaf[3] < 20 < leaf[4]]
    assert len(leaves) < 20_000 / 50
    assert len(meeting) <= 2


def test_an_empty_index_has_no_extent(connection):
    assert extent(connection, INDEX) is None
