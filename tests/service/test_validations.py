"""A file handed in becomes a job, its result is the file with ours appended, and nobody else sees it."""

import csv
import io
import json
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError, InvalidInputError, NotFoundError, TooLargeError
from geoname.service.handing_in import Quota, Upload
from geoname.service.opened import Geoname
from geoname.service.run_jobs import JobRunner, Pace
from geoname.service.validation_answers import ValidationOptions
from geoname.service.validation_result import choose, list_rows, result_file
from geoname.service.validation_work import validation_work
from geoname.service.validations import (
    KIND,
    begin_validation,
    list_validations,
    preview_file,
    remove_expired,
    remove_validation,
    show_validation,
)
from geoname.store.open_store import open_store
from geoname.store.protocols_jobs import Chunk

sys.path.insert(0, str(Path(__file__).parent))  # the fake lies beside the tests, in no package
from fake_matcher import FakeMatcher

ME, OTHER = Caller(Role.READER, "me"), Caller(Role.ADMINISTRATOR, "other")
QUOTA = Quota(1_000_000, 1000, 3, 7)
NAMES = ["南明区", "遵义县", "龙场镇", "无此地", "", "播州区"]
STATUSES = ["standard", "corrected", "ambiguous", "unknown", "invalid", "standard"]
TABLE = "编号,地名,备注\r\n" + "".join(f"{i},{name},=1+{i}\r\n" for i, name in enumerate(NAMES))


@pytest.fixture
def geoname(tmp_path):
    opened = Geoname(open_store(str(tmp_path / "geoname.gpkg"), create=True), tmp_path / "cache")
    yield opened
    opened.close()


def upload(content=TABLE, name="表.csv", quota=QUOTA):
    return Upload(name, io.BytesIO(content.encode() if isinstance(content, str) else content), quota)


def begin(geoname, content=TABLE, name="表.csv", quota=QUOTA, caller=ME, **options):
    return begin_validation(geoname, upload(content, name, quota), ValidationOptions(**options), caller)


def matcher_of(_):
    return FakeMatcher()


def work_off(geoname, pause=0.0):
    work = {KIND: validation_work(geoname, lambda _: FakeMatcher(pause))}
    while JobRunner(geoname, work).run_one():
        pass


def result(geoname, id_, format_=None, caller=ME):
    made = result_file(geoname, matcher_of, id_, format_, caller)
    return made, b"".join(made.blocks)


def kept_files(geoname):
    return [f for f in geoname.attachments.folder.rglob("*") if f.is_file() and f.name != ".lock"]


def test_a_file_comes_back_with_its_columns_as_they_were_and_ours_after_them(geoname):
    begun = begin(geoname)
    assert (begun.state, begun.filename, begun.kind, begun.options.column) == (
        "queued",
        "表.csv",
        "csv",
        "地名",
    )
    work_off(geoname)
    done = show_validation(geoname, begun.id, ME)
    assert (done.state, done.rows_done, done.rows_total, done.fraction) == ("done", 6, 6, 1.0)
    assert done.counts == {status: STATUSES.count(status) for status in STATUSES}
    made, content = result(geoname, begun.id)
    assert made.filename == "表.csv"
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert [row[:3] for row in rows] == list(csv.reader(io.StringIO(TABLE, newline="")))
    assert rows[0][3:5] == ["核查状态", "标准地名"]
    assert [row[3] for row in rows[1:]] == ["标准", "已纠正", "有歧义", "未知", "无效", "标准"]
    assert rows[2][4:7] == ["播州区", "520304", "贵州省/遵义市/播州区"]
    assert content.startswith("编号,地名,备注,核查状态".encode())
    assert [f.suffix for f in kept_files(geoname)] == [".csv"]


def test_a_file_is_looked_at_as_of_the_day_asked_for(geoname):
    days = []

    class Asked(FakeMatcher):
        def match_many(self, texts, *, within, points, on):
            days.append(on)
            return super().match_many(texts, within=within, points=points, on=on)

    begin(geoname, on="2015-01-01")
    begin(geoname)
    while JobRunner(geoname, {KIND: validation_work(geoname, lambda _: Asked())}).run_one():
        pass
    assert days == [date(2015, 1, 1), None]


@pytest.mark.parametrize("format_", ["xlsx", "parquet", "gpkg"])
def test_the_result_may_have_another_format(geoname, format_):
    begun = begin(geoname)
    work_off(geoname)
    made, content = result(geoname, begun.id, format_)
    assert made.filename == f"表.{format_}"
    assert content[:2] in (b"PK", b"PA", b"SQ")
    if format_ == "parquet":
        assert pq.read_table(io.BytesIO(content)).column("核查状态").to_pylist()[0] == "标准"


def workbook():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["编号", "名称"], [1, "南明区"], [2, "遵义县"]]):
            sheet.write_row(row, 0, cells)
    return out.getvalue()


def parquet():
    out = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2], "name": ["南明区", "遵义县"]}), out)
    return out.getvalue()


