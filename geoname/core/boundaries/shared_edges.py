"""Every edge of every ring, and who shares it (公共边): the table that all topology is read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import segment_lengths
from geoname.errors import InvalidInputError

Indexes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """The edges of all rings as columns, ring after ring, each directed with its owner's land on the left.

    `places[start[i]]` to `places[end[i]]` is edge i, degrees, longitude first; a place stands once however
    many rings pass it. `ring[i]` numbers the ring and `owner[i]` the territory. `partner[i]` is the edge of
    another territory that runs the same way back, −1 where there is none or where it is not the only one.
    """

    places: NDArray[np.float64]
    start: Indexes
    end: Indexes
    ring: Indexes
    owner: Indexes
    partner: Indexes

    def __len__(self) -> int:
        """How many edges."""
        return len(self.start)

    def across(self) -> Indexes:
        """The territory on the other side of each edge, −1 where there is none."""
        return np.where(self.partner >= 0, self.owner[self.partner], -1)

    def lengths(self, edges: Indexes) -> NDArray[np.float64]:
        """Geodesic length in metres of these edges."""
        return segment_lengths(self.places[self.start[edges]], self.places[self.end[edges]])


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs of territories that share edges, as columns; pair i is `first[i]`, `second[i]` (positions).

    The first has the smaller code; pairs are in the order of their codes. `metres[i]` is the geodesic length
    of what they share.
    """

    first: Indexes
    second: Indexes
    metres: NDArray[np.float64]

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.first)


def edge_table(territories: Territories) -> EdgeTable:
    """Take the rings of all territories apart and find each edge's partner by hash.

    InvalidInputError when two levels are mixed.
    """
    require_one_level(territories)
    # Shells counter-clockwise and holes clockwise: the owner's land is on the left of every edge.
    polygons = np.asarray(shapely.orient_polygons(territories.polygons), dtype=object)
    parts, part_owner = shapely.get_parts(polygons, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, point_ring = shapely.get_coordinates(rings, return_index=True)
    places, place = _distinct(points)
    # A repeated point makes no edge.
    is_edge = (point_ring[1:] == point_ring[:-1]) & (place[1:] != place[:-1])
    start, end, ring = place[:-1][is_edge], place[1:][is_edge], point_ring[1:][is_edge]
    owner = part_owner[ring_part][ring]
    return EdgeTable(places, start, end, ring, owner, _partners(start, end, owner, len(places)))


def require_one_level(territories: Territories) -> None:
    """InvalidInputError when levels are mixed, because a county lies on its province."""
    if len(set(territories.levels)) > 1:
        raise InvalidInputError(
            "territories of several levels overlap: take one level",
            zh="不同层级的区划面相互重叠：请只取一个层级",
            field="territories",
        )


def neighbours(territories: Territories, table: EdgeTable | None = None) -> Neighbours:
    """Who borders whom, and along how many metres; touching at a point is no border.

    Exact where the coverage is valid; edges that do not match (see `check_coverage`) are not counted.
    """
    table = edge_table(territories) if table is None else table
    edges, pair = shared_once(territories, table)
    count = len(territories)
    pairs, index = np.unique(pair, return_inverse=True)
    metres = np.bincount(index, weights=table.lengths(edges), minlength=len(pairs))
    by_code = code_order(territories)
    return Neighbours(by_code[pairs // count], by_code[pairs % count], np.asarray(metres, dtype=np.float64))


def code_order(territories: Territories) -> Indexes:
    """The positions of the territories in the order of their codes."""
    return np.array(sorted(range(len(territories)), key=territories.codes.__getitem__), dtype=np.intp)


def shared_once(territories: Territories, table: EdgeTable) -> tuple[Indexes, Indexes]:
    """Each shared edge once, as it runs along the territory of the smaller code, and its pair's number.

    The pair of the i-th and j-th territory in the order of codes (i < j) is i × (number of territories) + j.
    """
    rank = np.empty(len(territories), dtype=np.intp)
    rank[code_order(territories)] = np.arange(len(territories))
    across = table.across()
    mine, other = rank[table.owner], rank[across]
    edges = np.flatnonzero((across >= 0) & (mine < other))
    return edges, mine[edges] * len(territories) + other[edges]


def _distinct(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], Indexes]:
    """The distinct points, and for every point which it is."""
    # Sorting one complex column is a third of the work of sorting rows; adding zero makes −0.0 into 0.0.
    numbers = (points + 0.0).view(np.complex128).ravel()
    distinct, index = np.unique(numbers, return_inverse=True)
    return distinct.view(np.float64).reshape(-1, 2), index


def _partners(start: Indexes, end: Indexes, owner: Indexes, places: int) -> Indexes:
    """For every edge the only other edge between the same places, when it runs back and is another's."""
    partner = np.full(len(start), -1, dtype=np.intp)
    key = np.minimum(start, end) * places + np.maximum(start, end)
    order = np.argsort(key, kind="stable")
    _, first, count = np.unique(key[order], return_index=True, return_counts=True)
    one, other = order[first[count == 2]], order[first[count == 2] + 1]
    matched = (start[one] == end[other]) & (owner[one] != owner[other])
    one, other = one[matched], other[matched]
    partner[one], partner[other] = other, one
    return partner
