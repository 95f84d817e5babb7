"""A whole file is validated: formats, columns, collisions, going on after an end, workers."""

import contextlib
import csv
import dataclasses
import json
import os
import signal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stand_in_matcher import FakeMatcher, Opener

from geoname.errors import ConflictError, DataFileError, InvalidInputError, NotFoundError, NotReadyError
from geoname.formats.tables import csv_source
from geoname.formats.tables.open_table import Reading
from geoname.service.validate_file import beside, validate_file
from geoname.service.validation_rows import Question
from geoname.service.validation_runners import ManyProcesses, OneProcess
from geoname.store.build_lock import locked


def read(file, encoding="utf-8"):
    with file.open(encoding=encoding, newline="") as content:
        return list(csv.DictReader(content))


def leftovers(folder):
    return sorted(each.name for each in folder.iterdir() if each.name not in ("in.csv", "out.csv"))


def test_a_file_is_validated(names, tmp_path, runner):
    file = names("花溪区", "遵义县南白镇", "", "什么")
    told = []
    result = validate_file(
        file, tmp_path / "out.csv", Question("地名"), runner, progress=lambda *far: told.append(far)
    )
    rows = read(tmp_path / "out.csv")
    assert [row["核查状态"] for row in rows] == ["已纠正", "已纠正", "无效", "未知"]
    assert rows[1]["标准路径"] == "贵州省/遵义市/播州区/南白街道"
    assert result.tally.rows == 4
    assert told == [(file.stat().st_size, file.stat().st_size, 4)]
    assert leftovers(tmp_path) == []
    assert json.loads(json.dumps(result.to_json()))["statuses"] == {
        "corrected": 2,
        "invalid": 1,
        "unknown": 1,
    }


def test_appended_headings_never_collide(tmp_path, runner):
    (tmp_path / "in.csv").write_text("地名,核查状态,置信度,置信度_2\n花溪区,a,b,c\n")
    validate_file(tmp_path / "in.csv", tmp_path / "out.csv", Question("地名"), runner)
    head = (tmp_path / "out.csv").read_text().splitlines()[0].split(",")
    assert len(head) == len(set(head)) == 12
    assert head[4:9] == ["核查状态_2", "标准地名", "标准代码", "标准路径", "置信度_3"]


def test_a_column_that_is_not_there_says_which_are(names, tmp_path, runner):
    with pytest.raises(InvalidInputError, match="编号, 地名, 备注") as caught:
        validate_file(names("花溪区"), tmp_path / "out.csv", Question("名称"), runner)
    assert caught.value.field == "column"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("header", "column", "found"),
    [
        ("编号,地名,备注", "", "地名"),
        ("a,name,c", "", "name"),
        ("a,b,c", "2", "2"),
        ("a, 地名 ,c", "地名", "地名"),
    ],
)
def test_the_column_of_names_is_found(names, tmp_path, runner, header, column, found):
    result = validate_file(names("花溪区", header=header), tmp_path / "out.csv", Question(column), runner)
    assert result.column == found
    assert result.tally.statuses == {"corrected": 1}


@pytest.mark.parametrize(("header", "column", "said"), [("a,b,c", "", "--column"), ("a,a,c", "a", "1, 2")])
def test_a_column_that_is_not_clear_is_asked_for(names, tmp_path, runner, header, column, said):
    with pytest.raises(InvalidInputError, match=said):
        validate_file(names("花溪区", header=header), tmp_path / "out.csv", Question(column), runner)


def test_a_stated_division_that_means_nothing_is_refused(names, tmp_path, runner):
    with pytest.raises(NotFoundError, match="999999"):
        validate_file(names("x"), tmp_path / "out.csv", Question("地名", within_code="999999"), runner)


def test_a_parquet_of_the_wrong_type_names_the_column_and_those_that_fit(tmp_path, runner):
    pq.write_table(pa.table({"地名": [1, 2], "别名": ["花溪区", "x"]}), tmp_path / "in.parquet")
    with pytest.raises(InvalidInputError, match=r"地名.*别名"):
        validate_file(tmp_path / "in.parquet", tmp_path / "out.parquet", Question("地名"), runner)


def test_bytes_in_a_parquet_that_are_no_text_cost_one_row(tmp_path, runner):
    table = pa.table({"地名": pa.array(["花溪区".encode(), b"\xff\xff", None], pa.binary())})
    pq.write_table(table, tmp_path / "in.parquet")
    validate_file(tmp_path / "in.parquet", tmp_path / "out.parquet", Question("地名", language="en"), runner)
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["geoname_status"] for row in rows] == ["corrected", "invalid", "invalid"]
    assert "row 2, column 地名" in rows[1]["geoname_findings"]
    assert rows[1]["地名"] == b"\xff\xff"


