"""What a matcher is built from (匹配数据): names in columns, former names, spellings, characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

OTHER_DEPTH = 5
"""The depth of names that are no divisions; a division's is that of its level, 0 to 4."""


@dataclass(frozen=True, slots=True)
class MatchColumns:
    """Every standard name: columns of equal length.

    `division` is the preorder position of the division that the name is (depth 0 to 4) or that holds the
    place (depth 5; -1 not known). `specific_length` counts the characters of the specific element of
    divisions' names; peoples and generic follow it. `romanization` may be empty; where it differs from how
    the characters are commonly read, the name is heard in both ways.
    """

    name_id: Sequence[str]
    text: Sequence[str]
    romanization: Sequence[str]
    specific_length: NDArray[np.uint8]
    depth: NDArray[np.uint8]
    division: NDArray[np.int32]

    def __len__(self) -> int:
        """How many names."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that is no standard one and leads to some: former, of a former division, or another spelling.

    `within` is the preorder position of the division it stood in, `division` that of the former division
    itself (-1 when it is none of the atlas). `heirs` are positions of divisions, each with True when it
    carries the whole on; `heir_name` is the row of the one standard name of a place that is no division.
    `ended` is the day until which the name held, "" when not known.
    """

    text: str
    specific_length: int
    depth: int
    division: int
    within: int
    heirs: tuple[tuple[int, bool], ...] = ()
    heir_name: int = -1
    is_spelling: bool = False
    is_rename: bool = False
    ended: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class DivisionTree:
    """The tree of divisions by preorder position: each one's parent (-1 none) and the end of its span."""

    parents: NDArray[np.int32]
    ends: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CharacterLore:
    """What is known of characters: the standard form of variants, and which look alike."""

    variants: Mapping[str, str] = field(default_factory=dict)
    similar: Mapping[str, str] = field(default_factory=dict)
