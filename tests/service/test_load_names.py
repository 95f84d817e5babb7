"""A department's names: examined record by record, compared, published by one switch, repeatable."""

import csv
import threading
from dataclasses import replace

import pytest

from geoname.core.register.name import NameKind, NameStatus
from geoname.errors import ConflictError
from geoname.service import load_names as loading
from geoname.service.find_names import NameQuery, find_names
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.load_names_report import LoadStatus
from geoname.store.build_lock import locked


def load(geoname, file, dry_run=False, rejects=None):
    return load_names(geoname, LoadRequest(file, None, "t", dry_run, rejects))


CURRENT = (NameKind.STANDARD, NameStatus.CURRENT)


def test_a_file_is_loaded_once_and_a_second_time_changes_nothing(guizhou_copy, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(5)))
    report = load(guizhou_copy, file)
    assert (report.status, report.rows, report.records, report.rejected) == (LoadStatus.LOADED, 5, 5, 0)
    assert report.counts == {"added": 5}
    assert table.names_in(guizhou_copy) == {
        (f"r{i}", f"虚构{c}寨", *CURRENT) for i, c in enumerate("甲乙丙丁戊")
    }
    version = guizhou_copy.store.data_version()
    again = load(guizhou_copy, file)
    assert (again.status, again.counts) == (LoadStatus.UNCHANGED, {})
    assert guizhou_copy.store.data_version() == version
    assert guizhou_copy.store.verify() == []


def test_what_is_loaded_is_found_at_once(guizhou_copy, tmp_path, table):
    load(guizhou_copy, table.define(table.write_csv(tmp_path / "a.csv", table.rows(1))))
    entry = table.entry_of(guizhou_copy, "r0")
    assert entry.name.romanization == "Xūgòujiǎzhài"
    assert (entry.name.reading_source, entry.place.location.lon) == ("auto", table.LON)
    assert entry.place.location.basis == table.TOLD["title"]
    found = find_names(guizhou_copy, NameQuery("虚构甲寨"))
    assert [item.id for item in found.items] == [entry.name.id]


def test_a_dry_run_reports_the_same_and_writes_nothing(guizhou_copy, tmp_path, table):
    made = table.rows(4)
    made[2]["类别"] = "不知道"
    file = table.define(table.write_csv(tmp_path / "a.csv", made))
    before = guizhou_copy.store.data_version(), guizhou_copy.store.info().rows
    dry = load(guizhou_copy, file, dry_run=True)
    assert dry.status is LoadStatus.DRY_RUN
    assert (guizhou_copy.store.data_version(), guizhou_copy.store.info().rows) == before
    real = load(guizhou_copy, file)
    same = {"status", "release", "seconds"}
    assert {key: value for key, value in _told(dry).items() if key not in same} == {
        key: value for key, value in _told(real).items() if key not in same
    }


def _told(report):
    return {name: getattr(report, name) for name in type(report).__slots__}


def test_rows_that_fail_are_written_as_they_were_and_load_once_mended(guizhou_copy, tmp_path, table):
    made = table.rows(3)
    made[1]["所在政区"] = "没有的县"
    file = table.define(table.write_csv(tmp_path / "a.csv", made))
    rejects = tmp_path / "a.rejects.csv"
    report = load(guizhou_copy, file, rejects=rejects)
    assert (report.records, report.rejected, report.rejects_file) == (2, 1, str(rejects))
    with rejects.open(encoding="utf-8-sig") as opened:
        (row,) = csv.DictReader(opened)
    assert {key: row[key] for key in made[1]} == {key: str(value) for key, value in made[1].items()}
    assert (row["_行号 row"], row["_字段 field"], row["_值 value"]) == ("2", "所在政区", "没有的县")
    assert row["_原因 reason"] == "不是已知的政区"
    assert "codes_on" in row["_处理 remedy"]
    mended = rejects.read_text("utf-8-sig").replace("没有的县", "花溪区", 1)
    rejects.write_text(mended, encoding="utf-8")
    again = load(guizhou_copy, table.define(rejects))
    assert (again.records, again.rejected, again.counts) == (1, 0, {"added": 1, "absent": 2})
    assert len(table.names_in(guizhou_copy)) == 3


