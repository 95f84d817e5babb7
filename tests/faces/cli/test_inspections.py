"""The commands about inspections: every example of their page, and wrong use told in one line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from geoname.service import inspections_demo

PAGE = Path(__file__).parents[3] / "docs" / "inspections.md"
EXAMPLES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture
def placed(own):
    """Puts a case in the field, a marker and its sides in the place of what an example leaves open."""

    def make(example):
        if not re.search(r"\b(ID|ITEM|SIDE|OTHER)\b", example):
            return shlex.split(example)[1:]
        case = own("inspections", "list", "--stage", "field", "--json").json["items"][0]
        shown = own("inspections", "show", case["id"], "--json").json
        item = next(one["key"] for one in shown["items"] if one["kind"] == "marker")
        values = {"ID": case["id"], "ITEM": item, "SIDE": case["sides"][0], "OTHER": case["sides"][1]}
        return shlex.split(re.sub(r"\b(ID|ITEM|SIDE|OTHER)\b", lambda found: values[found[0]], example))[1:]

    return make


def test_every_example_of_the_page_works(own, placed, tmp_path, monkeypatch):
    assert len(EXAMPLES) > 12
    monkeypatch.chdir(tmp_path)
    # A round that began this year: the years before are shown by the tests of the service.
    monkeypatch.setattr(inspections_demo, "YEARS_BACK", 0)
    for example in EXAMPLES:
        ran = own(*placed(example))
        assert ran.code == 0, f"{example}: {ran.err}"
        assert ran.out.strip(), example
    progress = own("inspections", "progress", "--json").json
    assert {one["key"]: one["lines"] for one in progress["by_level"]} == {"county": 226, "province": 5}
    assert progress["generated"]
    assert own("inspections", "demo", "--remove", "--json").json["removed"] > 231
    assert own("inspections", "list").out.strip() == "没有这样的联检"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["show", "nothing"], 3, "没有联检"),
        (["advance", "nothing", "fly", "--version", "1"], 2, "STEP"),
        (["advance", "nothing", "file"], 2, "--version"),
        (["plan", "--from", "soon"], 2, "--from"),
        (["plan", "--from", "2026", "--years", "99"], 2, "--years"),
        (["open", "520102-522727", "--trigger", "disaster"], 3, "没有界线"),
        (["open", "520102-520103"], 2, "--trigger"),
        (["record", "x", "y", "--present", "520102"], 2, "--present"),
        (["sign", "x", "plan", "--digest", "00"], 3, "没有联检"),
    ],
)
def test_wrong_use_is_told_in_one_line(geoname, words, code, told):
    ran = geoname("inspections", *words)
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert told in ran.err


def test_commands_answer_with_the_json_of_the_routes(geoname):
    made = geoname("inspections", "plan", "--from", "2026", "--years", "5", "--json").json
    assert len(made["assignments"]) == 231
    assert [load["lines"] for load in made["loads"]] == [46, 46, 46, 46, 47]
    assert geoname("inspections", "plans", "--json").json == {"items": []}
    assert geoname("inspections", "deadlines", "--json").json["items"] == []
    assert geoname("inspections", "deadlines", "--ics").out.startswith("BEGIN:VCALENDAR")
