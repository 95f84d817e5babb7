"""What a match answers (匹配结果): status, standard name, steps, candidates, findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MatchStatus(StrEnum):
    """How a text stands to the register."""

    STANDARD = "standard"
    """Already right."""
    CORRECTED = "corrected"
    """One safe answer, every step named."""
    AMBIGUOUS = "ambiguous"
    """Several are possible, or one that is not safe; none is chosen."""
    RETIRED = "retired"
    """Was right, and has no single successor."""
    UNKNOWN = "unknown"
    """A name that the register does not hold."""
    INVALID = "invalid"
    """Not a name at all."""


class StepKind(StrEnum):
    """What was seen through on the way to the standard name."""

    CHARACTER_FORM = "character_form"
    WIDTH = "width"
    VARIANT_CHARACTER = "variant_character"
    HOMOPHONE = "homophone"
    SIMILAR_SHAPE = "similar_shape"
    TYPING_SLIP = "typing_slip"
    MISSING_GENERIC = "missing_generic"
    WRONG_GENERIC = "wrong_generic"
    ABBREVIATION = "abbreviation"
    ALIAS = "alias"
    FORMER_NAME = "former_name"
    FORMER_DIVISION = "former_division"
    WRONG_PARENT = "wrong_parent"
    MISSING_PARENT = "missing_parent"
    PINYIN = "pinyin"
    NUMERAL = "numeral"


class FindingKind(StrEnum):
    """What else is to be said of a text, its hints, and the answer."""

    NO_NAME = "no_name"
    OUTSIDE_WITHIN = "outside_within"
    POINT_ELSEWHERE = "point_elsewhere"
    DECIDED_BY_WITHIN = "decided_by_within"
    DECIDED_BY_POINT = "decided_by_point"
    HELD_THEN = "held_then"
    NOT_YET = "not_yet"
    CANDIDATES_CAPPED = "candidates_capped"
    DEEPER_NOT_HELD = "deeper_not_held"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing seen through: what stood in the text, what it means, since when and by which document.

    `since` and `basis` are empty where nothing is recorded.
    """

    kind: StepKind
    source: str
    to: str
    since: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """A name of the register: its id, its text, the division that it is or lies in, the path down to it.

    `entry` is the matcher's own number, `division` a preorder position as the atlas gives it, -1 when not
    known; `path` ends with the name.
    """

    entry: int
    name_id: str
    name: str
    division: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a text may mean, and how likely."""

    standard: Standard
    confidence: float


@dataclass(frozen=True, slots=True)
class MatchFinding:
    """Something to be said beside the answer; `detail` is a name, a day or a part of the text."""

    kind: FindingKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one text.

    `standard` is there for `standard` and `corrected` only. Of a retired name the candidates are its
    successors. `remainder` is what follows the name: house number, group, building. `second_confidence` is
    that of the best other candidate, 0 when there is none.
    """

    text: str
    status: MatchStatus
    standard: Standard | None
    confidence: float
    second_confidence: float
    steps: tuple[Step, ...]
    remainder: str
    candidates: tuple[Candidate, ...]
    findings: tuple[MatchFinding, ...]