def test_the_census_as_it_is(guizhou_copy, tmp_path, table):
    row = {
        "地名代码": "52011110122200000001", "标准名称": "虚构寨", "汉字书写": "虚构寨", "简称": "虚寨",
        "别名": "虚构大寨、老虚构", "曾用名": "虚构堡", "罗马字母拼写": "Xūgòuzhài",
        "少数民族语书写": "Xuhgoud",
        "地名语种": "布依语", "类别": "农村居民点", "命名时间": "明代",
        "使用时间": "", "废止年份": "",
        "东经": "106°40′48.00″", "北纬": "26°20′06.00″", "坐标系": "2000国家大地坐标系", "密级": "内部",
        "是否公开": "否", "来历": "虚构", "含义": "虚构", "历史沿革": "原属虚构",
        "所在（跨）行政区": "贵阳市花溪区青岩镇",
        "资料来源": "实地调查", "登记时间": "2015-06-01",
    }  # fmt: skip
    report = load(guizhou_copy, table.define(table.write_csv(tmp_path / "普查.csv", [row], "gb18030")))
    assert (report.encoding, report.rejected, report.unused) == ("gb18030", 0, ())
    assert table.names_in(guizhou_copy) == {
        ("52011110122200000001", "虚构寨", *CURRENT),
        ("52011110122200000001", "虚寨", NameKind.ABBREVIATION, NameStatus.CURRENT),
        ("52011110122200000001", "虚构大寨", NameKind.ALIAS, NameStatus.CURRENT),
        ("52011110122200000001", "老虚构", NameKind.ALIAS, NameStatus.CURRENT),
        ("52011110122200000001", "虚构堡", NameKind.FORMER, NameStatus.HISTORICAL),
    }
    entry = table.entry_of(guizhou_copy, "52011110122200000001")
    assert (entry.name.romanization, entry.name.reading_source) == ("Xūgòuzhài", "local_survey")
    assert (entry.name.minority_writing, entry.name.language) == ("Xuhgoud", "布依语")
    assert (entry.name.publication, entry.place.secrecy) == ("internal", "restricted")
    assert entry.place.account.history == "原属虚构；命名时间：明代"
    assert entry.place.location.lon == pytest.approx(106.68)
    assert entry.place.location.lat == pytest.approx(26.335)
    assert entry.place.location.basis.endswith("; 实地调查; 2015-06-01")
    assert guizhou_copy.live().atlas.latest(entry.place.division_id).name == "青岩镇"


def test_a_new_delivery_says_what_changed(guizhou_copy, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(6)))
    load(guizhou_copy, file)
    made = table.rows(6)
    made[0]["标准名称"] = "新名寨"
    made[1]["东经"] += 0.002
    made[2]["类别"] = "22100"
    del made[3]
    made[3]["废止年份"] = "2018"  # r4
    made.append(table.rows(7)[6])
    table.define(table.write_csv(file, made, columns=[*table.COLUMNS, "废止年份"]), valid_from="2020-12-31")
    report = load(guizhou_copy, file)
    assert report.counts == {
        "renamed": 1, "moved": 1, "changed": 1, "absent": 1, "retired": 1, "added": 1, "unchanged": 1,
    }  # fmt: skip
    told = {change.kind.value: change for change in report.changes}
    assert (told["renamed"].before, told["renamed"].after) == ("虚构甲寨", "新名寨")
    assert (told["absent"].record, told["absent"].row) == ("r3", None)
    assert "feature_class=22200" in told["changed"].before
    found = table.names_in(guizhou_copy)
    assert ("r0", "新名寨", *CURRENT) in found
    assert ("r0", "虚构甲寨", NameKind.STANDARD, NameStatus.HISTORICAL) in found
    assert ("r3", "虚构丁寨", *CURRENT) in found
    assert ("r4", "虚构戊寨", NameKind.STANDARD, NameStatus.HISTORICAL) in found
    assert guizhou_copy.store.verify() == []
    assert load(guizhou_copy, file).status is LoadStatus.UNCHANGED


def test_mended_rejects_are_not_lost_when_the_file_is_tried_again(guizhou_copy, tmp_path, table):
    rows = table.rows(2)
    rows[1]["所在政区"] = "没有的县"
    file, rejects = table.define(table.write_csv(tmp_path / "a.csv", rows)), tmp_path / "a.rejects.csv"
    load(guizhou_copy, file, dry_run=True, rejects=rejects)
    rejects.write_text("mended", "utf-8")
    load(guizhou_copy, file, dry_run=True, rejects=rejects)
    assert "没有的县" in rejects.read_text("utf-8-sig")
    assert (tmp_path / "a.rejects.csv~").read_text("utf-8") == "mended"


def test_mended_rejects_of_a_complete_file_end_nothing(guizhou_copy, tmp_path, table):
    rows = table.rows(3)
    rows[2] |= {"东经": "106°61′00″"}
    file = table.define(table.write_csv(tmp_path / "a.csv", rows), complete=True)
    rejects = tmp_path / "a.csv.rejects.csv"
    assert load(guizhou_copy, file, rejects=rejects).rejected == 1
    rejects.write_text(rejects.read_text("utf-8").replace("106°61′", "106°41′", 1), "utf-8")
    definition = file.with_name("a.csv.toml")
    report = load_names(guizhou_copy, LoadRequest(rejects, definition, "t"))
    assert (report.counts["added"], report.counts.get("retired", 0)) == (1, 0)


