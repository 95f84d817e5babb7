"""Loading, looking after and mending a database from the command line."""

from __future__ import annotations

import os
import pty
import shutil
import sqlite3
import subprocess
import sys
import threading

import pytest

from geoname.store.open_store import open_store


@pytest.fixture
def copied(loaded, tmp_path, monkeypatch):
    """The shipped data in a file of the test's own; the indexes of the original serve it."""
    path = tmp_path / "copied.gpkg"
    shutil.copy(loaded / "geoname.gpkg", path)
    return str(path)


def test_info_tells_what_is_there(geoname, loaded):
    info = geoname("db", "info", "--json").json
    assert info["info"]["rows"]["division"] > 20_000
    assert info["active_edition"] == "tianditu"
    assert info["info"]["address"].endswith("geoname.gpkg")
    said = geoname("db", "info").out
    assert "tianditu" in said
    assert "division" in said


def test_a_whole_database_is_verified(geoname):
    ran = geoname("db", "verify")
    assert (ran.code, ran.out) == (0, "完整无损\n")
    assert geoname("db", "verify", "--json").json == {"faults": []}


def test_a_database_that_was_tampered_with_is_told_with_exit_1(geoname, copied):
    with sqlite3.connect(copied) as connection:
        connection.execute("UPDATE audit SET actor = 'somebody else' WHERE rowid = 1")
    connection.close()
    ran = geoname("db", "verify", "--database", copied)
    assert ran.code == 1
    assert ran.err == ""
    assert len(geoname("db", "verify", "--database", copied, "--json").json["faults"]) >= 1


def test_backup_and_restore_bring_the_old_state_back(geoname, copied, tmp_path):
    backup = tmp_path / "backup.gpkg"
    made = geoname("db", "backup", str(backup), "--database", copied, "--json")
    assert made.json == {"backup": str(backup)}
    assert backup.stat().st_mode & 0o077 == 0
    before = geoname("db", "info", "--database", copied, "--json").json
    store = open_store(copied)
    with store.writing("test", "the other edition") as writer:
        writer.activate_edition("amap")
    store.close()
    changed = geoname("db", "info", "--database", copied, "--json").json
    assert changed["active_edition"] == "amap"
    restored = geoname("db", "restore", str(backup), "--database", copied)
    assert restored.code == 0, restored.err
    after = geoname("db", "info", "--database", copied, "--json").json
    assert after["active_edition"] == before["active_edition"] == "tianditu"
    assert after["info"]["rows"] == before["info"]["rows"]
    assert geoname("db", "verify", "--database", copied).code == 0


def test_a_backup_does_not_overwrite(geoname, tmp_path):
    target = tmp_path / "backup.gpkg"
    target.write_text("dear to somebody")
    ran = geoname("db", "backup", str(target))
    assert ran.code == 2
    assert str(target) in ran.err
    assert target.read_text() == "dear to somebody"


def test_what_is_no_backup_is_not_restored(geoname, copied, tmp_path):
    before = geoname("db", "info", "--database", copied, "--json").json
    (tmp_path / "noise").write_bytes(b"noise" * 10_000)
    for backup in ("noise", "nothing"):
        ran = geoname("db", "restore", str(tmp_path / backup), "--database", copied)
        assert ran.code in (2, 3)
        assert ran.err.count("\n") == 1
    assert geoname("db", "info", "--database", copied, "--json").json == before


def test_an_up_to_date_database_stays_as_it_is_when_upgraded(geoname, copied):
    version = geoname("db", "info", "--database", copied, "--json").json["info"]["schema_version"]
    assert geoname("db", "upgrade", "--database", copied, "--json").json == {"schema_version": version}
    assert version in geoname("db", "upgrade", "--database", copied).out


def test_the_doctor_finds_a_sound_machine_sound(geoname):
    ran = geoname("doctor", "--json")
    wrong = [finding for finding in ran.json["findings"] if not finding["ok"]]
    assert wrong == []
    assert ran.code == 0
    looked_at = {finding["what"] for finding in ran.json["findings"]}
    assert looked_at >= {"machine", "sqlite", "shipped data", "polygon package", "disk", "database", "index"}
    assert "✓" in geoname("doctor").out


def test_the_doctor_tells_a_missing_database_with_the_remedy(geoname, tmp_path):
    ran = geoname("doctor", "--database", str(tmp_path / "none.gpkg"))
    assert ran.code == 1
    assert "geoname load guizhou" in ran.out
    assert "✗" in ran.out
    assert not (tmp_path / "none.gpkg").exists()


def test_the_doctor_tells_a_file_that_others_may_read(geoname, copied):
    os.chmod(copied, 0o644)  # noqa: PTH101
    found = {one["what"]: one for one in geoname("doctor", "--database", copied, "--json").json["findings"]}
    assert not found["file mode"]["ok"]
    assert "chmod 600" in found["file mode"]["remedy"]


def test_loading_again_reports_that_nothing_changed_and_draws_on_a_terminal(copied, loaded):
    environment = {**os.environ, "GEONAME_DATABASE": copied, "GEONAME_CACHE": str(loaded / "cache")}
    at_once = (
        "import sys; from geoname.faces.cli import loading, main; loading._PATIENCE_S = 0; "
        "sys.exit(main.run(['load', 'guizhou']))"
    )
    ran, drawn = on_a_terminal([sys.executable, "-c", at_once], environment)
    assert ran.returncode == 0
    told = dict(line.split(maxsplit=1) for line in ran.stdout.splitlines())
    assert (told["新增"], told["更改"], told["启用的界线版本"]) == ("0", "0", "tianditu")
    for step, what in enumerate(("read", "polygons", "romanize", "write", "index")):
        assert f"] {step}/5 {what}" in drawn
    assert drawn.endswith("\r")  # the line is wiped away
    assert "\n" not in drawn


def on_a_terminal(words, environment):
    """Run with the standard error on a terminal; what was drawn on it."""
    ours, theirs = pty.openpty()
    drawn = []

    def watch():
        while True:
            try:
                drawn.append(os.read(ours, 4096))
            except OSError:  # the other end is closed
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    ran = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    watcher.join()
    os.close(ours)
    return ran, b"".join(drawn).decode()


def test_the_database_is_private(loaded):
    assert (loaded / "geoname.gpkg").stat().st_mode & 0o077 == 0
