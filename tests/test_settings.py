"""Settings are read once, checked, and each wrong one is told with its name and what it may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.errors import InvalidInputError
from geoname.settings import DEFAULT_DATABASE, VARIABLES, Limits, Settings, read_settings

NUMBERS = [name for name in VARIABLES if name.startswith("GEONAME_MAX_")] + ["PORT", "GEONAME_WORKERS"]


def test_nothing_set_gives_the_defaults():
    settings = read_settings({})
    assert settings == Settings()
    assert settings.database == DEFAULT_DATABASE
    assert settings.limits == Limits()
    assert settings.host == "127.0.0.1"  # nobody outside is served unless it is asked for


def test_every_variable_is_read():
    values = {
        "GEONAME_DATABASE": "/data/names.gpkg",
        "GEONAME_CACHE": "/cache",
        "GEONAME_FILES": "/files",
        "GEONAME_WORD_LISTS": "/words.csv",
        "GEONAME_NAMING_RULES": "/rules.csv",
        "GEONAME_INSPECTION_TERMS": "/terms.csv",
        "HOST": "0.0.0.0",
        "PORT": "8080",
        "GEONAME_WORKERS": "4",
        "GEONAME_LANGUAGE": "en",
        "GEONAME_SHORTEST_LINE_M": "1000",
        "GEONAME_COUNTY_LINE_CODE": "{a4}{b4}",
        "GEONAME_MARKER_OFF_M": "2.5",
        "GEONAME_TRACK_TOLERANCE_M": "25",
        "GEONAME_TRACK_STEP_M": "100",
        "GEONAME_TRACK_PAUSE_S": "60",
        "GEONAME_SURVEY_LIMIT_M": "2.5",
        **{name: "3" for name in VARIABLES if name.startswith("GEONAME_MAX_")},
    }
    for name in VARIABLES:
        assert read_settings({name: values[name]}) != read_settings({}), name
    settings = read_settings(values)
    assert (settings.host, settings.port, settings.workers, settings.language) == ("0.0.0.0", 8080, 4, "en")
    assert (settings.cache, settings.files) == (Path("/cache"), Path("/files"))
    assert (settings.word_lists, settings.naming_rules) == (Path("/words.csv"), Path("/rules.csv"))
    assert settings.inspection_terms == Path("/terms.csv")
    assert settings.limits.query_length == 3
    assert (settings.shortest_line_m, settings.county_line_code, settings.marker_off_m) == (
        1000.0, "{a4}{b4}", 2.5,
    )  # fmt: skip


@pytest.mark.parametrize("written", ["-1", "many", "nan", "inf", "1e9"])
@pytest.mark.parametrize(
    "name",
    ["GEONAME_SHORTEST_LINE_M", "GEONAME_MARKER_OFF_M", "GEONAME_TRACK_TOLERANCE_M", "GEONAME_TRACK_PAUSE_S"],
)
def test_metres_are_metres(name, written):
    with pytest.raises(InvalidInputError, match=name):
        read_settings({name: written})


@pytest.mark.parametrize(
    "name",
    ["GEONAME_TRACK_TOLERANCE_M", "GEONAME_TRACK_STEP_M", "GEONAME_TRACK_PAUSE_S", "GEONAME_SURVEY_LIMIT_M"],
)
def test_what_is_held_against_is_more_than_nothing(name):
    with pytest.raises(InvalidInputError, match=name):
        read_settings({name: "0"})


def test_no_other_variable_matters():
    assert read_settings({"GEONAME_PORT": "9", "DATABASE": "x", "geoname_database": "x"}) == read_settings({})


def test_the_database_given_goes_before_the_environment():
    assert read_settings({"GEONAME_DATABASE": "a.gpkg"}, database="b.gpkg").database == "b.gpkg"
    assert read_settings({"GEONAME_DATABASE": "a.gpkg"}, database=None).database == "a.gpkg"


def test_indexes_and_attachments_lie_beside_the_database():
    settings = read_settings({"GEONAME_DATABASE": "/data/guizhou/names.gpkg"})
    assert settings.cache == Path("/data/guizhou/cache")
    assert settings.files == Path("/data/guizhou/files")


def test_beside_a_server_there_is_no_folder():
    settings = read_settings({"GEONAME_DATABASE": "postgresql://user@host/names"})
    assert settings.cache == Path("var/cache")
    assert settings.files == Path("var/files")


@pytest.mark.parametrize("name", VARIABLES)
def test_an_empty_variable_counts_as_unset(name):
    assert read_settings({name: ""}) == read_settings({})


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize(
    "written", ["0", "-1", "1.5", "many", "1e3", " 8", "8 ", "٨", "９", "+8", "0x10", "9" * 5000, "1_000"]
)
def test_what_is_no_whole_number_is_told_with_its_name(name, written):
    with pytest.raises(InvalidInputError) as refused:
        read_settings({name: written})
    assert refused.value.field == name
    assert name in refused.value.message
    assert name in refused.value.zh
    assert "whole number" in refused.value.message
    assert refused.value.zh != refused.value.message


def test_a_port_is_a_port():
    assert read_settings({"PORT": "65535"}).port == 65535
    with pytest.raises(InvalidInputError, match="65535"):
        read_settings({"PORT": "65536"})


def test_a_language_that_is_not_spoken_is_told_those_that_are():
    with pytest.raises(InvalidInputError, match="zh or en"):
        read_settings({"GEONAME_LANGUAGE": "fr"})


@pytest.mark.parametrize("address", ["a\0b", "\0"])
def test_a_nul_in_the_database_is_refused(address):
    with pytest.raises(InvalidInputError, match="GEONAME_DATABASE"):
        read_settings({"GEONAME_DATABASE": address})


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(AttributeError):
        read_settings({}).port = 1


@given(st.dictionaries(st.sampled_from([*VARIABLES]), st.text(max_size=12)))
def test_any_environment_is_read_or_refused_by_name(values):
    named = None
    try:
        settings = read_settings(values)
    except InvalidInputError as refused:
        named = refused.field
    if named is not None:
        assert named in values
    else:
        assert 1 <= settings.port <= 65535
        assert settings.language in ("zh", "en")
