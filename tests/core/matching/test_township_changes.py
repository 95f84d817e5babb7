"""Former townships are data: with a table of changes the matcher knows them, with date and document."""

import csv

import pytest

from geoname.core.matching import FormerName, MatchStatus
from geoname.core.names.feature_class import TOWNSHIP
from geoname.core.names.place_name import split_name

pytestmark = pytest.mark.shared_tables


def former_townships(table, atlas):
    """The old names with their heirs; a row without an old name goes on with the one before it."""
    present = {}
    for id_ in atlas.all_ids():
        division = atlas.latest(id_)
        if division.level.depth == 3 and division.period.end is None:
            county = next((code.code for code in atlas.latest(division.parent_id).codes), None)
            present[county, division.name] = atlas.position(id_)
    counties = {key[0]: atlas.latest(atlas.at(at).id).parent_id for key, at in present.items()}
    groups = []
    with table.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["old_name"]:
                groups.append((row, []))
            elif (
                not groups
                or row["reason_explicit"] == "1"
                or row["approval_doc"] != groups[-1][0]["approval_doc"]
            ):
                continue
            groups[-1][1].append(row["new_name"])
    for row, heirs in groups:
        county = row["old_code"][:6]
        found = [present[county, name] for name in heirs if (county, name) in present]
        if county in counties and found:
            yield FormerName(
                row["old_name"],
                len(split_name(row["old_name"], TOWNSHIP).specific),
                3,
                -1,
                atlas.position(counties[county]),
                tuple((position, len(found) == 1) for position in found),
                ended=row["year"],
                basis=row["approval_doc"],
            )


@pytest.fixture(scope="module")
def with_changes(register, shared_tables):
    table = shared_tables / "guizhou_township_changes_2014_2023.csv"
    former = [*former_townships(table, register.atlas)]
    assert len(former) > 200
    return register.build(former=former)


def kinds(match):
    return [(step.kind.value, step.source, step.to, step.basis) for step in match.steps]


def test_a_former_town_of_a_former_county(with_changes):
    match = with_changes.match("贵州省遵义县南白镇")
    assert match.standard.path[1:] == ("遵义市", "播州区", "南白街道")
    assert kinds(match) == [
        ("former_division", "遵义县", "播州区", "国函〔2016〕56号"),
        ("former_name", "南白镇", "南白街道", "黔府函〔2016〕192号"),
    ]


def test_a_town_that_became_a_subdistrict(with_changes):
    match = with_changes.match("花溪区党武镇")
    assert match.standard.path[1:] == ("贵阳市", "花溪区", "党武街道")
    assert kinds(match) == [("former_name", "党武镇", "党武街道", "黔府函〔2021〕27号")]


def test_a_town_that_became_several_is_retired_with_all_of_them(with_changes):
    match = with_changes.match("播州区龙坑镇")
    assert match.status is MatchStatus.RETIRED
    assert match.standard is None
    heirs = {one.standard.name for one in match.candidates}
    assert heirs == {"播南街道", "影山湖街道", "桂花桥街道", "龙坑街道"}


def test_villages_are_found_below_a_former_town(with_changes):
    entries = with_changes.entries
    [town] = [r for r in range(len(entries)) if entries.text(r) == "党武街道" and entries.kind[r] == 0]
    villages = [r for r in range(entries.low[town], entries.high[town]) if entries.depth[r] == 4]
    many = with_changes.match_many([f"花溪区党武镇{entries.text(row)}" for row in villages])
    assert many.entry.tolist() == villages


def test_right_names_stay_right(with_changes, matcher):
    texts = [
        "".join(matcher.entries.path(row)) for row in range(len(matcher)) if matcher.entries.depth[row] == 3
    ]
    before, after = matcher.match_many(texts), with_changes.match_many(texts)
    told = [matcher.entries.name_id(row) if row >= 0 else "" for row in before.entry.tolist()]
    assert [with_changes.entries.name_id(row) if row >= 0 else "" for row in after.entry.tolist()] == told
