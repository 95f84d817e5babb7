"""How much of a boundary line was walked (轨迹覆盖率), which stretches not, and which markers were passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString

from geoname.core.coordinates.projected import scale_at_many, to_mercator_many
from geoname.core.inspections.line_measure import LineMeasure
from geoname.core.inspections.track import Track, TrackRules, steps
from geoname.errors import InvalidInputError

Array = NDArray[np.float64]
Interval = tuple[float, float]

# Between two samples the distance to the track is taken as straight: at most this share of the tolerance.
_SAMPLES_PER_TOLERANCE = 4.0
_MOST_SAMPLES = 400_000


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The distance within which a line counts as walked: as asked, as used, and whether it was raised.

    It is never finer than the line is known: `accuracy_m` is what the line's source states of itself.
    """

    asked_m: float
    used_m: float
    accuracy_m: float

    @property
    def raised(self) -> bool:
        """Whether a finer one was asked for than the line allows."""
        return self.used_m > self.asked_m


@dataclass(frozen=True, slots=True)
class PassedMarker:
    """A marker the track came within the tolerance of: how near, and when (seconds since 1970, or None)."""

    marker: str
    distance_m: float
    at: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a track shows of a line, or of a stretch of it.

    `walked` and `missed` are (from, to) in metres along the line, in order and apart; `share` is what was
    walked of `length_m`.
    """

    length_m: float
    tolerance: Tolerance
    walked: tuple[Interval, ...]
    missed: tuple[Interval, ...]
    passed: tuple[PassedMarker, ...]

    @property
    def walked_m(self) -> float:
        """Metres of the line that were walked."""
        return sum(end - start for start, end in self.walked)

    @property
    def share(self) -> float:
        """What part of the line was walked, 0 to 1."""
        return min(1.0, self.walked_m / self.length_m) if self.length_m > 0 else 0.0


def tolerance_for(asked_m: float, accuracy_m: float) -> Tolerance:
    """The tolerance to use: what is asked, but no finer than the line's stated accuracy."""
    return Tolerance(asked_m, max(asked_m, accuracy_m), accuracy_m)


def cover(
    track: Track,
    course: MultiLineString,
    accuracy_m: float,
    rules: TrackRules,
    markers: Sequence[tuple[str, float, float]] = (),
    stretch: Interval | None = None,
) -> Coverage:
    """Hold a track against a line's course, both in degrees, WGS 84.

    `markers` are (number, longitude, latitude); `stretch` limits the question to metres along the line. The
    ends of the intervals are right to about an eighth of the tolerance.
    """
    line = LineMeasure(course)
    tolerance = tolerance_for(rules.tolerance_m, accuracy_m)
    whole = _checked(stretch, line.length_m)
    at, lon, lat, piece = line.samples(_spacing(tolerance.used_m, line.length_m), whole)
    ways, ends = _ways(track, rules.longest_step_m)
    far = _distances(ways, lon, lat, 2.0 * tolerance.used_m)[0]
    walked = _within(at, far, piece, tolerance.used_m)
    missed = complement(walked, line.pieces_within(whole))
    passed = _passed(track, ways, ends, markers, tolerance.used_m)
    return Coverage(whole[1] - whole[0], tolerance, walked, missed, passed)


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same metres as intervals in order, none touching another."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def complement(intervals: Iterable[Interval], pieces: Iterable[Interval]) -> tuple[Interval, ...]:
    """What of the pieces lies in none of the intervals, in order; never across the end of a piece."""
    left: list[Interval] = []
    covered = union(intervals)
    for start, end in pieces:
        reached = start
        for from_m, to_m in covered:
            if to_m <= reached or from_m >= end:
                continue
            if from_m > reached:
                left.append((reached, from_m))
            reached = max(reached, to_m)
        if reached < end:
            left.append((reached, end))
    return tuple(left)


def cut(course: MultiLineString, intervals: Iterable[Interval]) -> tuple[MultiLineString, ...]:
    """The parts of a course between metres along it, one for each interval."""
    line = LineMeasure(course)
    return tuple(line.between(start, end) for start, end in intervals)


