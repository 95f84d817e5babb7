"""Reads walked tracks from GPX files (轨迹文件) as a stream; definitions and entities are refused."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO
from xml.parsers import expat

import numpy as np

from geoname.core.inspections.track import Track
from geoname.errors import InvalidInputError, TooLargeError

_BLOCK = 1 << 18
_LONGEST_TIME = 64
_NO_TIME = float("nan")
MOST_POINTS = 1_000_000


def read_gpx(stream: IO[bytes], most_points: int = MOST_POINTS) -> Track:
    """The track points of a GPX document, in its order; route points and waypoints are no track.

    Longitude and latitude are as written (WGS 84 by the format's definition), time is NaN where there is
    none. Memory grows with `most_points` alone. InvalidInputError for what is no GPX, TooLargeError beyond
    the limit.
    """
    reading = _Reading(most_points)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.EntityDeclHandler = _refuse_definitions
    parser.ExternalEntityRefHandler = _refuse_definitions
    parser.StartElementHandler = reading.begins
    parser.EndElementHandler = reading.ends
    parser.CharacterDataHandler = reading.text
    reading.line = lambda: parser.CurrentLineNumber
    try:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _refused(
            f"is no whole XML document (line {error.lineno}): export the track as GPX again",
            f"不是完整的 XML 文档（第 {error.lineno} 行）：请重新导出为 GPX",
        ) from None
    except (ValueError, LookupError):
        # An encoding with several bytes a character that the parser cannot read.
        raise _refused(
            "is in an encoding that cannot be read: export it as UTF-8",
            "的编码无法读取：请以 UTF-8 导出",
        ) from None
    return reading.track()


class _Reading:
    """What was read so far: four growing arrays of plain numbers."""

    def __init__(self, most_points: int) -> None:
        self._most = most_points
        self._lon, self._lat, self._time = array("d"), array("d"), array("d")
        self._part = array("i")
        self._recording = -1
        self._depth = 0
        self._in_point = False
        self._written: list[str] | None = None
        self.line: Callable[[], int] = lambda: 0

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._depth += 1
        if self._depth == 1 and name != "gpx":
            raise _refused(
                f"is {name} and no GPX: export the track as GPX",
                f"是 {name} 而非 GPX：请将轨迹导出为 GPX",
            )
        if name == "trkpt":
            self._add_point(attributes)
        elif name == "trkseg":
            self._recording += 1
        elif name == "time" and self._in_point:
            self._written = []

    def ends(self, tag: str) -> None:
        self._depth -= 1
        name = tag.rpartition(":")[2]
        if name == "trkpt":
            self._in_point = False
        elif name == "time" and self._written is not None:
            self._time[-1] = self._seconds("".join(self._written))
            self._written = None

    def text(self, text: str) -> None:
        if self._written is not None and sum(map(len, self._written)) <= _LONGEST_TIME:
            self._written.append(text)

    def track(self) -> Track:
        if not self._lon:
            raise _refused(
                "holds no track points: routes and waypoints do not show what was walked",
                "中没有轨迹点：航线和航点不能说明走过哪里",
            )
        return Track(
            np.frombuffer(self._lon, dtype=np.float64),
            np.frombuffer(self._lat, dtype=np.float64),
            np.frombuffer(self._time, dtype=np.float64),
            np.frombuffer(self._part, dtype=np.int32),
        )

    def _add_point(self, attributes: dict[str, str]) -> None:
        if len(self._lon) >= self._most:
            raise TooLargeError(
                f"the track holds more than {self._most} points: thin it out, or send it day by day",
                zh=f"轨迹超过 {self._most} 点：请抽稀，或按天分开上传",
                field="file",
            )
        lon, lat = self._degrees(attributes, "lon", 180.0), self._degrees(attributes, "lat", 90.0)
        self._lon.append(lon)
        self._lat.append(lat)
        self._time.append(_NO_TIME)
        self._part.append(max(self._recording, 0))
        self._in_point = True

    def _degrees(self, attributes: dict[str, str], name: str, limit: float) -> float:
        written = attributes.get(name, "")
        try:
            value = float(written)
        except ValueError:
            value = float("nan")
        if not -limit <= value <= limit:
            raise _refused(
                f"has {name} {written[:30]!r} at point {len(self._lon) + 1} (line {self.line()}): "
                f"degrees from −{limit:.0f} to {limit:.0f} are wanted",
                f"第 {len(self._lon) + 1} 点（第 {self.line()} 行）的 {name} 为 {written[:30]!r}："
                f"应为 −{limit:.0f} 到 {limit:.0f} 度",
            )
        return value

    def _seconds(self, written: str) -> float:
        try:
            at = datetime.fromisoformat(written.strip())
        except ValueError:
            at = None
        if at is None or not 1970 < at.year < 2200:
            raise _refused(
                f"has the time {written.strip()[:30]!r} at point {len(self._lon)} (line {self.line()}): "
                "write it as 2026-03-01T08:30:00Z",
                f"第 {len(self._lon)} 点（第 {self.line()} 行）的时间为 {written.strip()[:30]!r}："
                "请写作 2026-03-01T08:30:00Z",
            )
        # The format says that times are UTC; one without a zone is read so.
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _refuse_definitions(*_: object) -> int:
    raise _refused(
        "defines a document type or entities, which no GPX needs: export the track anew",
        "含有文档类型或实体定义，GPX 不需要这些：请重新导出轨迹",
    )


def _refused(en: str, zh: str) -> InvalidInputError:
    return InvalidInputError(f"the file {en}", zh=f"文件{zh}", field="file")