@pytest.mark.parametrize("made", [workbook, parquet])
def test_workbooks_and_parquet_are_known_by_content_whatever_they_are_called(geoname, made):
    begun = begin(geoname, made(), "并非文本.csv", language="en")
    work_off(geoname)
    assert show_validation(geoname, begun.id, ME).counts == {"standard": 1, "corrected": 1}
    file, content = result(geoname, begun.id)
    assert file.ending == begun.kind != "csv"
    assert content[:2] in (b"PK", b"PA")
    _, plain = result(geoname, begun.id, "csv")
    assert "geoname_status" in plain.decode("utf-8-sig")


def test_a_preview_shows_columns_and_keeps_nothing(geoname):
    seen = preview_file(geoname, upload())
    assert (seen.columns, seen.guess) == (("编号", "地名", "备注"), "地名")
    assert seen.rows[1] == ("1", "遵义县", "=1+1")
    assert kept_files(geoname) == []
    assert list_validations(geoname, ME).items == ()


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"column": "名"}, "column"),
        ({"lon": "编号"}, "lat"),
        ({"lon": "编号", "lat": "纬度"}, "lat"),
        ({"crs": "beijing54"}, "crs"),
    ],
)
def test_a_column_that_is_not_there_is_told_with_those_that_are(geoname, options, field):
    with pytest.raises(InvalidInputError) as wrong:
        begin(geoname, **options)
    assert wrong.value.field == field
    if field == "column":
        assert "编号、地名、备注" in wrong.value.zh
    assert kept_files(geoname) == []
    assert list_validations(geoname, ME).items == ()


def test_which_column_holds_the_names_must_be_told_when_no_heading_does(geoname):
    with pytest.raises(InvalidInputError, match="which column"):
        begin(geoname, "甲,乙\n1,2\n")
    assert begin(geoname, "甲,乙\n1,2\n", column="乙").options.column == "乙"


def test_a_file_is_private_to_its_token(geoname):
    begun = begin(geoname)
    work_off(geoname)
    for ask in (
        lambda caller: show_validation(geoname, begun.id, caller),
        lambda caller: list_rows(geoname, matcher_of, begun.id, caller),
        lambda caller: choose(geoname, matcher_of, begun.id, 3, "n3", caller),
        lambda caller: result_file(geoname, matcher_of, begun.id, None, caller),
        lambda caller: remove_validation(geoname, begun.id, caller),
    ):
        with pytest.raises(NotFoundError) as hidden:
            ask(OTHER)
        with pytest.raises(NotFoundError) as missing:
            show_validation(geoname, "0" * 32, OTHER)
        assert hidden.value.message.replace(begun.id, "") == missing.value.message.replace("0" * 32, "")
    assert list_validations(geoname, OTHER).items == ()
    assert [one.id for one in list_validations(geoname, KEEPER).items] == [begun.id]


def test_there_is_no_result_before_the_end(geoname):
    begun = begin(geoname)
    for ask in (
        lambda: result_file(geoname, matcher_of, begun.id, None, ME),
        lambda: choose(geoname, matcher_of, begun.id, 3, "n3", ME),
    ):
        with pytest.raises(ConflictError, match="queued"):
            ask()


def test_rows_are_looked_through_by_result_and_page_by_page(geoname):
    begun = begin(geoname, "地名\n" + "南明区\n龙场镇\n" * 30)
    work_off(geoname)
    first = list_rows(geoname, matcher_of, begun.id, ME, "ambiguous", 20)
    rest = list_rows(geoname, matcher_of, begun.id, ME, "ambiguous", 20, first.next_cursor)
    assert [row.row for row in (*first.items, *rest.items)] == list(range(2, 61, 2))
    assert rest.next_cursor is None
    assert {row.status for row in first.items} == {"ambiguous"}
    assert [one.id for one in first.items[0].candidates] == ["n3", "n4"]
    with pytest.raises(InvalidInputError, match="another query"):
        list_rows(geoname, matcher_of, begun.id, ME, "standard", 20, first.next_cursor)


def test_what_a_person_chose_stands_in_the_result(geoname):
    begun = begin(geoname)
    work_off(geoname)
    row = choose(geoname, matcher_of, begun.id, 3, "n4", ME)
    assert (row.chosen.name, row.chosen.path[-2]) == ("龙场镇", "水城区")
    assert row.candidates == ()
    shown = show_validation(geoname, begun.id, ME)
    assert (shown.chosen, shown.counts["ambiguous"]) == (1, 0)
    assert [one.row for one in list_rows(geoname, matcher_of, begun.id, ME, "chosen").items] == [3]
    assert list_rows(geoname, matcher_of, begun.id, ME, "ambiguous").items == ()
    rows = list(csv.reader(io.StringIO(result(geoname, begun.id)[1].decode())))
    assert rows[3][3:] == [
        "已纠正",
        "龙场镇",
        "520221104",
        "贵州省/六盘水市/水城区/龙场镇",
        "",
        "",
        "人工选定",
        "",
    ]
    choose(geoname, matcher_of, begun.id, 3, None, ME)
    shown = show_validation(geoname, begun.id, ME)
    assert (shown.chosen, shown.counts["ambiguous"]) == (0, 1)
    assert [one.row for one in list_rows(geoname, matcher_of, begun.id, ME, "ambiguous").items] == [3]


