"""What people are told of a new delivery, and what becomes of further names that it bears no more."""

from __future__ import annotations

import csv
from dataclasses import replace

from geoname.core.register.name import NameKind, NameStatus
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names


def load(geoname, file, changes=None):
    return load_names(geoname, LoadRequest(file, None, "t", changes=changes))


def rows_with_alias(table, alias):
    rows = table.rows(2)
    for row in rows:
        row["别名"] = ""
    rows[0]["别名"] = alias
    return rows


def delivered(geoname, table, file, rows, **changed):
    return load(
        geoname, table.define(table.write_csv(file, rows, columns=[*table.COLUMNS, "别名"])), **changed
    )


def statuses(geoname, table):
    return {
        (text, kind, status) for _, text, kind, status in table.names_in(geoname) if kind is NameKind.ALIAS
    }


def test_an_alias_that_is_borne_no_more_ends(guizhou_copy, tmp_path, table):
    file = tmp_path / "a.csv"
    delivered(guizhou_copy, table, file, rows_with_alias(table, "老虚构、虚构堡"))
    report = delivered(guizhou_copy, table, file, rows_with_alias(table, "老虚构、虚构铺"))
    assert report.counts == {"changed": 1, "unchanged": 1}
    (change,) = (change for change in report.changes if change.kind == "changed")
    assert (change.before, change.after) == ("alias=; alias=虚构堡", "alias=虚构铺; alias=")
    assert statuses(guizhou_copy, table) == {
        ("老虚构", NameKind.ALIAS, NameStatus.CURRENT),
        ("虚构铺", NameKind.ALIAS, NameStatus.CURRENT),
        ("虚构堡", NameKind.ALIAS, NameStatus.HISTORICAL),
    }
    back = delivered(guizhou_copy, table, file, rows_with_alias(table, "老虚构、虚构堡、虚构铺"))
    assert back.counts == {"changed": 1, "unchanged": 1}
    assert {status for _, _, status in statuses(guizhou_copy, table)} == {NameStatus.CURRENT}


def test_a_file_without_the_column_ends_no_alias(guizhou_copy, tmp_path, table):
    file = tmp_path / "a.csv"
    delivered(guizhou_copy, table, file, rows_with_alias(table, "老虚构"))
    report = load(guizhou_copy, table.define(table.write_csv(file, table.rows(2))))
    assert report.counts == {"unchanged": 2}
    assert statuses(guizhou_copy, table) == {("老虚构", NameKind.ALIAS, NameStatus.CURRENT)}


def test_an_alias_that_was_changed_by_hand_is_none_to_be_dropped(guizhou_copy, tmp_path, table):
    file = tmp_path / "a.csv"
    release = delivered(guizhou_copy, table, file, rows_with_alias(table, "老虚构")).release
    place = table.entry_of(guizhou_copy, "r0").place
    alias = next(name for name in guizhou_copy.store.names_of(place.id) if name.text == "老虚构")
    with guizhou_copy.store.writing("officer", "spelling corrected by survey") as writer:
        writer.put_names([replace(alias, romanization="Lǎo Xūgóu")], release)
    report = delivered(guizhou_copy, table, file, rows_with_alias(table, ""))
    assert report.counts == {"unchanged": 2}
    assert statuses(guizhou_copy, table) == {("老虚构", NameKind.ALIAS, NameStatus.CURRENT)}


def test_what_follows_a_change_of_divisions_is_no_correction_by_hand(guizhou_copy, tmp_path, table):
    file = tmp_path / "a.csv"
    release = load(guizhou_copy, table.define(table.write_csv(file, table.rows(2)))).release
    for record, reason in (("r0", "undo division change c1"), ("r1", "surveyed anew")):
        place = table.entry_of(guizhou_copy, record).place
        with guizhou_copy.store.writing("officer", reason) as writer:
            writer.put_places([replace(place, place_code="1")], release)
    rows = table.rows(2)
    for row in rows:
        row["东经"] += 0.01
    report = load(guizhou_copy, table.define(table.write_csv(file, rows)))
    assert report.counts == {"moved": 1, "conflict": 1}


def test_what_moved_is_told_as_people_say_it(guizhou_copy, tmp_path, table):
    file = tmp_path / "a.csv"
    rows = table.rows(2)
    rows[1]["所在政区"] = "贵阳市花溪区石板镇"
    load(guizhou_copy, table.define(table.write_csv(file, rows)))
    rows[0]["东经"] += 0.01
    rows[1]["所在政区"] = "贵阳市花溪区青岩镇"
    report = load(guizhou_copy, table.define(table.write_csv(file, rows)))
    moved, put_elsewhere = (change for change in report.changes if change.kind == "moved")
    assert moved.before == "place=106.680000, 26.335000"
    assert moved.after == "place=106.690000, 26.335000 (998 m)"
    assert (put_elsewhere.before, put_elsewhere.after) == ("division=石板镇", "division=青岩镇")


def test_every_change_is_in_the_table_however_many(guizhou_copy, tmp_path, table):
    file, changes = tmp_path / "a.csv", tmp_path / "a.changes.csv"
    first = load(guizhou_copy, table.define(table.write_csv(file, table.rows(60))), changes)
    assert (first.changes_file, changes.exists()) == (None, False)
    rows = table.rows(61)
    for row in rows[:55]:
        row["标准名称"] = f"新{row['标准名称']}"
    report = load(guizhou_copy, table.define(table.write_csv(file, rows)), changes)
    assert (report.counts["renamed"], report.counts["added"]) == (55, 1)
    assert sum(change.kind == "renamed" for change in report.changes) == 50
    assert report.changes_file == str(changes)
    with changes.open(encoding="utf-8-sig", newline="") as opened:
        told = list(csv.DictReader(opened))
    assert len(told) == 55
    assert {row["变化 change"] for row in told} == {"renamed"}
    assert all(row["现 after"] == f"新{row['原 before']}" for row in told)