def test_a_hundred_thousand_empty_cells(tmp_path, runner):
    (tmp_path / "in.csv").write_bytes("地名,b\n".encode() + b",\n" * 100_000)
    result = validate_file(tmp_path / "in.csv", tmp_path / "out.csv", Question("地名", language="en"), runner)
    assert result.tally.rows == 100_000
    assert result.tally.statuses == {"invalid": 100_000}
    with (tmp_path / "out.csv").open("rb") as content:
        assert sum(1 for _ in content) == 100_001


def test_mixed_encodings_name_the_row_and_go_on(tmp_path, runner):
    data = "地名,b\n花溪区,1\n".encode() + "花溪区,2\n".encode("gb18030") + "花溪区,3\n".encode()
    (tmp_path / "in.csv").write_bytes(data)
    result = validate_file(tmp_path / "in.csv", tmp_path / "out.csv", Question("地名", language="en"), runner)
    assert result.tally.statuses == {"corrected": 3}
    assert result.tally.examples == {"encoding": [2]}
    assert (
        (tmp_path / "out.csv")
        .read_bytes()
        .splitlines()[2]
        .startswith("花溪区,2,corrected".encode("gb18030")[:8])
    )


def test_a_two_gigabyte_line_costs_one_row(names, tmp_path, runner, monkeypatch):
    monkeypatch.setattr(csv_source.CsvSource.__init__, "__kwdefaults__",
                        {**csv_source.CsvSource.__init__.__kwdefaults__, "longest": 1 << 20})  # fmt: skip
    file = names("花溪区", "长" * 1_000_000, "花溪区")
    result = validate_file(file, tmp_path / "out.csv", Question("地名"), runner)
    assert result.tally.statuses == {"corrected": 2, "invalid": 1}
    assert result.tally.examples == {"too_long": [2]}
    theirs = file.read_bytes().splitlines()
    ours = (tmp_path / "out.csv").read_bytes().splitlines()
    assert all(line.startswith(their) for line, their in zip(ours, theirs, strict=True))


def test_what_exists_is_never_overwritten(names, tmp_path, runner):
    file = names("花溪区")
    with pytest.raises(InvalidInputError, match="input"):
        validate_file(file, file, Question("地名"), runner)
    (tmp_path / "out.csv").write_text("mine")
    with pytest.raises(InvalidInputError, match="exists"):
        validate_file(file, tmp_path / "out.csv", Question("地名"), runner)
    assert (tmp_path / "out.csv").read_text() == "mine"


def test_two_runs_do_not_write_one_output(names, tmp_path, runner):
    file = names("花溪区")
    with locked(beside(tmp_path / "out.csv", "lock")) as held:
        assert held
        with pytest.raises(ConflictError, match="another run"):
            validate_file(file, tmp_path / "out.csv", Question("地名"), runner)


class Stopping(FakeMatcher):
    """Stops at its n-th chunk, as a pulled plug would."""

    def __init__(self, after):
        super().__init__()
        self.after = after

    def match_many(self, texts, **how):
        if self.calls == self.after:
            raise KeyboardInterrupt
        return super().match_many(texts, **how)


@pytest.fixture
def long(names):
    return names(*["花溪区", "遵义县南白镇", "", "什么"] * 1_500)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_a_stopped_run_goes_on_and_writes_the_same_bytes(long, tmp_path, ending):
    question = Question("地名")
    whole = validate_file(long, tmp_path / f"whole{ending}", question, OneProcess(FakeMatcher()))
    output = tmp_path / f"out{ending}"
    for after in (1, 0):
        with pytest.raises(KeyboardInterrupt):
            validate_file(long, output, question, OneProcess(Stopping(after)))
        assert not output.exists()
    rest = FakeMatcher()
    result = validate_file(long, output, question, OneProcess(rest))
    assert rest.calls == 2
    assert result.resumed_at == 2_001
    assert output.read_bytes() == (tmp_path / f"whole{ending}").read_bytes()
    assert result.tally == whole.tally


def stopped(file, output):
    with pytest.raises(KeyboardInterrupt):
        validate_file(file, output, Question("地名"), OneProcess(Stopping(1)))


