"""How far up in a list of answers a name stands (排序权重)."""

from __future__ import annotations

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.division import Level
from geoname.core.names.feature_class import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    SELF_GOVERNING_BODY,
    TOWNSHIP,
    VILLAGE_COMMITTEE,
)
from geoname.core.register.name import Name, NameStatus
from geoname.core.register.place import Place

# Who asks for a name most often means the greatest thing that bears it.
_WEIGHTS = {
    PROVINCE: 6.0,
    PREFECTURE: 5.0,
    COUNTY: 4.0,
    TOWNSHIP: 3.0,
    SELF_GOVERNING_BODY: 2.0,
    VILLAGE_COMMITTEE: 2.0,
}
Spans = tuple[tuple[int, int], ...]
"""Half-open ranges of preorder positions."""
_OTHER = 1.0
HISTORICAL = 0.5
NEIGHBOUR = 0.2


def class_weight(feature_class: str) -> float:
    """The weight of a class."""
    return _WEIGHTS.get(feature_class, _OTHER)


def weight_of(name: Name, place: Place, at_home: bool = True) -> float:
    """How far up in a list of answers a name stands.

    By class; what is in force before what was; what the register is kept for before its neighbours.
    """
    weight = class_weight(place.feature_class)
    if not at_home:
        weight *= NEIGHBOUR
    return weight if name.status is NameStatus.CURRENT else weight * HISTORICAL


def home_spans(atlas: DivisionAtlas) -> Spans:
    """The spans of the provinces known down to their townships; the others are there as neighbours only."""
    return tuple(
        atlas.span(province.id)
        for province in atlas.children(None)
        if any(atlas.at(position).level is Level.TOWNSHIP for position in range(*atlas.span(province.id)))
    )
