"""A name laid before the rules (待审地名): what it is, where, since when, and what its proposer claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.names.feature_class import parse_class
from geoname.core.names.place_name import PlaceName, split_name
from geoname.core.names.readings import ReadingSource
from geoname.core.rules.kinds import PlaceKind, kind_of_place
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError

IN_FORCE = date(2022, 5, 1)
"""From this day the Regulations on place names of 2022 are in force."""
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What protects a name that is already there: its approval, or its place in the list of divisions."""

    approved_on: PartialDate | None = None
    in_division_list: bool = False

    @property
    def is_grandfathered(self) -> bool:
        """Approved before the Regulations came into force, or in the list of divisions."""
        return self.in_division_list or (self.approved_on is not None and self.approved_on.last < IN_FORCE)


NEW = Standing()
LISTED = Standing(in_division_list=True)


@dataclass(frozen=True, slots=True)
class Extent:
    """How large an entity is, as far as the application says: square metres, metres, numbers."""

    area_m2: float | None = None
    floor_area_m2: float | None = None
    length_m: float | None = None
    buildings: int | None = None


class ExceptionKind(StrEnum):
    """The exceptions that the law and the criteria themselves name."""

    HISTORICAL = "historical"
    FRIENDSHIP = "friendship"
    RELIGIOUS = "religious"
    ENTERPRISE_ITSELF = "enterprise_itself"
    NO_LINK = "no_link"
    """A common word without a specific link to the person or enterprise of that name."""
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Claim:
    """An exception that the proposer claims; it counts only with a reason."""

    kind: ExceptionKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else is told of a case; None is "not told".

    `publishing`: the spelling is about to be published. `located`: whether the place has a location.
    `reading_source` is where the reading of the spelling comes from.
    """

    extent: Extent | None = None
    located: bool | None = None
    publishing: bool = False
    reading_source: ReadingSource = ReadingSource.AUTO


NOTHING_TOLD = Circumstances()


@dataclass(frozen=True, slots=True)
class ProposedName:
    """One name before the rules, taken apart. `division_id` is the division that holds, or shall hold, it.

    `romanization` is the spelling to be judged, "" when none is given. `place_id` is the register's own
    record of the same place, which is no namesake of itself. A place without a name has an empty text.
    """

    name: PlaceName
    feature_class: str
    kind: PlaceKind
    division_id: str | None = None
    romanization: str = ""
    standing: Standing = NEW
    claim: Claim | None = None
    told: Circumstances = NOTHING_TOLD
    place_id: str | None = None


def propose(
    text: str,
    feature_class: str,
    division_id: str | None = None,
    *,
    romanization: str = "",
    standing: Standing = NEW,
    claim: Claim | None = None,
    told: Circumstances = NOTHING_TOLD,
    place_id: str | None = None,
) -> ProposedName:
    """A case from a name as it is written; what it is written with is kept, so that rules can see it.

    InvalidInputError for a malformed class, and for a text of more than 100 characters.
    """
    if len(text) > _LONGEST:
        raise InvalidInputError(
            f"the name has {len(text)} characters: give one place name of at most {_LONGEST}",
            zh=f"地名有 {len(text)} 个字符：请给出一个地名，至多 {_LONGEST} 个字符",
            field="name",
        )
    code = feature_class if len(feature_class) == 5 else parse_class(feature_class)
    return ProposedName(
        split_name(text, code),
        code,
        kind_of_place(code),
        division_id,
        romanization,
        standing,
        claim,
        told,
        place_id,
    )
