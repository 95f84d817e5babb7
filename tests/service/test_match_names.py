"""Matching over the loaded register: codes, hints, what is shown."""

import time

import pytest

from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.match_names import MatchItem, match_many, match_one


def test_an_answer_has_the_agreed_shape(guizhou):
    found = match_one(guizhou, MatchItem("贵州省遵义县南白街道"))
    assert (found.status, found.standard.name, found.standard.code) == ("corrected", "南白街道", "520304001")
    assert found.standard.path == ("贵州省", "遵义市", "播州区", "南白街道")
    assert [(code.scheme, code.code, code.as_of) for code in found.standard.codes] == [
        ("nbs", "520304001", "2023-06-30")
    ]
    [step] = found.steps
    assert step == {
        "kind": "former_division",
        "from": "遵义县",
        "to": "播州区",
        "since": "2016-03-20",
        "basis": "国函〔2016〕56号",
    }


def test_what_is_not_recorded_is_left_out(guizhou):
    [step] = match_one(guizhou, MatchItem("贵阳")).steps
    assert step == {"kind": "abbreviation", "from": "贵阳", "to": "贵阳市"}


def test_the_id_is_that_of_the_registers_name(guizhou):
    found = match_one(guizhou, MatchItem("花溪区青岩镇"))
    row = guizhou.live().names.position_of(found.standard.id)
    assert guizhou.live().names.row(row).text == "青岩镇"


def test_a_point_tells_namesakes_apart_in_any_system(guizhou):
    lon, lat = 105.77, 26.66
    assert match_one(guizhou, MatchItem("龙场镇", lon=lon, lat=lat)).standard.path[2] == "织金县"
    shifted = MatchItem("龙场镇", lon=lon + 0.0037, lat=lat - 0.0035)
    assert match_one(guizhou, shifted, crs="gcj02").standard.path[2] == "织金县"


def test_a_division_tells_namesakes_apart(guizhou):
    found = match_one(guizhou, MatchItem("龙场镇", within="520524"))
    assert found.standard.path[2] == "织金县"
    assert [finding.kind for finding in found.findings] == ["decided_by_within"]


def test_many_keep_their_order_and_their_own_hints(guizhou):
    items = (MatchItem("龙场镇", within="520524"), MatchItem("龙场镇"), MatchItem("花溪"))
    found = match_many(guizhou, items).items
    assert [item.status for item in found] == ["standard", "ambiguous", "corrected"]
    assert [match_one(guizhou, item) for item in items] == [*found]


@pytest.mark.parametrize(
    ("item", "error", "field"),
    [
        (MatchItem("花溪", within="99"), NotFoundError, "within"),
        (MatchItem("花溪", within="x"), InvalidInputError, "within"),
        (MatchItem("花溪", lon=106.0), InvalidInputError, "lat"),
        (MatchItem("花溪", lat=26.0), InvalidInputError, "lon"),
        (MatchItem("花溪", lon=400.0, lat=26.0), InvalidInputError, "lon"),
    ],
)
def test_a_wrong_hint_is_named(guizhou, item, error, field):
    with pytest.raises(error) as raised:
        match_one(guizhou, item)
    assert raised.value.field == field


def test_the_arrays_are_built_once_and_opened_quickly(guizhou):
    index = guizhou.live()
    match_one(guizhou, MatchItem("贵阳"))
    assert "matcher" in {path.name for path in guizhou.files.folder.iterdir()}
    start = time.perf_counter()
    assert index.live_matcher._arrays() is not None
    assert time.perf_counter() - start < 0.5


def test_an_alias_leads_to_the_standard_name_or_to_none(guizhou):
    # The populated places have no standard name of their own, so that nothing is corrected to them.
    found = match_one(guizhou, MatchItem("夜郎"))
    assert found.standard is None
    assert all(one.path[0].endswith(("省", "市", "自治区")) for one in found.candidates)