def test_a_complete_file_ends_what_it_lacks_and_brings_it_back(guizhou_copy, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(3)), complete=True)
    load(guizhou_copy, file)
    table.define(table.write_csv(file, table.rows(2)), complete=True, valid_from="2019-12-31")
    assert load(guizhou_copy, file).counts == {"unchanged": 2, "retired": 1}
    gone = table.entry_of(guizhou_copy, "r2").name
    assert (gone.status, str(gone.period.end)) == (NameStatus.HISTORICAL, "2019-12-31")
    table.define(table.write_csv(file, table.rows(3)), complete=True)
    assert load(guizhou_copy, file).counts == {"unchanged": 2, "changed": 1}
    assert table.entry_of(guizhou_copy, "r2").name.status is NameStatus.CURRENT


def test_a_record_whose_row_failed_is_not_taken_for_gone(guizhou_copy, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(2)), complete=True)
    load(guizhou_copy, file)
    made = table.rows(2)
    made[1]["类别"] = "不知道"
    table.write_csv(file, made)
    assert load(guizhou_copy, file).counts == {"unchanged": 1}


def test_what_was_corrected_by_hand_is_never_overwritten(guizhou_copy, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(3)))
    release = load(guizhou_copy, file).release
    corrected = replace(table.entry_of(guizhou_copy, "r0").name, romanization="Xūgòu Jiǎzhài")
    with guizhou_copy.store.writing("officer", "spelling corrected by survey") as writer:
        writer.put_names([corrected], release)
    made = table.rows(3)
    made[0]["标准名称"] = "改名寨"
    made[1]["标准名称"] = "也改名寨"
    table.write_csv(file, made)
    report = load(guizhou_copy, file)
    assert report.counts == {"conflict": 1, "renamed": 1, "unchanged": 1}
    conflict = next(change for change in report.changes if change.kind == "conflict")
    assert (conflict.before, conflict.after) == ("虚构甲寨", "改名寨")
    kept = table.entry_of(guizhou_copy, "r0").name
    assert (kept.text, kept.romanization) == ("虚构甲寨", "Xūgòu Jiǎzhài")


def test_what_a_file_does_not_tell_stays_as_it_is(guizhou_copy, tmp_path, table):
    file = table.define(
        table.write_csv(tmp_path / "a.csv", table.rows(1, 来历="虚构", 罗马字母拼写="Xūgòujiǎzhài"))
    )
    load(guizhou_copy, file)
    made = [{key: row[key] for key in ("记录编号", "标准名称", "类别", "所在政区")} for row in table.rows(1)]
    table.write_csv(file, made)
    assert load(guizhou_copy, file).counts == {"unchanged": 1}
    entry = table.entry_of(guizhou_copy, "r0")
    assert (entry.place.account.origin, entry.place.location.lon) == ("虚构", table.LON)
    assert entry.name.reading_source == "local_survey"


def test_an_older_file_can_be_loaded_again(guizhou_copy, tmp_path, table):
    old = table.define(table.write_csv(tmp_path / "old.csv", table.rows(1)))
    new = table.define(table.write_csv(tmp_path / "new.csv", table.rows(1, 标准名称="新名寨")))
    for file in (old, new, old):
        assert load(guizhou_copy, file).status is LoadStatus.LOADED
    current = {text for _, text, _, status in table.names_in(guizhou_copy) if status is NameStatus.CURRENT}
    assert current == {"虚构甲寨"}


def test_two_loads_at_once_the_second_is_refused_by_name(guizhou_copy, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(1)))
    begun, go_on = threading.Event(), threading.Event()

    def hold():
        with locked(guizhou_copy.files.folder / "loads" / "own-census.lock"):
            begun.set()
            go_on.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert begun.wait(20)
        with pytest.raises(ConflictError, match="own-census"):
            load(guizhou_copy, file)
    finally:
        go_on.set()
        holder.join()
    assert load(guizhou_copy, file).status is LoadStatus.LOADED


def test_a_load_that_was_broken_off_goes_on_without_double_records(
    guizhou_copy, tmp_path, table, monkeypatch
):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(5)))

    def broken_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(loading, "_publish", broken_off)
        with pytest.raises(KeyboardInterrupt):
            load(guizhou_copy, file)
    assert table.names_in(guizhou_copy) == set()
    staged = [one.id for one in guizhou_copy.store.releases() if one.state == "staged"]
    report = load(guizhou_copy, file)
    assert staged == [report.release]
    assert len(table.names_in(guizhou_copy)) == 5
    assert guizhou_copy.store.verify() == []
