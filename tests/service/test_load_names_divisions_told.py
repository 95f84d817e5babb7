"""A record of a division that the register has adds what it tells to that one, and makes no second."""

from dataclasses import replace

import pytest

from geoname.core.register.name import NameKind, NameStatus
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.service.find_names import NameQuery, find_names
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.load_names_report import LoadStatus
from geoname.service.load_undo import undo_load

QINGYAN = {
    "标准名称": "青岩镇", "类别": "21500", "所在政区": "花溪区", "别名": "虚构老城",
    "曾用名": "虚构堡、青岩镇", "简称": "青",
    "含义": "虚构的含义", "来历": "", "地名代码": "52011110121500000001",
    "少数民族语书写": "Xuhgoud", "命名时间": "1958",
}  # fmt: skip


def load(geoname, table, tmp_path, changed, dry_run=False, **told):
    rows = [row | more for row, more in zip(table.rows(len(changed)), changed, strict=True)]
    columns = list(dict.fromkeys([*table.COLUMNS, *QINGYAN]))
    file = table.define(table.write_csv(tmp_path / "a.csv", rows, columns=columns), **told)
    return load_names(geoname, LoadRequest(file, None, "t", dry_run))


def division(geoname, code="520111101"):
    """The place and names of a division: its id, its cells, (text, kind, status) of its names."""
    id_ = geoname.live().codebook.find(code).division.id
    kept = geoname.store.known_records([id_])[id_]
    return id_, kept.place, {(row["text"], row["kind"], row["status"]) for row in kept.names}


def standard_name(geoname, id_):
    return next(one for one in geoname.store.names_of(id_) if one.kind is NameKind.STANDARD)


CURRENT, HISTORICAL = NameStatus.CURRENT.value, NameStatus.HISTORICAL.value


def test_names_and_meaning_come_to_the_division_and_go_with_the_load(guizhou_copy, tmp_path, table):
    id_, place, names = division(guizhou_copy)
    report = load(guizhou_copy, table, tmp_path, [QINGYAN])
    assert (report.records, report.rejected, report.names) == (0, 0, 4)
    assert (report.remarks["known_divisions"], report.counts) == (1, {"changed": 1})
    assert report.changes[0].place_id == id_
    assert "alias=虚构老城" in report.changes[0].after
    _, filled, more = division(guizhou_copy)
    assert more - names == {
        ("虚构老城", NameKind.ALIAS, CURRENT),
        ("青", NameKind.ABBREVIATION, CURRENT),
        ("虚构堡", NameKind.FORMER, HISTORICAL),
    }
    assert (filled["meaning"], filled["place_code"]) == ("虚构的含义", "52011110121500000001")
    unlike = {key for key in place if place[key] != filled[key]}
    assert unlike == {"meaning", "place_code"}
    assert standard_name(guizhou_copy, id_).minority_writing == "Xuhgoud"
    (found,) = find_names(guizhou_copy, NameQuery("虚构老城")).items
    assert found.place_id == id_
    assert guizhou_copy.store.verify() == []
    assert load(guizhou_copy, table, tmp_path, [QINGYAN]).status is LoadStatus.UNCHANGED
    again = load(guizhou_copy, table, tmp_path, [QINGYAN], dry_run=True)
    assert again.counts == {"unchanged": 1}
    undo_load(guizhou_copy, report.release, "t")
    _, back, as_before = division(guizhou_copy)
    assert {key: back[key] for key in back if key != "version"} == {
        key: place[key] for key in place if key != "version"
    }
    assert as_before == names
    assert not find_names(guizhou_copy, NameQuery("虚构老城")).items
    assert guizhou_copy.store.verify() == []
    assert standard_name(guizhou_copy, id_).minority_writing == ""


def test_what_the_register_says_otherwise_stays_and_is_told(guizhou_copy, tmp_path, table):
    load(guizhou_copy, table, tmp_path, [QINGYAN])
    other = QINGYAN | {"含义": "另一种含义", "来历": "虚构的来历", "别名": "虚构老城、又一名"}
    report = load(guizhou_copy, table, tmp_path, [other])
    assert report.counts == {"conflict": 1}
    assert (report.changes[0].before, report.changes[0].after) == ("meaning=虚构的含义", "meaning=另一种含义")
    _, place, names = division(guizhou_copy)
    assert (place["meaning"], place["origin"]) == ("虚构的含义", "虚构的来历")
    assert ("又一名", NameKind.ALIAS, CURRENT) in names


