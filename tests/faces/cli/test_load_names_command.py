"""`geoname load names` as its user types it: the examples of its page, wrong use, JSON for programs."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import orjson
import pytest

from geoname.faces.cli.main import run

PAGE = Path(__file__).resolve().parents[3] / "docs" / "own-data.md"


@pytest.fixture
def command(loaded, tmp_path, monkeypatch, capsys):
    """Run a command in a folder of its own over a copy of the shipped data; exit code, output, complaints."""
    shutil.copy(loaded / "geoname.gpkg", tmp_path / "geoname.gpkg")
    shutil.copytree(loaded / "cache", tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEONAME_DATABASE", "geoname.gpkg")
    monkeypatch.setenv("GEONAME_CACHE", "cache")

    def ask(*words):
        capsys.readouterr()
        code = run(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


@pytest.fixture
def files(tmp_path):
    """The files that the page shows."""
    page = PAGE.read_text("utf-8")
    for _, name, content in re.findall(r"```(\w+) file=(\S+)\n(.*?)```", page, re.S):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_the_examples_of_the_page(command, files):
    commands = [
        line[2:].split()[1:] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("$ geoname")
    ]
    assert len(commands) == 4
    (files / "kept.toml").write_text((files / "names.csv.toml").read_text("utf-8"), encoding="utf-8")
    (files / "names.csv.toml").unlink()
    code, out, err = command(*commands[0])
    assert (code, 'name = "标准名称"' in out) == (0, True)
    assert "authority, source, licence, valid_from" in err
    (files / "kept.toml").rename(files / "names.csv.toml")
    code, out, _ = command(*commands[1])
    assert code == 1
    assert "试载，未写入" in out
    code, out, _ = command(*commands[2])
    assert code == 1
    assert re.search(r"新增\s+2", out)
    code, out, _ = command(*commands[3])
    assert "此前已载入，无变化" in out
    code, out, _ = command("search", "虚构堡")
    assert (code, "虚构堡" in out) == (0, True)
    with (files / "names.csv.rejects.csv").open(encoding="utf-8-sig") as opened:
        (row,) = csv.DictReader(opened)
    assert row["标准名称"] == "?水寨"
    mended = (files / "names.csv.rejects.csv").read_text("utf-8-sig").replace("?水寨", "虚构水寨", 1)
    (files / "names.csv.rejects.csv").write_text(mended, encoding="utf-8")
    code, out, _ = command("load", "names", "names.csv.rejects.csv", "--definition", "names.csv.toml")
    assert code == 0
    assert re.search(r"新增\s+1", out)


def test_json_for_programs_and_english_for_people(command, files):
    code, out, _ = command("--json", "load", "names", "names.csv", "--dry-run")
    report = orjson.loads(out)
    assert (code, report["status"], report["records"], report["rejected"]) == (1, "dry_run", 2, 1)
    assert report["troubles"][0]["examples"][0]["row"] == 3
    _, out, _ = command("--language", "en", "load", "names", "names.csv", "--dry-run")
    assert "dry run, nothing written" in out
    assert "holds lost characters" in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nothing.csv",), 3, "nothing.csv"),
        (("names.doc",), 2, "names.doc"),
        (("names.csv", "--definition", "nothing.toml"), 3, "nothing.toml"),
        ((), 2, "FILE"),
    ],
)
def test_wrong_use_is_told_in_one_line(command, files, words, code, said):
    (files / "names.doc").write_bytes(b"x")
    for name in ("nothing.csv", "names.doc"):
        shutil.copy(files / "names.csv.toml", files / f"{name}.toml")
    found, out, err = command("load", "names", *words)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert said in err


def test_a_file_handed_in_is_followed_loaded_and_taken_back(command, files):
    code, out, _ = command("--json", "loads", "add", "names.csv", "--dry-run")
    id_ = orjson.loads(out)["id"]
    assert code == 0
    assert command("jobs", "run", "--once")[0] == 0
    _, out, _ = command("loads", "list")
    assert id_ in out
    assert command("loads", "rejects", id_, "-o", "failed.csv")[0] == 0
    assert "?水寨" in (files / "failed.csv").read_text("utf-8-sig")
    _, out, _ = command("--json", "loads", "publish", id_)
    again = orjson.loads(out)["id"]
    assert command("jobs", "run", "--once")[0] == 0
    _, out, _ = command("loads", "show", again)
    assert "added 2" in out
    code, out, _ = command("loads", "undo", again)
    assert (code, "已撤销" in out) == (0, True)
    code, _, err = command("loads", "undo", again)
    assert (code, err.count("\n")) == (3, 1)


def test_a_load_is_taken_back_by_its_release(command, files):
    _, out, _ = command("--json", "load", "names", "names.csv")
    release = orjson.loads(out)["release"]
    code, out, _ = command("--language", "en", "load", "undo", release)
    assert (code, bool(re.search(r"records gone\s+6", out))) == (0, True)
    code, _, err = command("load", "undo", "nothing")
    assert (code, "nothing" in err) == (3, True)
