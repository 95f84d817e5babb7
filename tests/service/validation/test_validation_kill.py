"""Pulled plugs, full disks and long files, in processes of their own."""

import functools
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import geopandas
import pytest

from geoname.service.validate_file import beside

CHILD = Path(__file__).with_name("run_child.py")
ENDINGS = [".csv", ".xlsx", ".parquet", ".gpkg"]


def child(*words):
    return subprocess.Popen(
        [sys.executable, str(CHILD), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(*words):
    process = child(*words)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def kill_after_the_next_chunk(process, output, draw):
    """End a process by SIGKILL somewhere after it has kept a new standing; False when it was done before."""
    standing = beside(output, "progress")
    before = standing.stat().st_mtime_ns if standing.exists() else 0
    while process.poll() is None:
        if standing.exists() and standing.stat().st_mtime_ns > before:
            time.sleep(draw.uniform(0, 0.2))
            break
        time.sleep(0.005)
    killed = process.poll() is None
    if killed:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return killed


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A table of 6,000 rows, three chunks."""
    path = tmp_path_factory.mktemp("long") / "in.csv"
    texts = ["花溪区", "遵义县南白镇", "", "什么", '"龙场镇"']
    lines = (f"{number},{texts[number % 5]},x" for number in range(6_000))
    path.write_text("编号,地名,备注\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def in_one_run(long, tmp_path_factory):
    """The output of a run that nothing disturbs, by its ending."""
    folder = tmp_path_factory.mktemp("whole")

    @functools.cache
    def made(ending):
        code, _, err = finished(long, folder / f"whole{ending}")
        assert code == 0, err
        return folder / f"whole{ending}"

    return made


@pytest.mark.parametrize("ending", ENDINGS)
def test_killed_again_and_again_the_output_is_that_of_one_run(long, in_one_run, tmp_path, ending):
    whole, output = in_one_run(ending), tmp_path / f"out{ending}"
    draw = random.Random(ending)
    kills = 0
    while kills < 2 and kill_after_the_next_chunk(child(long, output, 0.2), output, draw):
        kills += 1
        assert not output.exists() or beside(output, "progress").exists()
    assert kills
    code, out, err = finished(long, output)
    assert code == 0, err
    rows, resumed_at, _ = out.split()
    assert rows == "6000"
    assert int(resumed_at) > 1
    if ending == ".gpkg":  # SQLite's pages differ, the rows do not
        first, second = (geopandas.read_file(each, fid_as_index=True) for each in (whole, output))
        assert first.equals(second)
    else:
        assert output.read_bytes() == whole.read_bytes()
    told = [json.loads(beside(each, "summary.json").read_text()) for each in (whole, output)]
    assert told[0]["statuses"] == told[1]["statuses"]
    assert not [each for each in tmp_path.iterdir() if each.name.endswith((".partial", ".progress", ".lock"))]


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx"])
def test_a_full_disk_is_told_and_what_was_done_stays(long, in_one_run, tmp_path, ending):
    output, whole = tmp_path / f"out{ending}", in_one_run(ending)
    # Room for the first chunks of the partial file, not for all.
    code, _, err = finished(long, output, 0, 250_000)
    assert code == 1
    assert "StorageError" in err
    assert "make room" in err
    assert not output.exists()
    code, out, err = finished(long, output)
    assert code == 0, err
    assert int(out.split()[1]) > 1
    assert output.read_bytes() == whole.read_bytes()


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """Few rows of much text: what waits is small, what is put together is not."""
    path = tmp_path_factory.mktemp("wide") / "in.csv"
    lines = (f"{number},花溪区,{'宽' * 200}{number}" for number in range(2_000))
    path.write_text("编号,地名,备注\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", [".gpkg", ".xlsx"])
def test_a_disk_that_is_full_at_the_very_end_leaves_only_what_waits(wide, tmp_path, ending):
    output = tmp_path / f"out{ending}"
    code, _, err = finished(wide, output, 0, 400_000)
    assert code == 1
    assert "make room" in err
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {f"out{ending}.partial", f"out{ending}.progress"}
    code, out, err = finished(wide, output)
    assert code == 0, err
    assert out.split()[:2] == ["2000", "2001"]


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_memory_does_not_grow_with_the_rows(tmp_path, ending):
    peaks = []
    for rows in (100_000, 500_000):
        file = tmp_path / f"in{rows}.csv"
        with file.open("w", encoding="utf-8") as out:
            out.write("编号,地名,备注\n")
            out.writelines(f"{number},贵州省贵阳市花溪区{number}村,备注\n" for number in range(rows))
        code, told, err = finished(file, tmp_path / f"out{rows}{ending}", 0, 0, 20_000)
        assert code == 0, err
        peaks.append(int(told.split()[2]))
    assert peaks[1] < peaks[0] * 1.15, peaks
