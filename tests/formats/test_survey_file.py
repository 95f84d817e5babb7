"""Tables of measurements are read by Chinese or English headings; what cannot be is named by row."""

from __future__ import annotations

import pytest

from geoname.core.coordinates.crs import Crs
from geoname.core.inspections.marker_survey import Measured
from geoname.errors import InvalidInputError
from geoname.formats.survey_file import read_survey


def written(tmp_path, text, encoding="utf-8"):
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_headings_may_be_chinese_or_english(tmp_path, encoding):
    text = "备注,界桩编号,纬度,经度,误差\n㵲阳河边,001Q,26.5,106.5,0.8\n\n,002Q,26.6,106.6,\n"
    assert read_survey(written(tmp_path, text, encoding)) == (
        Measured("001Q", 106.5, 26.5, Crs.CGCS2000, 0.8, "㵲阳河边"),
        Measured("002Q", 106.6, 26.6, Crs.CGCS2000),
    )
    english = "number,lon,lat,crs\n001Q,106.5,26.5,gcj02\n002Q,106.6,26.6,\n"
    first, second = read_survey(written(tmp_path, english), Crs.WGS84)
    assert (first.crs, second.crs) == (Crs.GCJ02, Crs.WGS84)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("编号,经度\n001Q,106.5\n", "no column lat"),
        ("number,lon,lat\n", "no rows"),
        ("number,lon,lat\n,106,26\n", "row 1: the number"),
        ("number,lon,lat\n001Q,106,\n", "row 1: lon or lat"),
        ("number,lon,lat\n001Q,E106,26\n", "row 1: lon is 'E106'"),
        ("number,lon,lat\n001Q,106,26\n002Q,inf,26\n", "row 2: lon"),
        ("number,lon,lat,error_m\n001Q,106,26,-1\n", "row 1: error_m"),
        ("number,lon,lat,crs\n001Q,106,26,xian1980\n", "datum shift"),
        ("number,lon,lat,crs\n001Q,106,26,mars\n", "mars"),
    ],
)
def test_what_cannot_be_is_named(tmp_path, text, says):
    with pytest.raises(InvalidInputError, match=says):
        read_survey(written(tmp_path, text))
