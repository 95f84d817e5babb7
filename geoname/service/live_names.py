"""The name and point indexes over the register, built from the store when there are none yet."""

from __future__ import annotations

from collections.abc import Iterator

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Level
from geoname.core.names.feature_class import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    SELF_GOVERNING_BODY,
    TOWNSHIP,
    VILLAGE_COMMITTEE,
)
from geoname.core.names.keys import name_key
from geoname.core.register.name import Name, NameStatus
from geoname.core.register.name_index.columns import columns_of, keys_of
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.name_index.sound_keys import sound_keys
from geoname.core.register.place import Place
from geoname.core.register.point_index.base import PointIndex
from geoname.store.index_files import IndexFiles
from geoname.store.protocols import Store

# Who asks for a name most often means the greatest thing that bears it.
_WEIGHTS = {
    PROVINCE: 6.0,
    PREFECTURE: 5.0,
    COUNTY: 4.0,
    TOWNSHIP: 3.0,
    SELF_GOVERNING_BODY: 2.0,
    VILLAGE_COMMITTEE: 2.0,
}
_OTHER = 1.0
DIVISIONS = "21"
_HISTORICAL = 0.5
_NEIGHBOUR = 0.2


def open_names(
    store: Store, files: IndexFiles, atlas: DivisionAtlas, data_version: int
) -> tuple[NameIndex, PointIndex]:
    """The two indexes of this state of the data; their rows are the same."""
    generation = str(data_version)
    with files.building("names", generation):
        arrays = files.open("names", generation)
        if arrays is None:
            arrays = files.save("names", generation, _build(store, atlas).to_arrays())
        names = NameIndex.from_arrays(arrays)
        placed = files.open("points", generation)
        if placed is None:
            placed = files.save("points", generation, PointIndex.build(*names.locations()).to_arrays())
    return names, PointIndex.from_arrays(placed)


def weight_of(name: Name, place: Place, at_home: bool = True) -> float:
    """How far up in a list of answers a name stands.

    By class; what is in force before what was; what the register is kept for before its neighbours.
    """
    weight = _WEIGHTS.get(place.feature_class, _OTHER)
    if not at_home:
        weight *= _NEIGHBOUR
    return weight if name.status is NameStatus.CURRENT else weight * _HISTORICAL


def home_spans(atlas: DivisionAtlas) -> tuple[tuple[int, int], ...]:
    """The spans of the provinces known down to their townships; the others are there as neighbours only."""
    return tuple(
        atlas.span(province.id)
        for province in atlas.children(None)
        if any(atlas.at(position).level is Level.TOWNSHIP for position in range(*atlas.span(province.id)))
    )


def _build(store: Store, atlas: DivisionAtlas) -> NameIndex:
    spans = home_spans(atlas)

    def at_home(place: Place) -> bool:
        division = place.id if place.id in atlas else place.division_id
        position = atlas.position(division) if division is not None else -1
        return any(low <= position < high for low, high in spans)

    columns = columns_of(
        _entries(store),
        division_of=atlas.position,
        code_of=lambda name, place: _code_of(atlas, place),
        weight_of=lambda name, place: weight_of(name, place, at_home(place)),
    )
    return NameIndex.build(columns, keys_of(columns, text_key=name_key, pinyin_keys=sound_keys))


def _entries(store: Store) -> Iterator[tuple[Name, Place]]:
    for batch in store.name_entries():
        for entry in batch:
            yield entry.name, entry.place


def _code_of(atlas: DivisionAtlas, place: Place) -> tuple[str, Scheme] | None:
    if place.id not in atlas:
        return None
    code = atlas.shown_code(atlas.latest(place.id))
    return None if code is None else (code.code, code.scheme)


def standard_names(names: NameIndex) -> dict[str, int]:
    """The row of every division's standard name, by its id: the one in force, or else the last there was."""
    rows = names.standard_rows(DIVISIONS)
    return dict(zip(names.place_ids(rows), rows.tolist(), strict=True))
