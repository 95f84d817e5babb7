"""The shipped facts, and a small register made of the names that an example is set beside."""

from dataclasses import replace

import pytest

from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.law.citation import Known
from geoname.core.names.keys import VariantTable
from geoname.core.rules.facts import Facts
from geoname.core.rules.grouped_names import GroupedNames, RegisteredName
from geoname.core.rules.lexicon import MatchMode, Term
from geoname.core.rules.sound import specific_sound
from geoname.formats.shipped_data import read_character_table, read_readings
from geoname.formats.shipped_lexicons import lexicons_with, read_other_spellings
from geoname.formats.shipped_matching import read_variant_characters

LEVELS = {
    2: (Level.PROVINCE, DivisionKind.PROVINCE, "省"),
    4: (Level.PREFECTURE, DivisionKind.PREFECTURE_CITY, "市"),
    6: (Level.COUNTY, DivisionKind.COUNTY, "县"),
    9: (Level.TOWNSHIP, DivisionKind.TOWN, "镇"),
    12: (Level.VILLAGE, DivisionKind.VILLAGERS_COMMITTEE, "村委会"),
}


def chain_of_code(code):
    """The chain that the digits of a code tell."""
    steps = []
    for length, (level, kind, generic) in LEVELS.items():
        if length <= len(code):
            parent = steps[-1].id if steps else None
            steps.append(Division(code[:length], code[:length] + generic, level, kind, parent))
    return steps


def registered(case, number, readings):
    return RegisteredName(
        f"n{number}",
        case.place_id or f"p{number}",
        case.name.text,
        case.name.specific,
        case.feature_class,
        case.division_id,
        specific_sound(case.name, readings),
    )


class Beyond:
    """Territories in which every 格凸河 reaches beyond, and nothing else does."""

    def extends_beyond(self, feature, division_id):
        return feature == "格凸河"


@pytest.fixture(scope="session")
def chain():
    """Makes the chain of divisions that a code tells."""
    return chain_of_code


@pytest.fixture(scope="session")
def facts():
    """The shipped lists, no register."""
    return Facts(
        read_character_table(),
        lexicons_with(),
        read_readings(),
        other_spellings=read_other_spellings(),
        variants=VariantTable(read_variant_characters()),
    )


@pytest.fixture(scope="session")
def facts_beside(facts):
    """Makes facts in which these cases stand in the register."""

    def make(cases, listed=(), rule=""):
        names = [registered(case, i, facts.readings) for i, case in enumerate(cases)]
        own = [Term(text, rule, "office", MatchMode.SPECIFIC, "", Known.FULL_TEXT) for text in listed]
        return replace(
            facts,
            register=GroupedNames(names, chain_of_code),
            territory=Beyond(),
            lexicons=lexicons_with(own),
        )

    return make
