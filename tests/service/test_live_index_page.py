"""The examples of the page on the live index work as they stand."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "live-index.md"


def test_the_examples_work_one_after_the_other(guizhou_copy, tmp_path, capsys):
    guizhou_copy.live()
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    known = {"database": tmp_path / "geoname.gpkg", "cache": tmp_path / "cache"}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), known)
    known["geoname"].close()
    assert capsys.readouterr().out.split("\n")[:2] == ["Written(added=4, changed=0, same=0)", "['甲乙寨']"]


def test_every_script_it_names_is_there():
    for script in re.findall(r"python (scripts/\w+\.py)", PAGE.read_text(encoding="utf-8")):
        assert (PAGE.parents[1] / script).is_file()
