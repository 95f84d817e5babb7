"""Long answers are compressed for those who take them so, short ones never."""

from __future__ import annotations

import gzip

import pytest

from geoname.faces.api.reading import COMPRESSED_FROM, takes_gzip

LONG = "/v1/boundary-lines"
SHORT = "/v1/locate?lon=106.67&lat=26.41"


def test_a_long_answer_is_the_same_and_smaller(http):
    plain = http.get(LONG)
    packed = http.get(LONG, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_short_answer_is_left_as_it_is(http):
    answer = http.get(SHORT, headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < COMPRESSED_FROM
    assert "Content-Encoding" not in answer.headers


def test_nobody_is_sent_what_they_do_not_take(http):
    assert "Content-Encoding" not in http.get(LONG, headers={"Accept-Encoding": "gzip;q=0, br"}).headers


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("", False), ("gzip", True), ("GZIP;q=0.5", True), ("gzip; q=0", False), ("gzip;q=0.000", False),
        ("br", False), ("*", True), ("*;q=0", False), ("gzip;q=0, *", False),
    ],
)  # fmt: skip
def test_what_is_accepted(accepted, taken):
    assert takes_gzip(accepted) is taken
