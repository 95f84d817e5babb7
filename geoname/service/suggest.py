"""Suggestions while somebody types a name, in Han characters or in pinyin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.names.keys import name_key
from geoname.core.names.pinyin_keys import read_query
from geoname.core.register.name_index.index import PinyinForm
from geoname.core.register.visibility import Role
from geoname.service.answers import ClassShown
from geoname.service.find_names import NameQuery, name_filter
from geoname.service.live_index import LiveIndex
from geoname.service.name_answers import location_of
from geoname.service.opened import Geoname


@dataclass(frozen=True)
class Suggestion:
    """A name that what was typed may become; `path` names the divisions it lies in, from the top."""

    id: str
    name: str
    romanization: str
    feature_class: ClassShown
    code: str | None
    path: tuple[str, ...]
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Suggestions:
    """The best first."""

    items: tuple[Suggestion, ...]


def suggest(
    geoname: Geoname,
    q: str,
    limit: int = 10,
    within: str | None = None,
    role: Role = Role.PUBLIC,
    on: date | None = None,
) -> Suggestions:
    """The names that begin so, by text or, where it reads as pinyin, by sound or first letters.

    With `on` those that may have held on that day.
    """
    index = geoname.live()
    wanted = name_filter(index, NameQuery(within=within, on=on), role)
    rows = index.names.prefix(name_key(q), wanted, limit=limit).rows if q.strip() else []
    if len(rows) < limit and (heard := read_query(q)) is not None:
        for key, form in (
            (heard.toned, PinyinForm.TONED),
            (heard.plain, PinyinForm.PLAIN),
            (heard.initials, PinyinForm.INITIALS),
        ):
            if key and len(rows) < limit:
                found = index.names.pinyin(key, form, prefix=True, filter=wanted, limit=limit)
                rows += [row for row in found.rows if row not in rows][: limit - len(rows)]
    return Suggestions(tuple(_suggestion(index, row, role) for row in rows))


def _suggestion(index: LiveIndex, row: int, role: Role) -> Suggestion:
    name = index.names.row(row)
    place = location_of(name, role)
    return Suggestion(
        name.name_id,
        name.text,
        name.romanization,
        index.class_shown(name.feature_class),
        name.code or None,
        index.names_above(name.division),
        place.lon,
        place.lat,
    )