@pytest.mark.parametrize(
    ("row", "choice", "field"), [(3, "n1", "choice"), (7, "n3", "row"), (4, "n3", "choice")]
)
def test_only_a_candidate_of_the_row_may_be_chosen(geoname, row, choice, field):
    begun = begin(geoname)
    work_off(geoname)
    with pytest.raises(InvalidInputError) as wrong:
        choose(geoname, matcher_of, begun.id, row, choice, ME)
    assert wrong.value.field == field


def test_a_stated_division_decides_among_equal_names(geoname):
    table = "地名,区划\n龙场镇,5201\n龙场镇,5202\n龙场镇,9999\n"
    by_column = begin(geoname, table, within="区划")
    by_code = begin(geoname, table, within="5202", column="地名")
    work_off(geoname)
    assert show_validation(geoname, by_column.id, ME).counts == {"standard": 2, "ambiguous": 1}
    assert show_validation(geoname, by_code.id, ME).counts == {"standard": 3}


def test_quotas_of_bytes_rows_and_files_are_told_with_the_limit(geoname):
    with pytest.raises(TooLargeError, match="50 bytes"):
        begin(geoname, quota=replace(QUOTA, file_bytes=50))
    with pytest.raises(TooLargeError, match="5 rows"):
        begin(geoname, quota=replace(QUOTA, rows=5))
    assert kept_files(geoname) == []
    assert begin(geoname, quota=replace(QUOTA, rows=6)).state == "queued"
    begin(geoname)
    begin(geoname)
    with pytest.raises(TooLargeError, match="3 files"):
        begin(geoname)
    assert begin(geoname, caller=OTHER).state == "queued"
    work_off(geoname)
    assert begin(geoname).state == "queued"


def test_rows_that_only_reading_counts_are_held_to_the_quota_by_the_work(geoname):
    begun = begin(geoname, workbook(), quota=replace(QUOTA, rows=1000))
    job = geoname.store.job(begun.id)
    geoname.store.remove_job(begun.id, "test")
    few = {**json.loads(job.request), "most_rows": 1}
    geoname.store.add_job("few", KIND, "me", json.dumps(few), time.time() + 100)
    work_off(geoname)
    failed = show_validation(geoname, "few", ME)
    assert failed.state == "failed"
    assert "1 行" in failed.trouble.zh


def test_removing_forgets_file_and_result_once_nobody_needs_them(geoname):
    first, second = begin(geoname), begin(geoname, caller=OTHER)
    work_off(geoname)
    assert len(kept_files(geoname)) == 1
    remove_validation(geoname, first.id, ME)
    with pytest.raises(NotFoundError):
        show_validation(geoname, first.id, ME)
    assert len(kept_files(geoname)) == 1
    assert result(geoname, second.id, caller=OTHER)[1]
    remove_validation(geoname, second.id, OTHER)
    assert kept_files(geoname) == []
    assert list(geoname.store.job_chunks(second.id)) == []


def test_what_has_expired_is_forgotten(geoname):
    old = begin(geoname, quota=replace(QUOTA, kept_days=0))
    young = begin(geoname)
    remove_expired(geoname)
    assert [one.id for one in list_validations(geoname, ME).items] == [young.id]
    assert geoname.store.job(old.id) is None
    assert len(kept_files(geoname)) == 1


def test_a_file_that_somebody_took_away_fails_with_a_reason(geoname):
    begun = begin(geoname)
    for file in kept_files(geoname):
        file.unlink()
    work_off(geoname)
    failed = show_validation(geoname, begun.id, ME)
    assert failed.state == "failed"
    assert "重新上传" in failed.trouble.zh


def test_removing_stops_the_work(geoname):
    begun = begin(geoname, "地名\n" + "南明区\n" * 900)
    work = {KIND: validation_work(geoname, lambda _: FakeMatcher(0.5))}
    thread = threading.Thread(target=JobRunner(geoname, work, pace=Pace(0.3, 0.01)).run_one)
    thread.start()
    while geoname.store.job(begun.id).state != "running":
        time.sleep(0.01)
    remove_validation(geoname, begun.id, ME)
    thread.join()
    assert kept_files(geoname) == []
    assert list_validations(geoname, ME).items == ()


def test_progress_tells_rate_and_time_left(geoname):
    begun = begin(geoname, "地名\n" + "南明区\n" * 10)
    _, lease = geoname.store.lease_job("w", 60, (KIND,))
    progress = {"rows": 4, "fraction": 0.4, "seconds": 2.0, "counts": {"standard": 4}}
    geoname.store.commit_chunk(lease, Chunk(0, 4, b""), "", json.dumps(progress), 60)
    shown = show_validation(geoname, begun.id, ME)
    assert (shown.state, shown.rows_done, shown.rows_per_second, shown.seconds_left) == (
        "running",
        4,
        2.0,
        3.0,
    )
