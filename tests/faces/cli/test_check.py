"""geoname check and geoname audit-register: what is written for people and programs, and the exit code."""

import json

import pytest

from geoname.faces.cli.main import run


@pytest.fixture
def told(loaded, monkeypatch, capsysbinary):
    """Run a command over the shipped data: its exit code, output and error line."""
    monkeypatch.setenv("GEONAME_DATABASE", str(loaded / "geoname.gpkg"))
    monkeypatch.setenv("GEONAME_CACHE", str(loaded / "cache"))

    def ask(*words):
        code = run(words)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return ask


def test_findings_give_exit_code_one_and_their_law(told):
    code, out, _ = told("check", "龙场镇", "--class", "21500", "--within", "520524")
    assert code == 1
    assert "结论  阻止" in out
    assert "《地名管理条例》第9条第(8)项 [full_text] 2022-05-01–" in out
    assert "缺少依据、未作判断" in out


def test_a_sound_name_gives_zero(told):
    code, out, _ = told("check", "青竹路", "--class", "21800", "--within", "520111", "--language", "en")
    assert code == 0
    assert "verdict   clear" in out


def test_programs_get_what_http_gives(told):
    code, out, _ = told("check", "中央首府", "--class", "22100", "--json")
    assert code == 1
    assert {each["rule"] for each in json.loads(out)["findings"]} >= {"BIG-2", "BIG-4"}


def test_a_wrong_option_is_named(told):
    code, _, err = told("check", "沿河路", "--class", "9z")
    assert code == 2
    assert "--class" in err


def test_the_register_is_counted_for_people(told):
    code, out, _ = told("audit-register", "--within", "520111")
    assert code == 0
    assert "A9-8b" in out
    assert "若为新名" in out


def test_one_rule_is_listed(told):
    code, out, _ = told("audit-register", "--within", "520111", "--rule", "A9-8a")
    assert code == 0
    assert "花溪区石板镇\t与贵州省内已有地名重名：贵州省遵义市播州区石板镇" in out


def test_programs_get_a_line_for_each_finding(told):
    code, out, _ = told("audit-register", "--within", "520111", "--rule", "Q-3", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(rows) > 200
    assert {row["finding"]["rule"] for row in rows} == {"Q-3"}


def test_an_unknown_division_fails(told):
    code, _, err = told("audit-register", "--within", "999999")
    assert code == 3
    assert "999999" in err