def test_another_question_file_or_data_does_not_go_on_from_there(long, tmp_path, runner):
    output = tmp_path / "out.csv"
    stopped(long, output)
    for question, matcher in (
        (Question("地名", within_code="52"), FakeMatcher()),
        (Question("地名"), FakeMatcher(generation="2")),
    ):
        with pytest.raises(ConflictError, match="--restart"):
            validate_file(long, output, question, OneProcess(matcher))
    long.write_text(long.read_text() + "1,花溪区,x\n")
    with pytest.raises(ConflictError, match="--restart"):
        validate_file(long, output, Question("地名"), runner)
    result = validate_file(long, output, Question("地名"), runner, restart=True)
    assert result.tally.rows == 6_001
    assert leftovers(tmp_path) == []


def test_a_damaged_standing_is_told(long, tmp_path, runner):
    output = tmp_path / "out.csv"
    stopped(long, output)
    beside(output, "progress").write_text("{")
    with pytest.raises(DataFileError, match="--restart"):
        validate_file(long, output, Question("地名"), runner)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_run_that_ended_before_its_summary_only_writes_that(names, tmp_path, ending, runner):
    output = tmp_path / f"out{ending}"
    file = names("花溪区")

    def die(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        validate_file(file, output, Question("地名"), runner, finished=die)
    written = output.read_bytes()
    told = []
    matcher = FakeMatcher()
    validate_file(file, output, Question("地名"), OneProcess(matcher), finished=told.append)
    assert output.read_bytes() == written
    assert matcher.calls == 0
    assert told[0].tally.rows == 1


def test_workers_write_the_same_bytes(names, tmp_path, opener):
    # More chunks than are ever begun ahead of the one that is waited for.
    long = names(*["花溪区", "遵义县南白镇", "", "什么"] * 4_000)
    whole = validate_file(long, tmp_path / "whole.csv", Question("地名"), OneProcess(opener()))
    result = validate_file(long, tmp_path / "out.csv", Question("地名"), ManyProcesses(opener(), opener, 2))
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert result.tally == whole.tally


def test_each_worker_opens_its_matcher_once(long, tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    runner = ManyProcesses(FakeMatcher(), Opener(marks=str(marks)), 2)
    validate_file(long, tmp_path / "out.csv", Question("地名"), runner)
    opened = [mark.name.split("-")[1] for mark in marks.iterdir()]
    assert len(opened) == len(set(opened)) <= 2


def test_a_worker_process_killed_from_outside_is_told_and_the_run_goes_on(names, tmp_path, opener):
    long = names(*["花溪区", "遵义县南白镇", "", "什么"] * 4_000)
    output, marks = tmp_path / "out.csv", tmp_path / "marks"
    marks.mkdir()

    def kill_one(*_):
        for mark in marks.iterdir():
            with contextlib.suppress(ProcessLookupError):  # the pool ends the other by itself
                os.kill(int(mark.name.split("-")[1]), signal.SIGKILL)
            mark.unlink()
            return

    runner = ManyProcesses(FakeMatcher(), Opener(pause=0.1, marks=str(marks)), 2)
    with pytest.raises(NotReadyError, match="goes on where it stopped"):
        validate_file(long, output, Question("地名"), runner, progress=kill_one)
    assert not output.exists()
    result = validate_file(long, output, Question("地名"), ManyProcesses(FakeMatcher(), opener, 2))
    assert result.resumed_at > 1
    assert result.tally.rows == 16_000
    validate_file(long, tmp_path / "whole.csv", Question("地名"), OneProcess(FakeMatcher()))
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_coordinates_and_stated_divisions_from_columns(tmp_path, runner):
    (tmp_path / "in.csv").write_text(
        "地名,区,经,纬\n花溪区,520304,106.67,26.41\n花溪区,520111,108,26.41\n花溪区,,x,26\n"
    )
    question = dataclasses.replace(
        Question("地名", language="en"), within_column="区", lon_column="经", lat_column="纬"
    )
    validate_file(tmp_path / "in.csv", tmp_path / "out.csv", question, runner)
    rows = read(tmp_path / "out.csv")
    assert [row["geoname_findings"].split(":")[0] for row in rows] == [
        "outside the stated division", "the point lies elsewhere", "no coordinate"
    ]  # fmt: skip
    assert [row["geoname_lon"] for row in rows] == ["106.67", "108", ""]


def test_how_to_read_is_passed_on(names, tmp_path, runner):
    file = names("花溪区", encoding="utf-16-le", header="编号;地名;备注")
    file.write_text("编号;地名\n1;花溪区\n", encoding="utf-16-le")
    how = Reading(encoding="utf-16-le", delimiter=";")
    assert validate_file(file, tmp_path / "out.csv", Question("地名"), runner, how).tally.rows == 1
