"""The commands on the page about matching answer as the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "matching.md"


def test_the_page_on_matching(geoname):
    blocks = re.findall(r"^```\n(geoname .*?)^```", PAGE.read_text("utf-8"), re.S | re.M)
    commands = [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]
    assert len(commands) == 2
    several, one = (
        geoname(*words, "--json") if "--json" not in words else geoname(*words) for words in commands
    )
    assert [each["status"] for each in several.json["items"]] == ["corrected", "corrected"]
    assert several.json["items"][1]["remainder"] == "12号"
    assert one.json["standard"]["path"][2] == "织金县"
    assert one.json["findings"] == [{"kind": "decided_by_within", "detail": ""}]
