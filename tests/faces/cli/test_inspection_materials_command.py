"""Field materials on the command line: files in, files out, decisions, exit codes, documented examples."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from geoname.faces.cli.main import run
from geoname.faces.cli.session import DONE, FAILED, FINDINGS, WRONG_USE
from geoname.service import opened

ROOT = Path(__file__).parents[3]
_path = ROOT / "tests" / "service" / "field" / "conftest.py"
_spec = importlib.util.spec_from_file_location("field_case", _path)
_case = importlib.util.module_from_spec(_spec)
sys.modules["field_case"] = _case
_spec.loader.exec_module(_case)
field_database, field = _case.field_database, _case.field
BASE = {"day": "2026-04-02", "present_a": "张三", "present_b": "李四"}


@pytest.fixture
def ask(field, capsys, monkeypatch, tmp_path):
    """Runs a command over the database of the case; exit code, output, errors."""
    address = field.geoname.store.info().address
    monkeypatch.setenv("GEONAME_DATABASE", address)
    # Opened once: what a command costs to open is not what is tried here.
    monkeypatch.setattr(opened, "open_geoname", lambda *_, **__: field.geoname)
    monkeypatch.setattr(field.geoname, "close", lambda: None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "walk.gpx").write_bytes(field.gpx(0.0, 0.5))
    (tmp_path / "photo.jpg").write_bytes(field.photo(106.5, 26.5))
    place = field.geoname.store.marker(f"{field.case.line_id}:001Q").position
    (tmp_path / "survey.csv").write_text(f"number,lon,lat\n001Q,{place.lon},{place.lat}\n")

    def asked(words):
        capsys.readouterr()
        code = run([*shlex.split(words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return asked


def fill(file, changes):
    with file.open(encoding="utf-8-sig", newline="") as given:
        rows = list(csv.reader(given))
    names = [heading.split()[-1] for heading in rows[0]]
    for row in rows[1:]:
        for name, text in changes.get(row[names.index("item")], {}).items():
            row[names.index(name)] = text
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)


def test_a_track_is_told_in_both_languages_and_as_json(ask, field):
    code, out, err = ask(f"inspections track {field.id} walk.gpx --side 520111 --tolerance 5")
    assert (code, err) == (DONE, "")
    assert "已放宽" in out
    assert "未走区段" in out
    code, out, _ = ask(f"inspections tracks {field.id} --language en")
    assert "together" in out
    assert "markers not passed: 003Q、004Q" in out
    code, out, _ = ask(f"inspections tracks {field.id} --json")
    assert json.loads(out)["together"]["not_passed"] == ["003Q", "004Q"]
    track = json.loads(out)["items"][0]["id"]
    code, out, _ = ask(f"inspections withdraw-track {field.id} {track} --reason 错 --side 520111")
    assert code == DONE
    assert "已撤回" in out


def test_a_photograph_goes_in_and_comes_out(ask, field, tmp_path):
    code, out, _ = ask(f"inspections attach {field.id} photo.jpg --side 520111 --subject marker:001Q --json")
    assert code == DONE
    kept = json.loads(out)["id"]
    assert "marker:001Q" in ask(f"inspections attachments {field.id}")[1]
    assert ask(f"inspections attachment {field.id} {kept} -o back.jpg")[0] == DONE
    assert (tmp_path / "back.jpg").read_bytes() == (tmp_path / "photo.jpg").read_bytes()
    code, _, err = ask(f"inspections attachment {field.id} {kept} -o back.jpg")
    assert code == WRONG_USE
    assert "back.jpg" in err


def test_many_photographs_go_in_at_once_and_stop_at_one_that_is_none(ask, field, tmp_path):
    for shade in range(3):
        (tmp_path / f"{shade}.jpg").write_bytes(field.photo(shade=shade))
    code, out, _ = ask(f"inspections attach {field.id} 0.jpg 1.jpg --side 520111 --json")
    assert code == DONE
    assert [one["filename"] for one in json.loads(out)["items"]] == ["0.jpg", "1.jpg"]
    code, _, err = ask(f"inspections attach {field.id} 0.jpg 2.jpg walk.gpx 1.jpg --side 520111")
    assert code == WRONG_USE
    assert "walk.gpx" in err
    assert [one.filename for one in field.geoname.store.attachments(field.id)] == ["0.jpg", "1.jpg", "2.jpg"]


def test_a_form_goes_out_comes_back_and_is_decided(ask, field, tmp_path):
    assert ask(f"inspections form {field.id} -o form.csv --side 520111")[0] == DONE
    assert ask(f"inspections form {field.id} -o form.gpkg --side 520111")[0] == DONE
    fill(tmp_path / "form.csv", {"marker:001Q": BASE | {"state": "损坏"}})
    code, out, _ = ask(f"inspections merge {field.id} form.csv --side 520111")
    assert code == DONE
    assert "写入 1 项" in out
    fill(tmp_path / "form.csv", {"marker:001Q": {"state": "丢失"}})
    code, out, _ = ask(f"inspections merge {field.id} form.csv --side 520111")
    assert code == FINDINGS
    assert "--take" in out
    assert field.file().record_of("marker:001Q").marker.state == "damaged"
    code, out, _ = ask(
        f"inspections merge {field.id} form.csv --side 520111 --take marker:001Q/state=mine --json"
    )
    assert code == DONE
    assert json.loads(out)["written"] == 1
    (tmp_path / "d.json").write_text('{"marker:001Q": {"*": "theirs"}}')
    assert ask(f"inspections merge {field.id} form.csv --side 520111 --decisions d.json")[0] == DONE
    assert field.file().record_of("marker:001Q").marker.state == "lost"


def test_measured_markers_are_told_and_found_wanting(ask, field, tmp_path):
    place = field.geoname.store.marker(f"{field.case.line_id}:001Q").position
    (tmp_path / "survey.csv").write_text(f"编号,经度,纬度\n001Q,{place.lon},{place.lat}\n")
    code, out, _ = ask(f"inspections survey {field.id} survey.csv --side 520111")
    assert code == DONE
    assert "相符" in out
    (tmp_path / "survey.csv").write_text(f"编号,经度,纬度\n001Q,{place.lon + 0.01},{place.lat}\n")
    code, out, _ = ask(f"inspections survey {field.id} survey.csv --side 520111 --language en")
    assert code == FINDINGS
    assert "1 findings to verify" in out


def test_report_and_archive_are_written(ask, field, tmp_path):
    for name in ("r.pdf", "r.docx"):
        assert ask(f"inspections report {field.id} -o {name}")[0] == DONE
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    assert ask(f"inspections archive {field.id} -o set")[0] == DONE
    for line in (tmp_path / "set" / "SHA256SUMS").read_text().splitlines():
        digest, path = line.split("  ")
        assert hashlib.sha256((tmp_path / "set" / path).read_bytes()).hexdigest() == digest
    assert ask(f"inspections archive {field.id} -o set.zip")[0] == DONE
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ("track {id} none.gpx --side 520111", FAILED, "none.gpx"),
        ("track {id} photo.jpg --side 520111", WRONG_USE, "XML"),
        ("track nope walk.gpx --side 520111", FAILED, "nope"),
        ("track {id} walk.gpx", FAILED, "--side"),
        ("track {id} walk.gpx --side 520111 --tolerance 0", WRONG_USE, "--tolerance"),
        ("attach {id} walk.gpx --side 520111", WRONG_USE, "JPEG"),
        ("attach {id} photo.jpg --side 520111 --subject nowhere", WRONG_USE, "nowhere"),
        ("form {id} -o form.doc --side 520111", WRONG_USE, "--format"),
        ("merge {id} walk.gpx --side 520111", WRONG_USE, "item"),
        ("merge {id} walk.gpx --side 520111 --take x", WRONG_USE, "--take"),
        ("merge {id} walk.gpx --side 520111 --decisions none.json", FAILED, "none.json"),
        ("report {id} -o photo.jpg", WRONG_USE, "photo.jpg"),
        ("archive {id} -o photo.jpg", WRONG_USE, "photo.jpg"),
    ],
)
def test_wrong_use_is_told_in_one_line(ask, field, words, code, says):
    got, out, err = ask("inspections " + words.format(id=field.id))
    assert got == code
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_the_commands_of_the_documentation_work(ask, field, tmp_path):
    page = (ROOT / "docs" / "field-work.md").read_text()
    block = re.search(r"```sh\n(.*?)```", page, re.DOTALL)
    lines = [line for line in block[1].splitlines() if line.startswith("geoname ")]
    assert len(lines) >= 8
    for line in lines:
        words = line.removeprefix("geoname ").split(" #")[0].replace("ID", field.id)
        code, _, err = ask(words)
        assert code == DONE, (line, err)
