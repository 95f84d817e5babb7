"""The benchmark of the point look-up compares like with like: every way finds the same counties."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "bench_locate.py"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_locate", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(bench, monkeypatch, *options):
    monkeypatch.setattr(sys, "argv", ["bench", "--rounds", "1", "--points", "20000", *options])
    with pytest.raises(SystemExit) as ended:
        bench.main()
    return ended.value.code


def test_all_ways_agree_in_both_editions(bench, monkeypatch, capsys):
    assert run(bench, monkeypatch, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["tianditu, guizhou", "amap, guizhou"]
    for figures in report.values():
        assert figures["disagreements"] == 0
        for each in figures["many"].values():
            assert set(each["disagreements"].values()) == {0}
            assert set(each["seconds"]) == set(each["times sjoin"]) == set(each["disagreements"])


def test_an_answer_unlike_the_peers_fails_it(bench, monkeypatch, capsys):
    build = bench.build_point_lookup
    monkeypatch.setattr(bench, "build_point_lookup", lambda polygons: build(polygons[::-1]))
    assert run(bench, monkeypatch, "--edition", "tianditu") == 1
    assert "88 counties" in capsys.readouterr().out
