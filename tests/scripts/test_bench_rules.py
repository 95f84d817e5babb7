"""The benchmark of the rules compares like with like, and the page of rules is what the code makes."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


def loaded(name, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_ways_find_the_same_and_enough_rules_apply(monkeypatch, capsys):
    bench = loaded("bench_rules", monkeypatch)
    monkeypatch.setattr(sys, "argv", ["bench", "--count", "20000", "--json"])
    bench.main()
    told = json.loads(capsys.readouterr().out)
    assert told["names"] == 20_000
    assert told["rules_applying"] >= 25
    assert told["scanning_every_list_times_slower"] > 1


def test_a_difference_between_the_two_is_an_error(monkeypatch):
    bench = loaded("bench_rules", monkeypatch)
    monkeypatch.setattr(bench.ScannedLexicons, "found", lambda self, name, rule: ())
    monkeypatch.setattr(sys, "argv", ["bench", "--count", "20000"])
    with pytest.raises(SystemExit, match="differ"):
        bench.main()


def test_the_page_of_rules_is_what_the_code_makes(monkeypatch):
    pages = loaded("build_rules", monkeypatch)
    assert pages.FILE.read_text(encoding="utf-8") == pages.page()
