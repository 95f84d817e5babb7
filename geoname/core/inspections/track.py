"""A walked track (巡查轨迹): points with times, as arrays, and where it was interrupted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.coordinates.convert import to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.geodesic import segment_lengths
from geoname.errors import InvalidInputError

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Points in the order they were walked.

    `lon` and `lat` are degrees, WGS 84; `time` seconds since 1970 UTC, NaN where none was recorded; `part`
    numbers the recordings, and nothing was walked between the last point of one and the first of the next.
    """

    lon: Array
    lat: Array
    time: Array
    part: NDArray[np.int32]

    def __len__(self) -> int:
        """How many points."""
        return len(self.lon)

    def read_as(self, crs: Crs) -> Track:
        """The same track, its numbers taken as measured in `crs` and brought to WGS 84."""
        lon, lat = to_wgs84(self.lon, self.lat, crs)
        return Track(lon, lat, self.time, self.part)


@dataclass(frozen=True, slots=True)
class TrackRules:
    """How a track is judged; practice, not law.

    `tolerance_m` is the distance from the line within which it counts as walked. Two points farther apart
    than `longest_step_m` do not prove that the way between them was walked; a pause longer than `pause_s` is
    told as a gap in time.
    """

    tolerance_m: float = 50.0
    longest_step_m: float = 200.0
    pause_s: float = 600.0

    def __post_init__(self) -> None:
        """Refuse what is no distance or time."""
        for name in ("tolerance_m", "longest_step_m", "pause_s"):
            if not 0.0 < getattr(self, name) < 1e6:
                raise InvalidInputError(
                    f"{name} is {getattr(self, name)}: give a number above 0 and below 1,000,000",
                    zh=f"{name} 为 {getattr(self, name)}：请给出大于 0、小于 1000000 的数",
                    field=name,
                )


@dataclass(frozen=True, slots=True)
class TimeGap:
    """A pause in the recording: its ends in seconds since 1970 UTC, and how far apart they lie."""

    began: float
    ended: float
    metres: float


def join_tracks(tracks: tuple[Track, ...]) -> Track:
    """All recordings together, each keeping its own parts."""
    offsets = np.cumsum([0, *(int(track.part.max(initial=-1)) + 1 for track in tracks)])
    parts = [track.part + offset for track, offset in zip(tracks, offsets[:-1], strict=True)]
    return Track(
        np.concatenate([track.lon for track in tracks]),
        np.concatenate([track.lat for track in tracks]),
        np.concatenate([track.time for track in tracks]),
        np.concatenate(parts).astype(np.int32),
    )


def check_track(track: Track) -> None:
    """Pass in silence when every point can be a place and no time runs backwards within a recording.

    InvalidInputError names the first point at fault, counted from 1.
    """
    if len(track) == 0:
        raise InvalidInputError(
            "the track has no points: record one on the ground and send it again",
            zh="轨迹中没有点：请在实地记录后重新上传",
            field="file",
        )
    wrong = ~((np.abs(track.lon) <= 180.0) & (np.abs(track.lat) <= 90.0))
    if wrong.any():
        at = int(np.argmax(wrong))
        _refuse(at, f"lies at {track.lon[at]}, {track.lat[at]}, which is no place in degrees",
                f"的坐标 {track.lon[at]}, {track.lat[at]} 超出经纬度范围")  # fmt: skip
    # A point without a time says nothing of the order: each is compared with the last that has one.
    known = np.flatnonzero(np.isfinite(track.time))
    back = (np.diff(track.time[known]) < 0.0) & (np.diff(track.part[known]) == 0)
    if back.any():
        at = int(known[int(np.argmax(back)) + 1])
        _refuse(at, "was recorded before the point that it follows: sort the points by time",
                "的时间早于前一点：请按时间排序")  # fmt: skip


def steps(track: Track) -> tuple[Array, NDArray[np.bool_]]:
    """The geodesic metres from each point to the next, and whether both are of one recording; (n - 1,)."""
    places = np.column_stack([track.lon, track.lat])
    return segment_lengths(places[:-1], places[1:]), np.diff(track.part) == 0


def time_gaps(track: Track, pause_s: float) -> tuple[TimeGap, ...]:
    """Every pause longer than `pause_s` within one recording."""
    metres, same = steps(track)
    with np.errstate(invalid="ignore"):
        paused = np.flatnonzero(same & (np.diff(track.time) > pause_s))
    return tuple(
        TimeGap(float(track.time[i]), float(track.time[i + 1]), round(float(metres[i]), 1)) for i in paused
    )


def summary(track: Track) -> dict[str, Any]:
    """Length in metres without the jumps between recordings, first and last time, share of points timed."""
    metres, same = steps(track)
    timed = np.isfinite(track.time)
    return {
        "points": len(track),
        "recordings": len(np.unique(track.part)),
        "length_m": round(float(metres[same].sum()), 1),
        "began": float(np.nanmin(track.time)) if timed.any() else None,
        "ended": float(np.nanmax(track.time)) if timed.any() else None,
        "timed_share": round(float(timed.mean()), 4) if len(track) else 0.0,
    }


def _refuse(at: int, en: str, zh: str) -> None:
    raise InvalidInputError(f"point {at + 1} of the track {en}", zh=f"轨迹第 {at + 1} 点{zh}", field="file")
