"""A name of the register laid before the naming rules (复审) as it stands in the store."""

from __future__ import annotations

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import Name
from geoname.core.register.place import Exactness, Place
from geoname.core.rules.case import LISTED, Circumstances, ProposedName, Standing, propose
from geoname.service.live_index import LiveIndex

_CONFIRMED = (ReadingSource.LOCAL_SURVEY, ReadingSource.APPROVED)


def registered_case(index: LiveIndex, name: Name, place: Place, text: str | None = None) -> ProposedName:
    """The case of a name, or with `text` that of another name proposed for the same place.

    A spelling that a program made is not judged by the program that made it.
    """
    located = place.location.exactness is not Exactness.NONE
    division_id = place.division_id if place.division_id in index.atlas else None
    if text is not None and text != name.text:
        return propose(
            text,
            place.feature_class,
            division_id,
            told=Circumstances(located=located),
            place_id=place.id,
        )
    return propose(
        name.text,
        place.feature_class,
        division_id,
        romanization=name.romanization if name.reading_source in _CONFIRMED else "",
        standing=LISTED if place.id in index.atlas else Standing(name.approval.approved_on),
        told=Circumstances(located=located, reading_source=name.reading_source),
        place_id=place.id,
    )
