"""Files by command: handed in, worked off, looked through, chosen, taken away; a killed worker goes on."""

import csv
import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

ROWS = 20_000
WORKER = """
import sys
from geoname.formats.tables import table
table.CHUNK_ROWS = 4_000  # five steps of few rows; what is done is kept after each
from geoname.faces.cli.main import run
sys.exit(run(["jobs", "run"]))
"""
TABLE = "编号,地名\n1,贵州省贵阳市南明区\n2,龙场镇\n3,=cmd|calc\n"


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "表.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_from_handing_in_to_taking_away(own, table, tmp_path):
    assert own("jobs", "preview", str(table), "--json").json["guess"] == "地名"
    begun = own("jobs", "add", str(table), "--json")
    assert (begun.code, begun.err) == (0, "")
    id_ = begun.json["id"]
    assert "排队" in own("jobs", "list").out
    waiting = own("jobs", "result", id_)
    assert (waiting.code, waiting.out) == (3, "")
    assert own("jobs", "run", "--once").code == 0
    shown = own("jobs", "show", id_, "--json").json
    assert (shown["state"], shown["rows_done"]) == ("done", 3)
    rows = own("jobs", "rows", id_, "--status", "ambiguous", "--json").json["items"]
    row = next(row for row in rows if row["text"] == "龙场镇")
    choice = row["candidates"][0]
    assert own("jobs", "choose", id_, str(row["row"]), choice["id"], "--json").json["chosen"] == choice
    target = tmp_path / "结果.csv"
    assert own("jobs", "result", id_, "-o", str(target)).code == 0
    written = list(csv.reader(target.read_text(encoding="utf-8").splitlines()))
    assert [line[:2] for line in written] == list(csv.reader(TABLE.splitlines()))
    assert written[1][2:4] == ["标准", "南明区"]
    assert written[2][4] == choice["code"]
    assert own("jobs", "result", id_, "-o", str(target)).code == 2
    assert own("jobs", "choose", id_, str(row["row"])).code == 0
    assert own("jobs", "remove", id_).code == 0
    assert own("jobs", "show", id_).code == 3
    assert json.loads(own("jobs", "list", "--json").out)["items"] == []


def test_cancelling_stops_what_waits(own, table):
    id_ = own("jobs", "add", str(table), "--json").json["id"]
    assert own("jobs", "cancel", id_, "--json").json == {"id": id_, "state": "cancelled"}
    assert own("jobs", "run", "--once").code == 0
    assert own("jobs", "show", id_, "--json").json["state"] == "cancelled"
    assert own("jobs", "cancel", "nothing").code == 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "no.csv"), 3, "no.csv"),
        (("show", "nothing"), 3, "nothing"),
        (("choose", "x", "zero", "y"), 2, "zero"),
        (("rows", "x", "--status", "good"), 2, "--status"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(own, words, code, said):
    ran = own("jobs", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_worker_killed_in_the_middle_loses_nothing(own, own_folder, tmp_path):
    names = ["贵州省贵阳市南明区", "龙场镇", "遵义县", "花溪青岩龙井", "未名之地甲乙丙"]
    whole = tmp_path / "大表.csv"
    whole.write_text(
        "地名\n" + "".join(f"{names[i % 5]}{i % 7 or ''}\n" for i in range(ROWS)), encoding="utf-8"
    )

    def handed_in():
        return own("jobs", "add", str(whole), "--json").json["id"]

    def result(id_):
        shown = own("jobs", "show", id_, "--json").json
        assert (shown["state"], shown["rows_done"]) == ("done", ROWS), shown["trouble"]
        target = tmp_path / f"{id_}.csv"
        assert own("jobs", "result", id_, "-o", str(target)).code == 0
        return target.read_bytes()

    undisturbed = handed_in()
    assert own("jobs", "run", "--once").code == 0
    disturbed, done = handed_in(), 0
    for _ in range(2):
        done = killed_when_more_is_done(own, own_folder, disturbed, done)
        assert done < ROWS
        expire(own_folder, disturbed)
    assert own("jobs", "run", "--once").code == 0
    whole_result = result(undisturbed)
    assert result(disturbed) == whole_result
    assert whole_result.count(b"\n") == ROWS + 1


def killed_when_more_is_done(own, environment, id_, before):
    """Let a worker go on until it has done more rows than `before`, and kill it; how many are done then."""
    process = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while (shown := own("jobs", "show", id_, "--json").json)["rows_done"] <= before:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert shown["state"] == "running"
    return shown["rows_done"]


def expire(environment, id_):
    """End the dead holder's lease at once, which would take half a minute by itself."""
    with closing(sqlite3.connect(environment["GEONAME_DATABASE"])) as connection, connection:
        connection.execute("UPDATE job SET leased_until = 0 WHERE id = ?", (id_,))


def test_the_worker_stops_when_told(own, own_folder, table):
    id_ = own("jobs", "add", str(table), "--json").json["id"]
    process = subprocess.Popen([sys.executable, "-m", "geoname.faces.cli", "jobs", "run"], env=own_folder)
    deadline = time.monotonic() + 120
    while (shown := own("jobs", "show", id_, "--json").json)["state"] in ("queued", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert shown["state"] == "done", shown["trouble"]
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
