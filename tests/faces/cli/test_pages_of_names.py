"""The commands on the pages about naming and exports do what the pages say, in the order they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[3] / "docs"


def commands(page, block=0):
    """The commands of the page's blocks that hold any, the note after # left out."""
    blocks = re.findall(r"^```\n(geoname .*?)^```", (DOCS / page).read_text("utf-8"), re.S | re.M)
    return [shlex.split(line, comments=True)[1:] for line in blocks[block].splitlines()]


@pytest.fixture
def command(guizhou_copy, tmp_path, monkeypatch, geoname):
    monkeypatch.setenv("GEONAME_CACHE", str(tmp_path / "cache"))
    return lambda *words: geoname(*words, "--database", str(tmp_path / "geoname.gpkg"))


def test_the_page_on_naming(command):
    id_ = ""
    for words in commands("naming.md"):
        asked = [id_ if word == "ID" else word for word in words]
        ran = command(*asked, "--json")
        assert ran.code == 0, (words, ran.err)
        if words[1] in ("propose", "rename"):
            id_ = ran.json["id"]
    check, decide, *rest = commands("naming.md", 1)
    found = command(*check, "--json").json["findings"]
    for one in found:
        ran = command(*(one["id"] if word == "ID" else word for word in decide))
        assert ran.code == 0, ran.err
    assert command(*check).code == 0
    assert "洛杉矶城" in command(*rest[0]).out


def test_the_page_on_exports(geoname, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in commands("exports.md"):
        ran = geoname(*words)
        assert ran.code == 0, (words, ran.err)
    written = {one.name for one in tmp_path.iterdir()}
    assert {"names.csv", "towns.gpkg", "then.geojson", "office.parquet", "counties.csv"} <= written
    assert "names.csv.provenance.json" in written
    again = geoname("export", "names", "-o", "names.csv")
    assert (again.code, "names.csv" in again.err) == (2, True)
    wrong = geoname("export", "names", "-o", "x.csv", "--class", "zz")
    assert (wrong.code, "--class" in wrong.err) == (2, True)
