"""The benchmark of coverages compares like with like: every way finds the same pairs and lengths."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "bench_coverage.py"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_coverage", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_ways_agree(bench, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bench", "--json", "--rounds", "1", "--edition", "tianditu"])
    bench.main()
    report = json.loads(capsys.readouterr().out)["tianditu"]
    assert (report["territories"], report["pairs"], report["pairs_over_500_m"]) == (88, 228, 226)
    assert report["pairs_unlike_ours"] == dict.fromkeys(bench.PAIRING, 0)
    assert max(report["largest_difference_m"].values()) < 1e-3
    assert set(report["seconds"]) == {*bench.PAIRING, *bench.OTHERS}


def test_it_is_readable(bench, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bench", "--rounds", "1", "--edition", "tianditu"])
    bench.main()
    printed = capsys.readouterr().out
    assert "tianditu: 88 territories" in printed
    assert "unlike ours 0" in printed
