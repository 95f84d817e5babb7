"""Bad files are refused as they should be: some of them small here, all at full size with the script."""

import shutil
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
SMALL = ("nothing.xlsx", "bomb.xlsx", "long_line.csv")


@pytest.fixture
def trying(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    import try_bad_files

    yield try_bad_files
    sys.modules.pop("try_bad_files")


def test_bad_files_are_refused_in_little_time_and_memory(trying, loaded, tmp_path):
    shutil.copy(loaded / "geoname.gpkg", tmp_path)
    shutil.copytree(loaded / "cache", tmp_path / "cache")
    tried = trying.try_files(tmp_path, scale=0.03, wanted=SMALL)
    assert [one.name for one in tried] == list(SMALL)
    assert [one for one in tried if not one.as_wanted] == []
