"""Many points into an R*Tree at once (空间索引): whole nodes, packed, in the place of single entries.

SQLite takes points into an R*Tree one by one, and each costs it a descent, a node written anew and its share
of splits. Points that come together are packed into full leaves here, these into full nodes, and the nodes
join those that are there under the root. The form of the nodes is SQLite's published one
(sqlite.org/rtree.html, section "Shadow tables"); who looks or edits finds an R*Tree like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

Degrees = NDArray[np.float64]
Rows = NDArray[np.int64]
_Cells = NDArray[np.void]

_CELL = np.dtype([("id", "i8"), ("minx", "f4"), ("maxx", "f4"), ("miny", "f4"), ("maxy", "f4")])
_KEPT_CELL = _CELL.newbyteorder(">")
_HEAD = np.dtype([("depth", ">u2"), ("count", ">u2")])
_ROOT = 1
_UNTOUCHED = 2
"""Nodes below this level stay as they are; the few above them are made anew."""


def extent(connection: Connection, index: str) -> tuple[float, float, float, float] | None:
    """(min x, min y, max x, max y) of all entries, of single precision; None when there are none."""
    _, cells = _Nodes(connection, index).read([_ROOT])
    if not len(cells):
        return None
    low, high = (cells["minx"], cells["miny"]), (cells["maxx"], cells["maxy"])
    min_x, min_y, max_x, max_y = (float(each) for each in (*map(np.min, low), *map(np.max, high)))
    return min_x, min_y, max_x, max_y


def add_points(connection: Connection, index: str, rows: Rows, lon: Degrees, lat: Degrees) -> None:
    """Enter points, none NaN, under row numbers that the index does not have yet."""
    nodes = _Nodes(connection, index)
    depth, there = nodes.read([_ROOT])
    level = min(depth, _UNTOUCHED)
    for _ in range(depth - level):
        above = there["id"].tolist()
        _, there = nodes.read(above)
        nodes.forget(above)
    cells, at = _points(rows, lon, lat), 0
    while True:
        if at == level:
            cells = np.concatenate([cells, there])
        if at >= level and len(cells) <= nodes.most:
            break
        cells = nodes.add(_packed(cells, nodes.most), at)
        at += 1
    nodes.write([_ROOT], [cells], depth=at)
    nodes.point_up(cells, np.full(len(cells), _ROOT), at)


def _points(rows: Rows, lon: Degrees, lat: Degrees) -> _Cells:
    """Points as boxes of single precision that hold them."""
    cells = np.empty(len(rows), dtype=_CELL)
    cells["id"] = rows
    for axis, exact in (("x", lon), ("y", lat)):
        near = exact.astype(np.float32)
        cells[f"min{axis}"] = np.where(near > exact, np.nextafter(near, np.float32(-np.inf)), near)
        cells[f"max{axis}"] = np.where(near < exact, np.nextafter(near, np.float32(np.inf)), near)
    return cells


def _packed(cells: _Cells, most: int) -> _Cells:
    """In tiles, strip by strip: any `most` that follow each other lie near each other."""
    x, y = cells["minx"] + cells["maxx"], cells["miny"] + cells["maxy"]
    strips = np.ceil(np.sqrt(len(cells) / most))
    strip = np.empty(len(cells), dtype=np.int64)
    strip[np.argsort(x)] = np.arange(len(cells)) // (strips * most)
    return cells[np.lexsort((y, strip))]


class _Nodes:
    """The tables in which SQLite keeps an R*Tree."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        asked = f"SELECT length(data) FROM {index}_node WHERE nodeno = {_ROOT}"  # noqa: S608
        self._size: int = connection.exec_driver_sql(asked).scalar_one()
        self.most = (self._size - _HEAD.itemsize) // _CELL.itemsize
        """So many entries a node holds."""

    def read(self, numbers: Iterable[int]) -> tuple[int, _Cells]:
        """The cells of nodes, and how many levels lie below the root when that is the first of them."""
        asked = f"SELECT data FROM {self._index}_node WHERE nodeno = ?"  # noqa: S608
        datas = [self._connection.exec_driver_sql(asked, (number,)).scalar_one() for number in numbers]
        heads = [np.frombuffer(data, _HEAD, 1)[0] for data in datas]
        cells = [
            np.frombuffer(data, _KEPT_CELL, int(head["count"]), _HEAD.itemsize)
            for data, head in zip(datas, heads, strict=True)
        ]
        return int(heads[0]["depth"]), np.concatenate(cells).astype(_CELL)

    def add(self, cells: _Cells, level: int) -> _Cells:
        """Put cells in their order into new nodes; a cell for each of these."""
        asked = f"SELECT max(nodeno) + 1 FROM {self._index}_node"  # noqa: S608
        free: int = self._connection.exec_driver_sql(asked).scalar_one()
        starts = np.arange(0, len(cells), self.most)
        boxes = np.empty(len(starts), dtype=_CELL)
        boxes["id"] = np.arange(free, free + len(starts))
        for axis in "xy":
            boxes[f"min{axis}"] = np.minimum.reduceat(cells[f"min{axis}"], starts)
            boxes[f"max{axis}"] = np.maximum.reduceat(cells[f"max{axis}"], starts)
        self.write(boxes["id"].tolist(), np.split(cells, starts[1:]))
        self.point_up(cells, np.repeat(boxes["id"], self.most)[: len(cells)], level)
        return boxes

    def write(self, numbers: Sequence[int], nodes: Sequence[_Cells], depth: int = 0) -> None:
        """Write nodes; only the root's depth means something."""
        datas = [
            np.array((depth, len(cells)), _HEAD).tobytes() + cells.astype(_KEPT_CELL).tobytes()
            for cells in nodes
        ]
        rows = [(number, data.ljust(self._size, b"\0")) for number, data in zip(numbers, datas, strict=True)]
        self._connection.exec_driver_sql(f"INSERT OR REPLACE INTO {self._index}_node VALUES (?, ?)", rows)  # noqa: S608

    def point_up(self, cells: _Cells, nodes: Rows, level: int) -> None:
        """Note in which node each entry stands: a row of the table, or above the leaves a node."""
        if not len(cells):
            return
        table = f"{self._index}_{'parent' if level else 'rowid'}"
        rows = list(zip(cells["id"].tolist(), nodes.tolist(), strict=True))
        self._connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)  # noqa: S608

    def forget(self, numbers: Iterable[int]) -> None:
        """Remove nodes."""
        gone = [(number,) for number in numbers]
        for table in ("node", "parent"):
            asked = f"DELETE FROM {self._index}_{table} WHERE nodeno = ?"  # noqa: S608
            self._connection.exec_driver_sql(asked, gone)
