"""Each script remakes its committed file byte for byte; what npm must fetch is skipped when it cannot."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
NOT_AT_HAND = 4
DATA_SCRIPTS = (
    "build_characters",
    "build_divisions",
    "build_history",
    "build_manifest",
    "build_neighbours",
    "build_populated_places",
    "build_readings",
    "build_sources",
    "build_spellings",
)


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="module")
def tarballs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first script that fetches a package leaves it for the others."""
    return tmp_path_factory.mktemp("tarballs")


@pytest.mark.parametrize("script", DATA_SCRIPTS)
def test_a_script_makes_what_is_committed(script: str, tarballs: Path) -> None:
    called = subprocess.run(
        [sys.executable, SCRIPTS / f"{script}.py", "--check", "--packages", tarballs],
        capture_output=True,
        text=True,
        check=False,
    )
    if called.returncode == NOT_AT_HAND:
        pytest.skip(called.stderr.strip())
    assert called.returncode == 0, called.stderr


def test_an_id_is_kept_whatever_comes_new() -> None:
    kept_ids = module("kept_ids")
    first = kept_ids.KeptIds("file", {})
    before = {code: first.get("id", code) for code in ("52", "5201", "5202")}
    again = kept_ids.KeptIds("file", {("id", code): id_ for code, id_ in before.items()})
    new = again.get("id", "5203")
    assert {code: again.get("id", code) for code in before} == before
    assert new not in before.values()


def test_ids_made_afresh_are_the_same_again() -> None:
    kept_ids = module("kept_ids")
    made = [kept_ids.KeptIds("file", {}).get("id", "52") for _ in range(2)]
    assert made[0] == made[1]
    assert made[0] != kept_ids.KeptIds("another", {}).get("id", "52")
