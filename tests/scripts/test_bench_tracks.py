"""The benchmark of tracks compares like with like: both ways find the same share and the same points."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "bench_tracks.py"


def test_both_ways_agree(monkeypatch, capsys):
    spec = importlib.util.spec_from_file_location("bench_tracks", SCRIPT)
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    words = [
        "bench",
        "--json",
        "--points",
        "2000",
        "--peer-points",
        "300",
        "--kilometres",
        "5",
        "--runs",
        "1",
    ]
    monkeypatch.setattr(sys, "argv", words)
    bench.main()
    found = json.loads(capsys.readouterr().out)
    assert abs(found["share"] - 0.75) < 0.02
    assert abs(found["peer_share"] - 0.75) < 0.02
