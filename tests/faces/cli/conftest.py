"""The command line run in this process over the shipped data: exit code, what it wrote and complained of."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from geoname.faces.cli.main import run
from geoname.service import opened


@dataclass(frozen=True)
class Ran:
    """One run of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return orjson.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture
def geoname(monkeypatch, capsysbinary, loaded: Path, guizhou) -> Command:
    """Run a command; the database is the shipped data set, kept open, unless `--database` says otherwise."""
    for variable in ("GEONAME_LANGUAGE", "GEONAME_FILES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("GEONAME_DATABASE", str(loaded / "geoname.gpkg"))
    monkeypatch.setenv("GEONAME_CACHE", str(loaded / "cache"))
    opens = opened.open_geoname

    def kept_open(address: str, *rest, **more):
        return guizhou if address == str(loaded / "geoname.gpkg") else opens(address, *rest, **more)

    monkeypatch.setattr(opened, "open_geoname", kept_open)
    monkeypatch.setattr(guizhou, "close", lambda: None)

    def command(*words: str) -> Ran:
        capsysbinary.readouterr()
        code = run(words)
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return command


@pytest.fixture
def own_folder(guizhou_copy, tmp_path: Path) -> dict[str, str]:
    """The environment of a command over a copy of the shipped data that may be written to."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GEONAME_")}
    return kept | {
        "GEONAME_DATABASE": str(tmp_path / "geoname.gpkg"),
        "GEONAME_CACHE": str(tmp_path / "cache"),
        "GEONAME_FILES": str(tmp_path / "files"),
    }


@pytest.fixture
def own(monkeypatch, capsysbinary, own_folder: dict[str, str]) -> Iterator[Command]:
    """Run a command over that copy, kept open."""
    monkeypatch.delenv("GEONAME_LANGUAGE", raising=False)
    for variable in ("GEONAME_DATABASE", "GEONAME_CACHE", "GEONAME_FILES"):
        monkeypatch.setenv(variable, own_folder[variable])
    cache, files = (Path(own_folder[variable]) for variable in ("GEONAME_CACHE", "GEONAME_FILES"))
    kept = opened.open_geoname(own_folder["GEONAME_DATABASE"], cache, files)
    monkeypatch.setattr(opened, "open_geoname", lambda *_, **__: kept)
    close = kept.close
    monkeypatch.setattr(kept, "close", lambda: None)

    def command(*words: str) -> Ran:
        capsysbinary.readouterr()
        code = run(words)
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    yield command
    close()