def _checked(stretch: Interval | None, length_m: float) -> Interval:
    if stretch is None:
        return 0.0, length_m
    start, end = stretch
    # An end a metre beyond is rounding; more is a stretch of another line.
    if not (0.0 <= start < end <= length_m + 1.0):
        raise InvalidInputError(
            f"the stretch {start:.0f}–{end:.0f} m does not lie on a line of {length_m:.0f} m",
            zh=f"区段 {start:.0f}～{end:.0f} 米不在长 {length_m:.0f} 米的界线上",
            field="stretch",
        )
    return start, min(end, length_m)


def _spacing(tolerance_m: float, length_m: float) -> float:
    return max(tolerance_m / _SAMPLES_PER_TOLERANCE, length_m / _MOST_SAMPLES)


def _ways(track: Track, longest_step_m: float) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """What was surely walked, projected: a line for each step short enough, a point for each point alone.

    Beside them the number of the point at which each begins.
    """
    metres, same = steps(track)
    x, y = to_mercator_many(track.lon, track.lat)
    places = np.column_stack([x, y])
    sure = same & (metres <= longest_step_m) & (metres > 0.0)
    begins = np.flatnonzero(sure)
    alone = np.ones(len(track), dtype=bool)
    alone[begins] = False
    alone[begins + 1] = False
    single = np.flatnonzero(alone)
    ways = np.empty(len(begins) + len(single), dtype=object)
    ways[: len(begins)] = shapely.linestrings(np.stack([places[begins], places[begins + 1]], axis=1))
    ways[len(begins) :] = shapely.points(places[single])
    return ways, np.r_[begins, single]


def _distances(
    ways: NDArray[np.object_], lon: Array, lat: Array, most_m: float
) -> tuple[Array, NDArray[np.intp]]:
    """Metres on the ground from each place to the nearest way, infinite beyond `most_m`, and which way."""
    metres, nearest = np.full(len(lon), np.inf), np.full(len(lon), -1, dtype=np.intp)
    if len(ways) == 0 or len(lon) == 0:
        return metres, nearest
    x, y = to_mercator_many(lon, lat)
    scale = scale_at_many(lat)
    (asked, way), far = shapely.STRtree(ways).query_nearest(
        shapely.points(x, y),
        max_distance=most_m * float(scale.max()),
        return_distance=True,
        all_matches=False,
    )
    metres[asked], nearest[asked] = far / scale[asked], way
    metres[metres > most_m] = np.inf
    return metres, nearest


def _within(at: Array, far: Array, piece: NDArray[np.intp], tolerance_m: float) -> tuple[Interval, ...]:
    """Where the distance to the track is within the tolerance, between samples as if it changed evenly."""
    inside = far <= tolerance_m
    joined = np.diff(piece) == 0
    crossing = np.flatnonzero(joined & (inside[:-1] != inside[1:]))
    # Beyond twice the tolerance no distance was measured.
    left, right = (np.minimum(far[crossing + i], 2.0 * tolerance_m) for i in (0, 1))
    place = at[crossing] + (tolerance_m - left) / (right - left) * (at[crossing + 1] - at[crossing])
    enters = inside[crossing + 1]
    begins = np.flatnonzero(inside & np.r_[True, ~joined])
    ends = np.flatnonzero(inside & np.r_[~joined, True])
    starts = np.sort(np.r_[at[begins], place[enters]])
    stops = np.sort(np.r_[at[ends], place[~enters]])
    return union(zip(starts.tolist(), stops.tolist(), strict=True))


def _passed(
    track: Track,
    ways: NDArray[np.object_],
    ends: NDArray[np.intp],
    markers: Sequence[tuple[str, float, float]],
    tolerance_m: float,
) -> tuple[PassedMarker, ...]:
    if not markers:
        return ()
    lon, lat = (np.array([marker[i] for marker in markers], dtype=np.float64) for i in (1, 2))
    metres, nearest = _distances(ways, lon, lat, tolerance_m)
    return tuple(
        PassedMarker(marker[0], round(float(far), 1), _time(track, int(ends[way])))
        for marker, far, way in zip(markers, metres, nearest, strict=True)
        if far <= tolerance_m
    )


def _time(track: Track, point: int) -> float | None:
    at = float(track.time[point])
    return at if np.isfinite(at) else None
