"""The facts that rules ask (审查依据): characters, word lists, readings, the register, territories."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from geoname.core.names.characters import CharacterTable
from geoname.core.names.keys import NO_VARIANTS, VariantTable
from geoname.core.names.readings import ReadingTable
from geoname.core.rules.case import ProposedName
from geoname.core.rules.lexicon import Lexicons
from geoname.core.rules.scopes import Namesake, Scope

COMMON_LEVELS = (1, 2)


class Need(StrEnum):
    """A fact without which a rule cannot judge a case."""

    REGISTER = "register"
    """The register, and the division in which the name stands."""
    TERRITORY = "territory"
    """Where named features extend."""
    EXTENT = "extent"
    """How large the entity is."""
    SPELLING = "spelling"
    """The spelling to be judged."""
    WORD_LIST = "word_list"
    """A list that only the office has (state leaders, enterprises, harmful names)."""


class Register(Protocol):
    """What a rule may ask of the register: other standard names in force, of comparable classes."""

    def scope_of(self, case: ProposedName) -> Scope | None:
        """The lawful scope of a case; None when its division is not told or lies too high to say."""
        ...

    def same_text(self, text: str, case: ProposedName, scope: Scope) -> tuple[Namesake, ...]:
        """Names that are this text, the case's own place left out."""
        ...

    def same_specific(self, specific: str, case: ProposedName, scope: Scope) -> tuple[Namesake, ...]:
        """Names with this specific element, whatever their generic."""
        ...

    def same_sound(
        self, sound: tuple[str, ...], case: ProposedName, scope: Scope, *, toned: bool
    ) -> tuple[Namesake, ...]:
        """Names whose specific element is written otherwise and sounds so.

        `sound` is numbered syllables (yang2); `toned` False gives those that differ in tones alone.
        """
        ...

    def bears(self, specific: str, case: ProposedName) -> bool:
        """Whether a division that holds the case, or one below its county, has this specific element."""
        ...

    def current_names(self, place_id: str) -> tuple[str, ...]:
        """The standard names in force of one place."""
        ...


class Territory(Protocol):
    """What a rule may ask of geometry."""

    def extends_beyond(self, feature: str, division_id: str) -> bool | None:
        """Whether the named feature reaches beyond the division; None when its extent is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Measure:
    """What an entity must have to bear a generic, one of the figures being enough."""

    area_m2: float | None = None
    floor_area_m2: float | None = None
    length_m: float | None = None


# The only measure at hand is another province's (Guangdong): shown as such, and to be replaced.
EXAMPLE_MEASURES: Mapping[str, Measure] = {"广场": Measure(area_m2=10_000, floor_area_m2=100_000)}
FEW_BUILDINGS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """All that rules may ask. `register` and `territory` None: not at hand, and their rules do not judge.

    `other_spellings` maps a spelling in one official list to the one in another. `measures` are by generic.
    """

    characters: CharacterTable = field(repr=False)
    lexicons: Lexicons = field(repr=False)
    readings: ReadingTable = field(repr=False)
    register: Register | None = None
    territory: Territory | None = None
    other_spellings: Mapping[str, str] = field(default_factory=dict, repr=False)
    variants: VariantTable = field(default=NO_VARIANTS, repr=False)
    measures: Mapping[str, Measure] = field(default_factory=lambda: EXAMPLE_MEASURES)
    few_buildings: int = FEW_BUILDINGS
    _common: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the common characters into one pattern, by which most names pass at once."""
        common = [char for char, level in self.characters.levels.items() if level in COMMON_LEVELS]
        object.__setattr__(self, "_common", re.compile(f"[{''.join(map(re.escape, common))}]*"))

    def is_common(self, text: str) -> bool:
        """Whether all characters are of the first two levels of the general standard characters."""
        return self._common.fullmatch(text) is not None
