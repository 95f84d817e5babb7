"""`geoname db …` over PostgreSQL: the same commands, and no password in anything that is written."""

from __future__ import annotations

import json
import os
from contextlib import closing
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from geoname.core.register.provenance import Source
from geoname.faces.cli.main import run
from geoname.store.open_store import open_store

SECRET = "ganz-geheim-Wort"


@pytest.fixture
def on_server(monkeypatch, tmp_path):
    """An empty schema, named to the command line with a password that nothing may show."""
    postgres, name = os.environ["GEONAME_TEST_POSTGRES"], f"geoname_test_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        place = f"{connection.info.host}:{connection.info.port}/{connection.info.dbname}"
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{SECRET}'")
        connection.execute(f"CREATE SCHEMA {name} AUTHORIZATION {name}")
    options = quote(f"-csearch_path={name},public", safe="")
    address = f"postgresql://{name}:{SECRET}@{place}?options={options}"
    monkeypatch.setenv("GEONAME_DATABASE", address)
    monkeypatch.setenv("GEONAME_CACHE", str(tmp_path / "cache"))
    yield address
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE")
        connection.execute(f"DROP OWNED BY {name}")
        connection.execute(f"DROP ROLE {name}")


@pytest.fixture
def file(tmp_path) -> str:
    """A database in a file that holds a little."""
    address = str(tmp_path / "old.gpkg")
    with closing(open_store(address, create=True)) as store, store.writing("test", "a little") as writer:
        writer.put_source(Source("s", "来源", "局", "here", "MIT", "", None, "ab"))
        writer.record("tally", "counted")
        writer.record("tally", "counted")
    return address


@pytest.fixture
def command(capsys):
    """Run a command; its exit code and what it wrote. Nothing may show the password."""

    def go(*words: str) -> tuple[int, str, str]:
        code = run([*words])
        out, err = capsys.readouterr()
        assert SECRET not in out + err
        return code, out, err

    return go


@pytest.mark.postgres
def test_a_database_is_moved_looked_at_backed_up_and_restored(on_server, command, file, tmp_path):
    code, out, _ = command("db", "move", file, on_server, "--json")
    report = json.loads(out)
    assert code == 0
    assert ":***@" in report["target"]
    assert {one["table"]: one["rows"] for one in report["tables"]}["audit"] == 2
    code, out, _ = command("db", "info")
    assert code == 0
    assert ":***@" in out
    assert "postgis" in out
    assert command("db", "upgrade")[0] == 0
    assert command("db", "verify")[0] == 0
    backup = tmp_path / "b.gpkg"
    assert command("db", "backup", str(backup))[0] == 0
    assert command("db", "restore", str(backup))[0] == 0
    code, _, err = command("db", "move", str(backup), on_server, "--language", "en")
    assert code == 2
    assert "holds data already" in err
    code, out, _ = command("doctor")
    assert code == 1
    assert ":***@" in out


@pytest.mark.postgres
def test_what_fails_is_told_in_one_line(on_server, command, tmp_path):
    for words in (["db", "info"], ["search", "贵阳"], ["db", "move", on_server, str(tmp_path / "new.gpkg")]):
        code, _, err = command(*words, "--language", "en")
        assert code == 3
        assert "geoname load guizhou" in err
        assert len(err.splitlines()) == 1
    code, out, _ = command("doctor")
    assert code == 1
    assert ":***@" in out
    assert not (tmp_path / "new.gpkg").exists()


def test_a_file_is_moved_to_a_file_in_words_too(command, file, tmp_path):
    code, out, err = command("db", "move", file, str(tmp_path / "b" / "new.gpkg"))
    assert (code, err) == (0, "")
    assert "每张表都相同" in out
    assert "place" in out
