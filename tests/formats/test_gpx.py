"""GPX is read as a stream, within a limit; entities, wrong places and wrong times are refused by name."""

from __future__ import annotations

import io
import resource
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.inspections.track import check_track
from geoname.errors import InvalidInputError, TooLargeError
from geoname.formats.gpx import read_gpx

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">'


def document(points, head=HEAD):
    return io.BytesIO(f"{head}<trk><trkseg>{points}</trkseg></trk></gpx>".encode())


def point(lon, lat, time="2026-03-01T00:00:00Z"):
    return f'<trkpt lat="{lat}" lon="{lon}"><ele>812.5</ele><time>{time}</time></trkpt>'


class Endless(io.RawIOBase):
    """A GPX of so many points that is never whole in memory."""

    def __init__(self, count):
        self._left, self._kept = count, f"{HEAD}<trk><trkseg>".encode()
        self._block = point(106.5, 27.0).encode() * 2000
        self.given = 0

    def read(self, size=-1):
        while len(self._kept) < size and self._left > 0:
            self._kept += self._block
            self._left -= 2000
        given, self._kept = self._kept[:size], self._kept[size:]
        self.given += len(given)
        return given


def test_points_come_back_with_times_and_recordings():
    text = point(106.5, 27.0) + point(106.6, 27.1, "2026-03-01T08:00:10.5+08:00") + "</trkseg><trkseg>"
    track = read_gpx(document(text + '<trkpt lat="27.2" lon="106.7"/>'))
    assert track.lon.tolist() == [106.5, 106.6, 106.7]
    assert track.lat.tolist() == [27.0, 27.1, 27.2]
    assert track.part.tolist() == [0, 0, 1]
    assert track.time[1] - track.time[0] == 10.5
    assert np.isnan(track.time[2])
    check_track(track)


def test_the_namespace_may_have_a_prefix_and_the_file_another_encoding():
    text = (
        '<g:gpx xmlns:g="http://www.topografix.com/GPX/1/1"><g:trk><g:name>花龙线</g:name><g:trkseg>'
        '<g:trkpt lat="27" lon="106"/></g:trkseg></g:trk></g:gpx>'
    )
    assert read_gpx(io.BytesIO(text.encode("utf-16"))).lon.tolist() == [106.0]
    with pytest.raises(InvalidInputError, match="UTF-8"):
        read_gpx(io.BytesIO(b'<?xml version="1.0" encoding="gb18030"?>' + text.encode("gb18030")))


@pytest.mark.parametrize(
    "definitions",
    [
        '<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE gpx SYSTEM "http://example.invalid/gpx.dtd">',
        '<!DOCTYPE gpx [<!ENTITY % p SYSTEM "http://example.invalid/p">%p;]>',
    ],
)
def test_a_gpx_with_entities_is_refused(definitions):
    point = '<trk><trkseg><trkpt lat="27" lon="106"/></trkseg></trk>'
    text = f'<?xml version="1.0"?>{definitions}<gpx>{point}</gpx>'
    with pytest.raises(InvalidInputError, match="entities"):
        read_gpx(io.BytesIO(text.encode()))


def test_a_track_of_ten_million_points_is_refused_in_flat_memory():
    endless = Endless(10_000_000)
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="more than 20000 points"):
        read_gpx(endless, most_points=20_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000
    assert endless.given < 4_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (point(206.5, 27.0), "lon '206.5' at point 1"),
        (point(106.5, 27.0) + point(106.5, 97.0), "lat '97.0' at point 2"),
        ('<trkpt lat="27"/>', "lon '' at point 1"),
        (point("nan", 27), "lon 'nan'"),
        (point(106.5, 27.0, "yesterday"), "time 'yesterday' at point 1"),
        (point(106.5, 27.0, "0001-01-01T00:00:00"), "time '0001"),
        (point(106.5, 27.0, "9" * 1_000_000), "time '9999"),
        ("", "no track points"),
    ],
)
def test_what_cannot_be_is_named(text, says):
    with pytest.raises(InvalidInputError, match=says):
        read_gpx(document(text))


@pytest.mark.parametrize("content", [b"", b"<html><body/></html>", b"\xff\xd8\xff\xe0JFIF", b"<gpx><trk>"])
def test_what_is_no_gpx_is_refused(content):
    with pytest.raises(InvalidInputError):
        read_gpx(io.BytesIO(content))


def test_routes_and_waypoints_are_no_track():
    text = f'{HEAD}<wpt lat="27" lon="106"><time>x</time></wpt><rte><rtept lat="27" lon="106"/></rte></gpx>'
    with pytest.raises(InvalidInputError, match="waypoints"):
        read_gpx(io.BytesIO(text.encode()))


@given(st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_gpx_with_changed_bytes_is_read_or_refused_and_nothing_else(changes):
    content = bytearray(document(point(106.5, 27.0)).read())
    for place, byte in changes:
        content[place % len(content)] = byte
    try:
        track = read_gpx(io.BytesIO(bytes(content)))
    except InvalidInputError:
        return
    check_track(track)
