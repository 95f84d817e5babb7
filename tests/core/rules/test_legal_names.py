"""The legal names of counties and townships: nothing blocks, and what a new name would get is signed off."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.division import DivisionKind, Level
from geoname.core.names.feature_class import TOWNSHIP, class_of_division
from geoname.core.rules.case import LISTED, NEW, propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.finding import Severity
from geoname.core.rules.grouped_names import GroupedNames, RegisteredName
from geoname.core.rules.sound import specific_sound
from geoname.formats.shipped_data import read_divisions

SIGNED_OFF = Path(__file__).with_name("legal_names_signed_off.txt")
LABELS = {
    ("A9-8a", Severity.BLOCKS): "A9-8a 重名",
    ("A9-8a", Severity.ADVICE): "A9-8a 街道重名、专名相同或同音",
    ("DUP-3", Severity.ADVICE): "DUP-3 仅声调不同",
}


@pytest.fixture(scope="module")
def atlas():
    return DivisionAtlas(each.division for each in read_divisions())


@pytest.fixture(scope="module")
def legal(atlas):
    """The province's 88 counties and 1,510 townships."""
    divisions = [atlas.latest(id_) for id_ in atlas.all_ids()]
    return [each for each in divisions if each.level in (Level.COUNTY, Level.TOWNSHIP)]


@pytest.fixture(scope="module")
def facts_of_province(facts, legal, atlas):
    return replace(facts, register=grouped(legal, atlas, facts))


def grouped(divisions, atlas, facts):
    return GroupedNames((as_registered(case_of(each), facts) for each in divisions), atlas.chain)


def case_of(division, standing=NEW):
    return propose(
        division.name,
        class_of_division(division.kind),
        division.parent_id,
        standing=standing,
        place_id=division.id,
    )


def as_registered(case, facts):
    sound = specific_sound(case.name, facts.readings)
    return RegisteredName(
        case.place_id,
        case.place_id,
        case.name.text,
        case.name.specific,
        case.feature_class,
        case.division_id,
        sound,
    )


def joined(pairs):
    """The groups that are made by joining what is found against each other."""
    groups = []
    for pair in pairs:
        touching = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair]
        groups.append(set(pair).union(*touching))
    return groups


def written(atlas, id_):
    county = next((step.name for step in atlas.chain(id_)[:-1] if step.level is Level.COUNTY), "")
    return f"{atlas.latest(id_).name}（{county}）" if county else atlas.latest(id_).name


def findings_as_text(legal, atlas, facts):
    """Every finding on one line; of repeated names one line for each group."""
    alone, against = [], {label: [] for label in LABELS.values()}
    for division in legal:
        for found in check_name(case_of(division), facts, NAME_RULES):
            if found.against:
                label = LABELS[found.rule, found.severity]
                against[label].append({division.id, *(other.place_id for other in found.against)})
            else:
                alone.append(f"{found.rule} {found.severity} {written(atlas, division.id)} {found.matched}")
    lines = sorted(alone)
    for label, pairs in against.items():
        lines += sorted(
            f"{label} {'、'.join(sorted(written(atlas, id_) for id_ in group))}" for group in joined(pairs)
        )
    return lines


def test_there_are_as_many_as_the_law_says(legal):
    assert Counter(each.level for each in legal) == {Level.COUNTY: 88, Level.TOWNSHIP: 1510}


def test_nothing_blocks_a_legal_name(legal, facts_of_province):
    graver = {
        (each.name, found.rule)
        for each in legal
        for found in check_name(case_of(each, LISTED), facts_of_province, NAME_RULES)
        if found.severity is not Severity.INFORMATION
    }
    assert graver == set()


def test_without_protection_they_get_what_was_signed_off(legal, atlas, facts_of_province):
    signed = [
        line
        for line in SIGNED_OFF.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert findings_as_text(legal, atlas, facts_of_province) == signed


def test_every_repeated_township_is_found_and_no_other(legal, facts_of_province):
    townships = [
        each for each in legal if each.level is Level.TOWNSHIP and each.kind is not DivisionKind.SUBDISTRICT
    ]
    times = Counter(each.name for each in townships)
    repeated = {each.id for each in townships if times[each.name] > 1}
    found = {
        each.id
        for each in townships
        for one in check_name(case_of(each), facts_of_province, NAME_RULES)
        if one.severity is Severity.BLOCKS
    }
    assert found == repeated
    assert (len([name for name in times if times[name] > 1]), len(repeated)) == (42, 95)


def test_villages_are_repeated_in_counties_and_never_in_townships(atlas, facts):
    villages = [atlas.latest(id_) for id_ in atlas.all_ids() if atlas.latest(id_).level is Level.VILLAGE]
    beside = replace(facts, register=grouped(villages, atlas, facts))
    blocked = set()
    for each in villages:
        for found in check_name(case_of(each), beside, NAME_RULES):
            if found.rule == "A9-8b" and found.severity is Severity.BLOCKS:
                county = found.scope.division_id
                blocked.add((county, each.name))
                parents = {each.parent_id, *(atlas.latest(one.place_id).parent_id for one in found.against)}
                assert len(parents) == len(found.against) + 1
    expected = Counter((atlas.chain(each.id)[2].id, each.name) for each in villages)
    assert blocked == {key for key, times in expected.items() if times > 1}
    assert len(blocked) > 400


@pytest.mark.shared_tables
def test_the_forty_two_groups_of_the_ministrys_list_are_found(shared_tables, facts, facts_beside):
    with (shared_tables / "guizhou_divisions_mca_20251231.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if len(row["code"]) == 9]
    cases = [propose(row["name"], TOWNSHIP, row["code"][:6], place_id=row["code"]) for row in rows]
    beside = facts_beside(cases)
    identical, same_specific = [], []
    for case in cases:
        for found in check_name(case, beside, NAME_RULES):
            if found.rule != "A9-8a":
                continue
            group = {case.place_id, *(other.place_id for other in found.against)}
            if found.severity is Severity.BLOCKS:
                identical.append(group)
            if "同音" not in found.words.zh:
                same_specific.append(group)
    groups = joined(identical)
    assert (len(groups), sum(map(len, groups))) == (42, 95)
    groups = joined(same_specific)
    by_specific = Counter(case.name.specific for case in cases)
    shared = [times for times in by_specific.values() if times > 1]
    assert (len(groups), sum(map(len, groups))) == (len(shared), sum(shared))
    longchang = {row["code"] for row in rows if row["name"] == "龙场镇"}
    assert longchang in joined(identical)
    assert len(longchang) == 5
