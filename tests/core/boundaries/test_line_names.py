"""Lines are called by their sides' short names, and coded by their sides' codes."""

from __future__ import annotations

import pytest

from geoname.core.boundaries.line_names import line_code, line_name
from geoname.errors import InvalidInputError


@pytest.mark.parametrize(
    ("sides", "names", "called"),
    [
        (("45", "52"), ("广西壮族自治区", "贵州省"), "桂黔线"),
        (("520111", "522730"), ("花溪区", "龙里县"), "花龙线"),
        (("520425", "522729"), ("紫云苗族布依族自治县", "长顺县"), "紫长线"),
        (("520203", "520402"), ("六枝特区", "西秀区"), "六西线"),
        (("522301", "522302"), ("兴义市", "兴仁市"), "兴义—兴仁线"),
        (("520111001", "520111002"), ("贵筑街道", "清溪街道"), "贵清线"),
    ],
)
def test_names(sides, names, called):
    assert line_name(sides, names) == called


def test_codes_of_provincial_lines_begin_with_the_smaller():
    assert line_code(("52", "43")) == line_code(("43", "52")) == "4352"
    assert line_code(("520222", "530300")) == "5253"


def test_codes_of_county_lines_follow_the_scheme():
    assert line_code(("522730", "520111")) == "520111522730"
    assert line_code(("522730", "520111"), "{a4}{b4}") == "01112730"
    assert line_code(("522730", "520111"), "XJ{a}") == "XJ520111"


@pytest.mark.parametrize("scheme", ["{c}", "{", "{0}", "{a.x}{"])
def test_another_placeholder_is_refused(scheme):
    with pytest.raises(InvalidInputError, match="a4"):
        line_code(("520111", "522730"), scheme)