def test_another_standard_name_is_a_conflict_and_changes_nothing(guizhou_copy, tmp_path, table):
    before = division(guizhou_copy)
    report = load(
        guizhou_copy, table, tmp_path, [QINGYAN | {"标准名称": "青岩古镇", "所在政区": "520111101"}]
    )
    assert report.counts == {"conflict": 1}
    assert (report.changes[0].before, report.changes[0].after) == ("青岩镇", "青岩古镇")
    assert division(guizhou_copy) == before


def test_a_town_beside_the_stated_one_is_that_town(guizhou, tmp_path, table):
    beside = QINGYAN | {"标准名称": "石板镇", "所在政区": "520111101", "地名代码": ""}
    report = load(guizhou, table, tmp_path, [beside], dry_run=True)
    assert report.changes[0].place_id == guizhou.live().codebook.find("520111102").division.id


def test_an_officer_adds_to_divisions_of_their_own_only(guizhou, tmp_path, table):
    rows = [QINGYAN, QINGYAN | {"标准名称": "石板镇"}]
    made = [row | more | {"所在政区": "520111101"} for row, more in zip(table.rows(2), rows, strict=True)]
    columns = [*dict.fromkeys([*table.COLUMNS, *QINGYAN])]
    file = table.define(table.write_csv(tmp_path / "a.csv", made, columns=columns))
    report = load_names(guizhou, LoadRequest(file, None, "t", True, acts_for=("520111101",)))
    assert (report.rejected, report.counts) == (1, {"changed": 1})
    assert [told.trouble for told in report.troubles] == ["not_entitled"]


def test_a_town_that_is_not_there_and_one_that_is_gone_are_places_of_their_own(guizhou, tmp_path, table):
    new = QINGYAN | {"标准名称": "虚构镇"}
    gone = new | {"所在政区": "520111101", "废止年份": "2010"}
    rows = [row | more for row, more in zip(table.rows(2), (new, gone), strict=True)]
    columns = [*dict.fromkeys([*table.COLUMNS, *gone])]
    file = table.define(table.write_csv(tmp_path / "a.csv", rows, columns=columns))
    report = load_names(guizhou, LoadRequest(file, None, "t", True))
    assert (report.records, report.counts, report.remarks.get("known_divisions")) == (2, {"added": 2}, None)


@pytest.mark.parametrize(("day", "counts"), [("2013-12-31", {"changed": 1}), ("2016-12-31", {"conflict": 1})])
def test_a_former_name_is_no_conflict_in_a_file_of_before_it_changed(
    guizhou_copy, tmp_path, table, day, counts
):
    id_ = guizhou_copy.live().codebook.find("520111").division.id
    made = load(guizhou_copy, table, tmp_path, [{}]).release
    former = replace(
        standard_name(guizhou_copy, id_),
        id="f0rmer000001",
        text="虚构区",
        status=NameStatus.HISTORICAL,
        period=Period(None, PartialDate.parse("2014-12-13"), None),
    )
    with guizhou_copy.store.writing("t", "a former name") as writer:
        writer.put_names([former], made)
    row = QINGYAN | {"标准名称": "虚构区", "类别": "21400", "所在政区": "520111"}
    report = load(guizhou_copy, table, tmp_path, [row], dry_run=True, valid_from=day, id="other")
    assert report.counts == counts


def test_two_records_of_one_division_are_put_together(guizhou_copy, tmp_path, table):
    second = QINGYAN | {"所在政区": "520111101", "别名": "虚构老城、又一名", "含义": "", "来历": "虚构的来历"}
    report = load(guizhou_copy, table, tmp_path, [QINGYAN, second])
    assert report.counts == {"changed": 2}
    _, place, names = division(guizhou_copy)
    assert (place["meaning"], place["origin"]) == ("虚构的含义", "虚构的来历")
    assert {("又一名", NameKind.ALIAS, CURRENT), ("虚构老城", NameKind.ALIAS, CURRENT)} <= names
    assert guizhou_copy.store.verify() == []


def test_a_record_of_a_division_with_a_fault_is_handed_back(guizhou, tmp_path, table):
    report = load(guizhou, table, tmp_path, [QINGYAN | {"命名时间": "2014-13"}], dry_run=True)
    assert (report.rejected, report.remarks.get("known_divisions")) == (1, None)
