"""`geoname export boundaries`: what it writes is what other programs read."""

import pyogrio


def test_the_counties_of_a_prefecture_are_read_back(geoname, tmp_path):
    file = tmp_path / "counties.gpkg"
    ran = geoname("--json", "export", "boundaries", str(file), "--within", "5201")
    assert ran.code == 0, ran.err
    read = pyogrio.read_dataframe(file)
    assert ran.json["features"] == len(read) == 10
    assert "花溪区" in set(read["name"])
    assert set(read["edition"]) == {"tianditu"}
    assert all("unreviewed" in note for note in read["map_note"])


def test_lines_are_labelled_derived(geoname, tmp_path):
    file = tmp_path / "lines.geojson"
    assert geoname("export", "boundaries", str(file), "--what", "lines", "--within", "52").code == 0
    read = pyogrio.read_dataframe(file)
    assert len(read) == 228 + 70
    assert set(read["origin"]) == {"derived"}


def test_an_unknown_ending_names_the_known_ones_and_writes_nothing(geoname, tmp_path):
    ran = geoname("--language", "en", "export", "boundaries", str(tmp_path / "counties.dwg"))
    assert ran.code == 2
    assert ".gpkg" in ran.err
    assert list(tmp_path.glob("counties*")) == []


def test_an_export_says_whether_the_edition_is_of_the_day(geoname, tmp_path):
    for day, exact in (("2024-06-01", True), ("2015-01-01", False)):
        file = tmp_path / f"{day}.parquet"
        ran = geoname("--json", "export", "boundaries", str(file), "--within", "5201", "--on", day)
        assert (ran.code, ran.json["exact"], ran.json["features"]) == (0, exact, 10), ran.err
    assert geoname("export", "boundaries", str(tmp_path / "a.csv"), "--on", "2015").code == 2
