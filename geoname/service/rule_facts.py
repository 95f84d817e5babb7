"""The facts that naming rules ask (审查依据), from the shipped lists and the register that is open."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from geoname.core.names.keys import VariantTable
from geoname.core.register.visibility import Role
from geoname.core.rules.facts import Facts
from geoname.formats.shipped_lexicons import lexicons_with, read_other_spellings
from geoname.formats.shipped_matching import read_variant_characters
from geoname.formats.shipped_readings import read_readings
from geoname.formats.shipped_words import read_character_table
from geoname.formats.word_lists import read_own_terms
from geoname.service.opened import Geoname
from geoname.service.registered_names import IndexedNames


@lru_cache(maxsize=4)
def shipped_facts(word_lists: Path | None = None) -> Facts:
    """The shipped characters, word lists, readings and spellings, compiled once; no register.

    The office's own lists take the place of the shipped ones of the same rules; DataFileError when that file
    cannot be right.
    """
    own = read_own_terms(word_lists) if word_lists is not None else ()
    return Facts(
        read_character_table(),
        lexicons_with(own),
        read_readings(),
        other_spellings=read_other_spellings(),
        variants=VariantTable(read_variant_characters()),
    )


def facts_of(geoname: Geoname, role: Role = Role.PUBLIC) -> Facts:
    """The same with the register that is open now, as this role may see it."""
    return replace(
        shipped_facts(geoname.word_lists), register=IndexedNames(geoname.live(), geoname.store.names_of, role)
    )
