"""A record of a division that is no more is put where it went, or handed back with the candidates."""

from datetime import date

import pytest
import shapely

from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.load_names_divisions import DivisionFinder
from geoname.service.load_names_report import Followed
from geoname.service.load_names_troubles import Trouble


def load(geoname, table, tmp_path, made, dry_run=True, **told):
    file = table.define(table.write_csv(tmp_path / "a.csv", made), **told)
    return load_names(geoname, LoadRequest(file, None, "t", dry_run))


def within(geoname, code):
    """A place well inside a county."""
    territories = geoname.live().boundaries.territories
    point = shapely.maximum_inscribed_circle(territories.polygons[territories.codes.index(code)])
    return dict(zip(("东经", "北纬"), shapely.get_coordinates(point)[0].tolist(), strict=True))


BOZHOU, HONGHUAGANG, HUAXI = "520304", "520302", "520111"


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("520421", "平坝区"),  # 平坝县 became 平坝区 in 2014, whole
        ("平坝县", "平坝区"),
        ("安顺市平坝县", "平坝区"),
        ("522401", "七星关区"),  # the former county-level 毕节市
        ("520114", "花溪区"),  # 小河区 was merged into it
        ("520222", "盘州市"),
    ],
)
def test_what_became_one_division_is_followed(guizhou, written, now):
    found = DivisionFinder(guizhou.live(), None, None).find(written)
    assert guizhou.live().atlas.latest(found.id).name == now
    assert (found.trouble, len(found.heirs)) == (None, 1)
    assert found.was


@pytest.mark.parametrize("day", [None, date(2015, 12, 31), date(1998, 1, 1)])
@pytest.mark.parametrize("written", ["520321", "遵义市遵义县"])
def test_what_was_parted_names_its_heirs(guizhou, day, written):
    found = DivisionFinder(guizhou.live(), None, day).find(written)
    assert (found.id, found.trouble) == (None, Trouble.RETIRED_DIVISION)
    assert found.detail.startswith("遵义县 → 播州区、")
    assert {guizhou.live().atlas.latest(heir).name for heir in found.heirs} == {
        "播州区", "红花岗区", "汇川区",
    }  # fmt: skip


@pytest.mark.parametrize(("written", "county"), [("遵义县三合镇", "播州区"), ("遵义县三渡镇", "红花岗区")])
def test_a_township_of_a_county_that_is_no_more_is_found_where_it_went(guizhou, written, county):
    found = DivisionFinder(guizhou.live(), None, None).find(written)
    chain = guizhou.live().atlas.chain(found.id)
    assert [step.name for step in chain[-2:]] == [county, written[3:]]


def test_the_place_decides_among_several(guizhou_copy, tmp_path, table):
    made = table.rows(5, 所在政区="522121")
    made[0] |= within(guizhou_copy, BOZHOU)
    made[1] |= within(guizhou_copy, HONGHUAGANG)
    made[2] |= within(guizhou_copy, HUAXI)
    made[3] |= {"东经": "", "北纬": ""}
    made[4] |= within(guizhou_copy, HUAXI) | {"所在政区": "520114"}
    report = load(guizhou_copy, table, tmp_path, made, dry_run=False)
    assert (report.records, report.rejected) == (3, 2)
    (told,) = report.troubles
    assert (told.trouble, [one.row for one in told.examples]) == (Trouble.RETIRED_DIVISION, [3, 4])
    assert "播州区、红花岗区、汇川区" in told.examples[0].reason
    assert report.remarks["followed_divisions"] == 3
    assert set(report.followed) == {
        Followed("遵义县", "贵州省遵义市播州区", 1),
        Followed("遵义县", "贵州省遵义市红花岗区", 1),
        Followed("小河区", "贵州省贵阳市花溪区", 1),
    }
    atlas = guizhou_copy.live().atlas
    names = [atlas.latest(table.entry_of(guizhou_copy, f"r{i}").place.division_id).name for i in (0, 1, 4)]
    assert names == ["播州区", "红花岗区", "花溪区"]


def test_a_place_far_from_what_became_of_its_division_is_outside(guizhou, tmp_path, table):
    report = load(guizhou, table, tmp_path, table.rows(1, 所在政区="520421"))
    assert [told.trouble for told in report.troubles] == [Trouble.OUTSIDE]


def test_where_no_successor_is_recorded_the_place_tells(guizhou, tmp_path, table):
    made = table.rows(2, 所在政区="522101")  # the county-level 遵义市 of before 1997
    made[0] |= within(guizhou, HONGHUAGANG)
    made[1] |= {"东经": "", "北纬": ""}
    report = load(guizhou, table, tmp_path, made)
    assert report.followed == (Followed("遵义市", "贵州省遵义市红花岗区", 1),)
    assert [(told.trouble, told.examples[0].row) for told in report.troubles] == [
        (Trouble.RETIRED_DIVISION, 2)
    ]


def test_a_place_code_of_a_division_that_is_no_more_is_followed_too(guizhou_copy, tmp_path, table):
    made = table.rows(2, 所在政区="")
    made[0] |= within(guizhou_copy, "520403") | {"地名代码": "52042100022200000001"}
    made[1] |= within(guizhou_copy, HONGHUAGANG) | {"地名代码": "52032100022200000001"}
    columns = [*table.COLUMNS, "地名代码"]
    file = table.define(table.write_csv(tmp_path / "a.csv", made, columns=columns))
    report = load_names(guizhou_copy, LoadRequest(file, None, "t"))
    assert (report.rejected, report.remarks) == (0, {"division_by_code": 1, "division_by_place": 1})
    atlas = guizhou_copy.live().atlas
    names = [atlas.latest(table.entry_of(guizhou_copy, f"r{i}").place.division_id).name for i in (0, 1)]
    assert names == ["平坝区", "红花岗区"]
