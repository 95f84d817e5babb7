"""How the command line behaves: exit codes, one-line errors, tables that line up, pipes that break."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from geoname import __version__
from geoname.faces.cli.main import COMMANDS, run
from geoname.faces.cli.tables import facts, table, width

SCRIPT = [sys.executable, "-m", "geoname.faces.cli"]


@pytest.mark.parametrize(
    "words",
    [
        "nothing",
        "search",
        "search a b",
        "search a --bogus 1",
        "search a --limit 0",
        "search a --limit many",
        "search a --mode nonsense",
        "search a --language fr",
        "locate 106.7",
        "locate 106.7 91",
        "locate nan 26",
        "locate east 26",
        "locate 106.7 26.6 --crs moon",
        "locate 106.7 26.6 --on 2015-02-30",
        "divisions show abc",
        "divisions show 500105",
        "divisions list --level street",
        "nearby 106.7 26.6 --radius 0",
        "search a --cursor noise",
        "load guizhou --edition nonsense",
        "serve --port 0",
        "serve --port 70000",
        "search a --mode",
        "db backup",
    ],
)
def test_wrong_use_is_2_and_told_in_one_line(geoname, words):
    ran = geoname(*words.split())
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("geoname: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("words", [[], ["load"], ["db"], ["divisions"]])
def test_a_command_left_unfinished_gets_its_help(geoname, words):
    ran = geoname(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "--help" in ran.err
    assert ran.err.count("\n") > 5


@pytest.mark.parametrize(
    "words",
    [
        "divisions show 999999",
        "names show nothing",
        "boundaries show nothing",
        "search a --database /nowhere/geoname.gpkg",
        "db verify --database /nowhere/geoname.gpkg",
        "locate --points /nowhere/points.json",
        "editions activate nothing",
    ],
)
def test_what_fails_is_3_and_told_in_one_line(geoname, words):
    ran = geoname(*words.split())
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("geoname: ")
    assert ran.err.count("\n") == 1


def test_finding_nothing_is_no_failure(geoname):
    ran = geoname("search", "没有这样的地名吧", "--mode", "exact")
    assert (ran.code, ran.out) == (0, "没有找到\n")
    assert geoname("search", "没有这样的地名吧", "--mode", "exact", "--json").json["items"] == []


def test_a_wrong_option_is_named_as_it_is_written(geoname):
    assert "--mode" in geoname("search", "a", "--mode", "nonsense").err
    assert "--crs" in geoname("locate", "106", "26", "--crs", "moon").err
    assert "LAT" in geoname("locate", "106", "91").err
    both = geoname("search", "a", "--limit", "0", "--bbox", "1").err
    assert "--limit" in both
    assert "--bbox" in both


def test_a_code_of_two_places_is_told_with_the_option_that_helps(geoname):
    told = geoname("divisions", "show", "500105").err
    assert "--scheme nbs" in told
    assert "江北区" in told


def test_no_database_is_told_with_the_remedy(geoname, tmp_path):
    ran = geoname("search", "a", "--database", str(tmp_path / "none.gpkg"))
    assert ran.code == 3
    assert "geoname load guizhou" in ran.err
    assert not (tmp_path / "none.gpkg").exists()


def test_errors_are_chinese_and_english_on_request(geoname, monkeypatch):
    assert not geoname("divisions", "show", "999999").err.isascii()
    assert geoname("divisions", "show", "999999", "--language", "en").err.isascii()
    assert geoname("--language=en", "divisions", "show", "999999").err.isascii()
    monkeypatch.setenv("GEONAME_LANGUAGE", "en")
    assert geoname("divisions", "show", "999999").err.isascii()
    assert not geoname("divisions", "show", "999999", "--language", "zh").err.isascii()


@pytest.mark.parametrize("words", ["search", "nothing", "search a --bogus 1", "search a b", "serve --port 0"])
def test_wrong_use_is_told_in_chinese_too(geoname, words):
    assert not geoname(*words.split()).err.isascii()
    assert geoname("--language", "en", *words.split()).err.isascii()


def test_what_is_no_utf8_on_the_command_line_is_refused(geoname):
    ran = geoname("search", "\udcc7\udce0")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_options_may_stand_before_or_after_the_command(geoname):
    assert (
        geoname("--json", "divisions", "show", "52").json == geoname("divisions", "show", "52", "--json").json
    )


@pytest.mark.parametrize(
    "words",
    [
        "search 青岩",
        "search 苗族 --limit 40",
        "suggest qy",
        "nearby 106.7 26.6 --radius 20000",
        "divisions list --level county --within 5226",
        "divisions children 5226",
        "divisions neighbours 520102",
        "divisions history 520115",
        "boundaries list --within 520102",
        "boundaries territories --within 520102",
        "editions list",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_line_up_however_wide_their_characters_are(geoname, words, language):
    ran = geoname(*words.split(), "--language", language)
    assert ran.code == 0
    lines = ran.out.splitlines()[1 if "history" in words else 0 :]  # its first line is no table
    heads, *rows = [line for line in lines if "  " in line]
    assert rows
    starts = [width(heads[: len(heads) - len(rest)]) for rest in columns(heads)]
    for row in rows:
        for start in starts[1:]:
            before, column = "", 0
            for mark in row:
                if column >= start:
                    break
                before, column = before + mark, column + width(mark)
            assert column == start or width(row) < start, row
            assert before.endswith("  ") or width(row) < start, row


def columns(line):
    """What is left of a line from the beginning of each column on."""
    rest = line
    while rest:
        yield rest
        _, gap, after = rest.partition("  ")
        rest = after.lstrip() if gap else ""


def test_a_table_escapes_what_would_move_the_cursor():
    written = table(["名"], [["a\nb"], ["\x1b[31m"], [None], [1.50]])
    assert written.splitlines() == ["名", "a\\nb", "\\x1b[31m", "", "1.5"]
    assert facts([("名", "贵州"), ("无", None), ("空", "")]) == "名  贵州"
    assert width("贵州a\u0301") == 5


def test_help_names_every_command_and_comes_at_once(geoname, capsysbinary):
    ran = geoname("--help")
    assert ran.code == 0
    assert all(f"  {name} " in ran.out for name in COMMANDS)
    assert geoname("--version").out == f"geoname {__version__}\n"
    took = []
    for _ in range(3):  # the best of three: another process may hold the machine
        began = time.perf_counter()
        subprocess.run([*SCRIPT, "--help"], check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.5


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from geoname.faces.cli.main import run; run(['--help']); "
        "print(sorted({'numpy', 'flask', 'sqlalchemy', 'shapely', 'pydantic', 'granian'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_question_imports_nothing_that_reads_files():
    code = (
        "import sys, geoname.faces.cli.asking; "
        "print(sorted({'geopandas', 'pandas', 'pyogrio', 'docx', 'typst'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("words", ["divisions list --level village --limit 1000", "openapi"])
def test_a_reader_that_has_seen_enough_is_no_failure(loaded, words):
    environment = {
        **os.environ,
        "GEONAME_DATABASE": str(loaded / "geoname.gpkg"),
        "GEONAME_CACHE": str(loaded / "cache"),
    }
    process = subprocess.Popen(
        [*SCRIPT, *words.split(), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_an_interrupt_is_told_in_one_line(monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("geoname.service.opened.open_geoname", interrupted)
    assert run(["divisions", "show", "52"]) == 3
    assert capsys.readouterr().err.count("geoname: ") == 1
