"""Lists, tables and changes of divisions typed as commands, and the examples of the page about them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geoname.faces.cli.main import run
from geoname.service import opened

PAGE = Path(__file__).resolve().parents[3] / "docs" / "division-changes.md"
LIST = "code,name\n520111,花溪区\n520111009,党武街道\n520111101,青岩镇\n520111199,虚构镇\n"
CHANGES = (
    "year,old_code,old_name,reason,new_code,new_name,approval_doc\n"
    "2021,520111103,党武镇,撤镇设街道,520111009,党武街道,黔府函〔2021〕27号\n"
    "2019,522390100,顶效镇,撤销镇,,,黔府函〔2019〕67号\n"
)


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def register(small):
    return small(townships=("5201",))


@pytest.fixture
def geoname(register, monkeypatch, capsysbinary, tmp_path):
    """Run a command over a small register, kept open, in a folder of its own."""
    monkeypatch.delenv("GEONAME_LANGUAGE", raising=False)
    monkeypatch.setenv("GEONAME_DATABASE", register.store.info().address)
    monkeypatch.setattr(opened, "open_geoname", lambda *_, **__: register)
    monkeypatch.setattr(register, "close", lambda: None)
    monkeypatch.chdir(tmp_path)

    def command(*words):
        capsysbinary.readouterr()
        code = run(words)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return command


def put(name, text, definition=None):
    Path(name).write_text(text, encoding="utf-8")
    if definition is not None:
        Path(f"{name}.toml").write_text(definition, encoding="utf-8")


def test_a_list_is_previewed_and_loaded_with_its_rejects(geoname):
    put("list.csv", LIST, blocks("toml")[0])
    code, out, err = geoname("load", "divisions", "list.csv", "--dry-run")
    assert code == 1
    assert "dry_run" in out
    assert "虚构镇" in out
    assert "list.csv.rejects.csv" in err
    assert "虚构镇" in Path("list.csv.rejects.csv").read_text(encoding="utf-8-sig")
    code, out, _ = geoname("load", "divisions", "list.csv", "--json", "--rejects", "r.csv")
    assert (code, json.loads(out)["status"]) == (1, "loaded")
    assert Path("r.csv").exists()
    assert geoname("divisions", "show", "520111009", "--scheme", "mca")[1].startswith("名称")
    code, _, err = geoname("divisions", "show", "520111009")
    assert code == 2
    assert "--scheme mca" in err


def test_a_table_of_changes_is_loaded_and_what_it_lacks_is_told(geoname):
    definition = blocks("toml")[0] + blocks("toml")[1]
    put("changes.csv", CHANGES, definition)
    code, out, _ = geoname("load", "changes", "changes.csv", "--language", "en")
    assert code == 1
    assert "replace 1" in out
    assert "顶效镇" in out
    assert "党武街道" in geoname("divisions", "history", "520111103")[1]
    code, out, _ = geoname("divisions", "show", "520111103")
    assert (code, "党武街道 (whole, 2021, 黔府函〔2021〕27号)" in out) == (0, True)


def test_a_definition_is_wanted(geoname):
    put("list.csv", LIST)
    code, out, err = geoname("load", "divisions", "list.csv")
    assert (code, out) == (2, "")
    assert "list.csv.toml" in err
    assert geoname("load", "divisions", "nothing.csv", "--definition", "nothing.toml")[0] == 3


def test_the_change_of_the_page_is_previewed_done_listed_and_undone(geoname):
    put("change.toml", blocks("toml")[2])
    code, out, _ = geoname("divisions", "change", "change.toml", "--dry-run")
    assert code == 0
    for word in ("预演", "麦坪街道", "520111013", "2027-03-01", "麦坪村"):
        assert word in out
    code, out, _ = geoname("divisions", "change", "change.toml", "--json")
    done = json.loads(out)
    assert (code, done["state"]) == (0, "done")
    assert done["done_by"]
    assert not done["done_by"].startswith("token:")
    assert done["id"] in geoname("divisions", "changes")[1]
    assert "done" in geoname("divisions", "show-change", done["id"], "--language", "en")[1]
    code, out, _ = geoname("divisions", "undo", done["id"])
    assert code == 0
    assert "已撤回" in out
    assert geoname("divisions", "undo", done["id"])[0] == 3


@pytest.fixture(scope="module")
def counties(small):
    return small(townships=("5203",), villages="520322")


def test_the_changes_of_counties_of_the_page_are_previewed_done_and_undone(geoname, counties, monkeypatch):
    monkeypatch.setenv("GEONAME_DATABASE", counties.store.info().address)
    monkeypatch.setattr(opened, "open_geoname", lambda *_, **__: counties)
    monkeypatch.setattr(counties, "close", lambda: None)
    put("county.toml", blocks("toml")[3])
    code, out, _ = geoname("divisions", "change", "county.toml", "--dry-run")
    assert code == 0
    for word in ("桐梓区", "520305", "257", "520305001", "改属的乡级区划"):
        assert word in out
    code, out, _ = geoname("divisions", "change", "county.toml", "--json")
    done = json.loads(out)
    assert (code, done["state"], done["codes_below"]["count"]) == (0, "done", 257)
    assert "520305001" in geoname("divisions", "show-change", done["id"])[1]
    assert "桐梓区" in geoname("divisions", "history", "520322")[1]
    assert geoname("divisions", "undo", done["id"])[0] == 0
    put("split.toml", blocks("toml")[4])
    code, out, _ = geoname("divisions", "change", "split.toml", "--dry-run", "--language", "en")
    assert code == 1
    assert "townships missing" in out
    code, _, err = geoname("divisions", "change", "split.toml")
    assert code == 2
    assert "未归属的乡级区划" in err
    put("split.toml", blocks("toml")[4].replace("国务院", "贵州省人民政府"))
    assert "不能办理" in geoname("divisions", "change", "split.toml", "--dry-run")[1]


def test_a_change_may_be_written_in_options(geoname):
    words = (
        "--operation split --document 黔府函〔2026〕2号 --authority 贵州省人民政府 --approved_on 2026-03-01"
    )
    words = [*words.split(), "--scheme", "nbs", "--from", "520111104"]
    to = '[{"name": "麦坪街道", "villages": ["麦坪村"]}, {"name": "新麦镇"}]'
    code, out, _ = geoname("divisions", "change", *words, "--to", to, "--dry-run")
    assert code == 1
    assert "ADJ-3" in out
    code, _, err = geoname("divisions", "change", *words, "--to", to)
    assert code == 2
    assert "未归属" in err


@pytest.mark.parametrize(
    ("words", "code"),
    [(("divisions", "change", "nothing.json"), 3), (("divisions", "change", "bad.toml"), 2),
     (("divisions", "change"), 2), (("divisions", "undo", "nothing"), 3), (("divisions", "successors"), 2)],
)  # fmt: skip
def test_wrong_use_is_told_in_one_line(geoname, words, code):
    put("bad.toml", "operation = ")
    got, out, err = geoname(*words)
    assert (got, out) == (code, "")
    assert err.startswith("geoname: ")
    assert err.count("\n") == 1


def test_successors_of_one_and_of_many(geoname):
    code, out, _ = geoname("divisions", "successors", "520321", "--from", "2015-01-01", "--to", "2024-01-01")
    assert code == 0
    assert "播州区" in out
    assert "国函〔2016〕56号" in out
    put("codes.json", '{"items": [{"code": "520321"}, {"code": "529999"}]}')
    code, out, _ = geoname(
        "divisions", "successors", "--items", "codes.json", "--from", "2015-01-01", "--to", "2024-01-01"
    )
    assert code == 1
    assert "529999" in out
