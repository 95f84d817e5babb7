"""Naming procedures typed as commands: the same steps, what is told, and the exit codes."""

from __future__ import annotations

import pytest

from geoname.faces.cli.main import run

APPROVAL = ("--authority", "花溪区人民政府", "--approver", "government")
PAPERS = ("--papers", "application,plan,description", "--papers", "experts,opinions,assessment")


@pytest.fixture
def command(guizhou_copy, tmp_path, monkeypatch, capsysbinary, geoname):
    """Run a command over a database of the test's own."""

    def ran(*words):
        return geoname(*words, "--database", str(tmp_path / "geoname.gpkg"))

    monkeypatch.setenv("GEONAME_CACHE", str(tmp_path / "cache"))
    return ran


def test_a_name_goes_its_way_by_commands(command):
    place = ("--class", "21800", "--within", "520111")
    made = command(
        "names", "propose", "青云路", *place, "--reason", "新建", "--position", "东起贵筑路", "--json"
    )
    assert (made.code, made.json["name"]["name"]["status"]) == (0, "proposed")
    id_ = made.json["id"]
    without = command("names", "approve", id_, *APPROVAL)
    assert (without.code, "--papers" in without.err) == (2, True)
    early = command("names", "file", id_)
    assert (early.code, "不能备案" in early.err) == (3, True)
    approved = command("names", "approve", id_, *APPROVAL, *PAPERS, "--document", "花府函1号")
    assert (approved.code, "花府函1号" in approved.out) == (0, True)
    due = command("names", "deadlines")
    assert (due.code, "报送备案" in due.out, "第13条" in due.out) == (0, True, True)
    assert command("names", "deadlines", "--on", "2999-01-01").code == 1
    assert command("names", "announce", id_).code == command("names", "file", id_).code == 0
    stale = command("names", "correct", id_, "--version", "1", "--reason", "r", "--origin", "o")
    assert (stale.code, "重新读取" in stale.err) == (3, True)
    assert command("names", "correct", id_, "--version", "4", "--reason", "r", "--origin", "o").code == 0
    renamed = command(
        "names", "rename", id_, "--name", "青云大道", *APPROVAL, *PAPERS,
        "--cause", "construction", "--reason", "拓宽", "--json",
    )  # fmt: skip
    assert (renamed.code, renamed.json["predecessors"][0]["id"]) == (0, id_)
    assert command("names", "retire", renamed.json["id"], "--reason", "拆除").code == 0
    assert "historical" in command("names", "procedure", id_).out
    assert "root" in command("names", "history", id_).out or command("names", "history", id_).code == 0
    assert command("db", "verify").code == 0


def test_a_blocked_name_is_refused_until_it_is_decided(command):
    case = ("--class", "22100", "--within", "520111")
    refused = command("names", "propose", "洛杉矶城", *case, "--reason", "r")
    assert (refused.code, "A9-5" in refused.err) == (3, True)
    found = command("check", "洛杉矶城", *case, "--json").json["findings"]
    for one in found:
        decided = command(
            "findings", "decide", one["id"], "--outcome", "overruled", "--reason", "历史形成",
            "--name", "洛杉矶城", *case,
        )  # fmt: skip
        assert (decided.code, "历史形成" in decided.out) == (0, True), decided.err
    assert "可用" in command("check", "洛杉矶城", *case).out
    assert "洛杉矶城" in command("findings", "list", "--state", "decided").out
    assert found[0]["rule"] in command("findings", "show", found[0]["id"]).out
    assert command("names", "propose", "洛杉矶城", *case, "--reason", "r").code == 0


def test_the_matrix_in_both_languages(geoname):
    assert "由省里规定" in geoname("names", "matrix").out
    english = geoname("names", "matrix", "--class", "22100", "--language", "en").out
    assert "filing" in english


@pytest.mark.parametrize("step", ["approve", "file", "announce", "rename", "retire", "correct", "propose"])
def test_each_step_explains_itself(step, capsys):
    assert run(["names", step, "--help"]) == 0
    assert "--" in capsys.readouterr().out
