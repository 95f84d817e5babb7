"""`geoname validate` over the shipped data: the answers of the matcher, beside rows that stay."""

import csv
import json

import distributed
import pytest

from geoname.faces.cli.session import Session
from geoname.faces.cli.validate import bar_text

TEXTS = [
    "贵州省贵阳市花溪区青岩镇",
    "贵州省遵义县南白镇",
    "花溪青岩龙井",
    "",
    "毕节地区威宁县",
    "花溪区青严镇",
    "龙场镇",
    "=HYPERLINK(1)",
]


@pytest.fixture
def run(geoname):
    """Run a command whose words need not be text."""
    return lambda *words: geoname(*map(str, words))


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["编号", "地名"], *([number, text] for number, text in enumerate(TEXTS))])
    return path


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def test_a_table_is_validated(run, table, tmp_path, guizhou):
    ran = run("validate", table, "-o", tmp_path / "out.csv", "--language", "en")
    assert ran.code == 1, ran.err
    rows = rows_of(tmp_path / "out.csv")
    assert [row["地名"] for row in rows] == TEXTS
    statuses = [row["geoname_status"] for row in rows]
    assert statuses[:6] == ["standard", "corrected", "corrected", "invalid", "corrected", "corrected"]
    assert rows[1]["geoname_path"] == "贵州省/遵义市/播州区/南白街道"
    assert rows[1]["geoname_code"] == "520304001"
    assert "former_division: 遵义县 → 播州区" in rows[1]["geoname_steps"]
    assert statuses[6] == "ambiguous"
    assert "may be: 贵州省/" in rows[6]["geoname_findings"]
    # The same answer as one at a time.
    matcher = guizhou.live().matcher()
    for text, row in zip(TEXTS, rows, strict=True):
        match = matcher.match(text)
        assert match.status == row["geoname_status"], text
        assert (match.standard.name if match.standard else "") == row["geoname_name"]
        assert len([each for each in row["geoname_steps"].split("; ") if each]) == len(match.steps)


def test_summary_and_report_stand_beside_the_output(run, table, tmp_path):
    ran = run("--json", "validate", table, "-o", tmp_path / "out.csv")
    assert ran.json["rows"] == len(TEXTS)
    kept = json.loads((tmp_path / "out.csv.summary.json").read_text(encoding="utf-8"))
    assert kept == ran.json
    assert kept["statuses"]["corrected"] == 4
    assert "地名核查报告" in (tmp_path / "out.csv.report.html").read_text(encoding="utf-8")


def test_all_standard_is_exit_code_nought(run, tmp_path):
    (tmp_path / "in.csv").write_text("地名\n贵州省贵阳市花溪区\n贵州省\n", encoding="utf-8")
    assert run("validate", tmp_path / "in.csv", "-o", tmp_path / "out.csv").code == 0


@pytest.mark.parametrize("within", ["520304", "区"])
def test_a_name_outside_its_stated_division_is_a_finding(run, tmp_path, within):
    (tmp_path / "in.csv").write_text("地名,区\n贵州省贵阳市花溪区青岩镇,520304\n", encoding="utf-8")
    words = [
        "validate",
        tmp_path / "in.csv",
        "-o",
        tmp_path / "out.csv",
        "--within",
        within,
        "--language",
        "en",
    ]
    assert run(*words).code == 1
    assert "outside the stated division" in rows_of(tmp_path / "out.csv")[0]["geoname_findings"]


def test_a_point_elsewhere_is_a_finding(run, tmp_path):
    # The first point lies in 花溪区, the second in 播州区, the third in the sea, the fourth is none.
    points = ["106.68,26.41", "106.8,27.5", "125,20", "x,26"]
    lines = [f"贵州省贵阳市花溪区,{point}" for point in points]
    (tmp_path / "in.csv").write_text("地名,经,纬\n" + "\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    ran = run("validate", tmp_path / "in.csv", "-o", out, "--lon", "经", "--lat", "纬", "--language", "en")
    assert ran.code == 1, ran.err
    findings = [row["geoname_findings"] for row in rows_of(out)]
    assert "elsewhere" not in findings[0]
    assert "the point lies elsewhere" in findings[1]
    assert "in no loaded division" in findings[2]
    assert "row 4, column 经 (x)" in findings[3]


def test_names_not_registered_are_held_against_the_naming_rules(run, tmp_path):
    (tmp_path / "in.csv").write_text("地名\n曼哈顿小区\n贵州省贵阳市花溪区\n", encoding="utf-8")
    words = ["validate", tmp_path / "in.csv", "--language", "en", "-o"]
    assert run(*words, tmp_path / "plain.csv").code == 1
    assert "rule" not in rows_of(tmp_path / "plain.csv")[0]["geoname_findings"]
    ran = run(*words, tmp_path / "ruled.csv", "--class", "22200")
    assert ran.code == 1, ran.err
    first, second = rows_of(tmp_path / "ruled.csv")
    assert first["geoname_status"] == "unknown"
    assert "naming rule" in first["geoname_findings"]
    assert second["geoname_findings"] == ""
    assert run(*words, tmp_path / "no.csv", "--class", "x").code == 2


def test_workers_write_the_same_bytes(run, table, tmp_path):
    for output, workers in (("one.csv", 1), ("two.csv", 2)):
        assert run("validate", table, "-o", tmp_path / output, "--workers", workers).code == 1
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


@pytest.mark.xdist_group("cluster")
@pytest.mark.filterwarnings("default::ResourceWarning")
@pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning")
def test_a_cluster_writes_the_same_bytes(run, table, tmp_path):
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        ran = run("validate", table, "-o", tmp_path / "far.csv", "--dask", cluster.scheduler_address)
        assert ran.code == 1, ran.err
    assert run("validate", table, "-o", tmp_path / "near.csv").code == 1
    assert (tmp_path / "far.csv").read_bytes() == (tmp_path / "near.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--column", "名称"], 2, "编号, 地名"),
        (["--within", "999999"], 3, "999999"),
        (["--lon", "编号"], 2, "--lat"),
        (["--crs", "epsg:4214"], 2, "Beijing"),
        (["--on", "yesterday"], 2, "--on"),
        (["--delimiter", "ab"], 2, "one character"),
    ],
)
def test_wrong_use_is_told_in_one_line(run, table, tmp_path, words, code, said):
    ran = run("validate", table, "-o", tmp_path / "out.csv", "--language", "en", *words)
    assert ran.code == code
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out.csv").exists()


def test_the_bar_says_share_rate_and_remaining_time():
    text = bar_text(Session("en"), 25, 100, 50_000, (20, 40_000), 10.0)
    assert text == "[######..................] 25% 50,000 · 4,000 rows/s 0:38 left"
    assert "约剩 2:05:00" in bar_text(Session("zh"), 1, 76, 10, (1, 10), 100.0)
    assert bar_text(Session("en"), 0, 0, 0, (0, 0), 0.0).endswith("100% 0 · 0 rows/s")
