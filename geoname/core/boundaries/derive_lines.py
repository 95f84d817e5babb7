"""Boundary lines (界线) derived from the edges that territories share, and higher lines put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString

from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.shared_edges import EdgeTable, Indexes, code_order, edge_table, shared_once
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError

_DIGITS = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}


def line_level(one: str, other: str) -> Level:
    """The level of the line between two codes: the first level at which they differ."""
    for level, digits in _DIGITS.items():
        if one[:digits] != other[:digits]:
            return level
    raise InvalidInputError(
        f"{one} and {other} are one division: give two",
        zh=f"{one} 与 {other} 是同一区划：请给出两个",
        field="sides",
    )


def derive_lines(
    territories: Territories, shortest_m: float = 0.0, table: EdgeTable | None = None
) -> tuple[BoundaryLine, ...]:
    """One line for each pair of territories that share edges, in the order of their codes.

    A line's parts are its pieces: two stretches of border with others' land between them are two. Each runs
    with the side of the smaller code on its left. Lines shorter than `shortest_m` metres are left out.
    Exact where the coverage is valid: edges that do not match (see `check_coverage`) belong to no line.
    InvalidInputError when levels are mixed.
    """
    table = edge_table(territories) if table is None else table
    edges, pair = shared_once(territories, table)
    pairs, index = np.unique(pair, return_inverse=True)
    metres = np.bincount(index, weights=table.lengths(edges), minlength=len(pairs))
    courses = _courses(table, edges, index, len(pairs))
    codes = [territories.codes[i] for i in code_order(territories)]
    first, second = np.divmod(pairs, len(territories))
    return tuple(
        BoundaryLine((codes[one], codes[other]), line_level(codes[one], codes[other]), length, course)
        for one, other, length, course in zip(
            first.tolist(), second.tolist(), metres.tolist(), courses, strict=True
        )
        if length >= shortest_m
    )


def assemble_lines(
    lines: Sequence[BoundaryLine], level: Level, among: Collection[str] | None = None
) -> tuple[BoundaryLine, ...]:
    """The lines of a level put together from lines of lower levels, in the order of their codes.

    Of county lines, `Level.PROVINCE` makes the one line between two provinces from all county pairs along
    it, and `Level.PREFECTURE` the lines between prefectures, those across the province line included. Pieces
    that meet end to end become one; lengths add up. `among` are the codes of the divisions that there are at
    the level, all when None: give it where a county's first digits name no division, as in a municipality,
    which has counties and no prefectures.
    """
    digits = _DIGITS[level]
    groups: dict[tuple[str, str], list[BoundaryLine]] = defaultdict(list)
    for line in lines:
        one, other = line.sides[0][:digits], line.sides[1][:digits]
        if one != other and (among is None or (one in among and other in among)):
            groups[one, other].append(line)
    return tuple(
        BoundaryLine(
            sides,
            line_level(*sides),
            sum(line.length_m for line in members),
            _joined([part for line in members for part in line.course.geoms]),
            members[0].origin,
        )
        for sides, members in sorted(groups.items(), key=lambda item: item[0])
    )


def _courses(table: EdgeTable, edges: Indexes, pair: Indexes, pairs: int) -> list[MultiLineString]:
    """The merged course of each pair, from its edges in the order of the rings."""
    if pairs == 0:
        return []
    follows = (edges[1:] == edges[:-1] + 1) & (pair[1:] == pair[:-1])
    follows &= table.end[edges[:-1]] == table.start[edges[1:]]
    first = np.flatnonzero(np.r_[True, ~follows])
    run = np.cumsum(np.r_[False, ~follows])
    # Every run is its edges' starts and the end of its last edge.
    last = np.r_[first[1:] - 1, len(edges) - 1]
    places = np.concatenate([table.places[table.start[edges]], table.places[table.end[edges[last]]]])
    of_run = np.concatenate([run, run[last]])
    order = np.argsort(of_run, kind="stable")
    runs = np.asarray(shapely.linestrings(places[order], indices=of_run[order]), dtype=object)
    by_pair = np.argsort(pair[first], kind="stable")
    several = shapely.multilinestrings(runs[by_pair], indices=pair[first][by_pair])
    return [_as_multi(course) for course in _merged(np.asarray(several, dtype=object))]


def _joined(parts: list[shapely.LineString]) -> MultiLineString:
    return _as_multi(_merged(np.array([MultiLineString(parts)], dtype=object))[0])


def _merged(courses: NDArray[np.object_]) -> NDArray[np.object_]:
    """Pieces that meet end to end made one; the direction stays, and with it the side on the left."""
    return np.asarray(shapely.line_merge(courses, directed=True), dtype=object)


def _as_multi(course: shapely.Geometry) -> MultiLineString:
    return (
        course if isinstance(course, MultiLineString) else MultiLineString([shapely.get_coordinates(course)])
    )
