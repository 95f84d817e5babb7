"""The name and point indexes over the register (实时索引): a base in files, and what changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Scheme
from geoname.core.names.keys import name_key
from geoname.core.register.name import Name
from geoname.core.register.name_index.columns import NameColumns, NameKeys, columns_of, keys_of
from geoname.core.register.name_index.delta import CameNames, NameDelta, NamePiece
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.name_index.live_names import LiveNames
from geoname.core.register.name_index.sound_keys import sound_keys
from geoname.core.register.place import Place
from geoname.core.register.point_index.base import PointIndex
from geoname.core.register.point_index.live_points import LivePoints
from geoname.service.division_names import DivisionNames
from geoname.service.name_columns import whole_register
from geoname.service.name_pieces import PiecePlace, chain_over, open_piece
from geoname.service.name_weights import home_spans, weight_of
from geoname.service.uncollected import uncollected
from geoname.store.index_files import IndexFiles
from geoname.store.protocols import Store
from geoname.store.protocols_changes import Changes, What

NAMES, POINTS = "names", "points"
MOST_CHANGES = 20_000
"""So many changed names are taken in while a process opens the index; for more the base is made anew."""


class NameBase:
    """The two indexes of one state of the register, and what changed since; it never changes itself."""

    def __init__(self, names: NameIndex, points: PointIndex, place: BasePlace) -> None:
        """Take the indexes, which share their rows, and of what state they are."""
        self.place = place
        self.position = place.position
        """Up to where the log of changes was followed."""
        self.base = names
        self.delta = NameDelta()
        self._points = points
        self.opened: dict[PiecePlace, NamePiece] = {}
        self._division_names = DivisionNames(names)

    @property
    def came_since(self) -> int:
        """How many names came since, in each piece once."""
        return len(self.delta)

    def names(self) -> LiveNames:
        """The names that hold now."""
        return LiveNames(self.base, self.delta.pieces)

    def points(self) -> LivePoints:
        """Where they are."""
        firsts = accumulate((len(piece.names) for piece in self.delta.pieces), initial=len(self.base))
        pieces = [(first, piece.points) for first, piece in zip(firsts, self.delta.pieces, strict=False)]
        return LivePoints([(0, self._points), *pieces])

    def division_names(self, names: LiveNames) -> Mapping[str, int]:
        """The row of each division's standard name among the names that hold now, by the division's id."""
        return self._division_names.among(names)

    def followed(self, store: Store, atlas: DivisionAtlas, changes: Changes) -> NameBase | None:
        """With what changed since; None when that is so much that the base should rather be made anew."""
        wanted = changed_ids(store, changes)
        if wanted is None:
            return None
        served = store.served_entries(*wanted)
        entries = [(entry.name, entry.place) for entry in served.entries]
        came = CameNames(*columns_and_keys(entries, atlas), frozenset(served.others))
        return self._with(self.delta.and_then(self.base, came), changes.position, atlas)

    def moved_to(self, newer: NameBase, store: Store, atlas: DivisionAtlas) -> NameBase:
        """A newer base with what came since that one, as far as this one followed; no name is read again.

        For a base whose changes this process followed itself.
        """
        wanted = changed_ids(store, store.changes_after(newer.position))
        known = [came for came in self.delta.came if came is not None]
        if wanted is None or not known or newer.position >= self.position:
            return newer
        names, places = map(frozenset, wanted)
        came = reduce(CameNames.then, known).only(names, places, newer.base)
        return (
            newer._with(newer.delta.and_then(newer.base, came), self.position, atlas) if len(came) else newer
        )

    def with_pieces(
        self, files: IndexFiles, chain: Sequence[PiecePlace], atlas: DivisionAtlas
    ) -> NameBase | None:
        """With nothing but what these pieces of index files tell; None when one is no longer there."""
        opened: dict[PiecePlace, NamePiece] = {}
        for place in chain:
            piece = self.opened.get(place) or open_piece(files, place)
            if piece is None:
                return None
            opened[place] = piece
        position = chain[-1].position if chain else self.place.position
        made = self._with(NameDelta.of([*opened.values()]), position, atlas)
        made.opened = opened
        return made

    def _with(self, delta: NameDelta, position: int, atlas: DivisionAtlas) -> NameBase:
        made = copy(self)
        made.delta, made.position = delta, position
        for piece in delta.pieces:
            if piece not in self.delta.pieces:
                self._division_names.take_in(piece, atlas)
        return made


@dataclass(frozen=True, slots=True)
class BasePlace:
    """Of which state a base is: it holds everything up to a position of the log, over these divisions."""

    divisions_version: int
    data_version: int
    position: int

    def text(self) -> str:
        """As index files are named."""
        return f"{self.divisions_version}-{self.data_version}-{self.position}"

    @classmethod
    def parse(cls, text: str) -> BasePlace | None:
        """What a name of index files says; None for that of an earlier version of geoname."""
        parts = text.split("-")
        return cls(*map(int, parts)) if len(parts) == 3 and all(map(str.isdigit, parts)) else None


def open_names(store: Store, files: IndexFiles, atlas: DivisionAtlas, divisions_version: int) -> NameBase:
    """The newest base over these divisions with what changed since; a new one where that is too much."""
    base = newest_base(store, files, atlas, divisions_version)
    if base is None:
        with files.building(NAMES, str(divisions_version)):
            # Another may have built it meanwhile.
            base = newest_base(store, files, atlas, divisions_version) or build_base(store, files, atlas)
    return base


def newest_base(
    store: Store, files: IndexFiles, atlas: DivisionAtlas, divisions_version: int
) -> NameBase | None:
    """The newest base over these divisions, brought up to date; None when there is none that can be."""
    place = newest_place(files, divisions_version)
    if place is None:
        return None
    changes = store.changes_after(place.position)
    if not changes.reaches_back or changes.data_version < place.data_version:
        return None
    base = base_with_pieces(files, atlas, place)
    return None if base is None else base.followed(store, atlas, store.changes_after(base.position))


def base_with_pieces(files: IndexFiles, atlas: DivisionAtlas, place: BasePlace) -> NameBase | None:
    """A base with what another process made ready of what came since; None when it is not there."""
    base = open_base(files, place)
    if base is None:
        return None
    return base.with_pieces(files, chain_over(files, place.text(), place.position), atlas) or base


def open_base(files: IndexFiles, place: BasePlace) -> NameBase | None:
    """A base as it is in index files, without what came since; None when it is not there."""
    names, points = files.open(NAMES, place.text()), files.open(POINTS, place.text())
    if names is None or points is None:
        return None
    return NameBase(NameIndex.from_arrays(names), PointIndex.from_arrays(points), place)


def newest_place(files: IndexFiles, divisions_version: int) -> BasePlace | None:
    """Of which state the newest base over these divisions is."""
    places = [place for text in files.generations(POINTS) if (place := BasePlace.parse(text)) is not None]
    usable = [place for place in places if place.divisions_version == divisions_version]
    return max(usable, key=lambda place: (place.data_version, place.position), default=None)


def build_base(
    store: Store,
    files: IndexFiles,
    atlas: DivisionAtlas,
    before_it_is_seen: Callable[[NameIndex, BasePlace], None] | None = None,
) -> NameBase:
    """Build a base of the present state and keep it; hold the lock of the kind meanwhile.

    `before_it_is_seen` is called with its names while others do not find it yet.
    """
    state = store.changes_after(None)
    place = BasePlace(state.divisions_version, state.data_version, state.position)
    # What is written while it is read may be in it already: it is taken in again, which changes nothing.
    with uncollected():
        arrays = NameIndex.build(*whole_register(store.served_names(), atlas)).to_arrays()
    names = NameIndex.from_arrays(files.save(NAMES, place.text(), arrays))
    if before_it_is_seen is not None:
        before_it_is_seen(names, place)
    # A base is there when its points are.
    points = files.save(POINTS, place.text(), PointIndex.build(*names.locations()).to_arrays())
    return NameBase(names, PointIndex.from_arrays(points), place)


def changed_ids(store: Store, changes: Changes) -> tuple[list[str], list[str]] | None:
    """The ids of names and places that changed, None when there are too many."""
    names: dict[str, None] = {}
    places: dict[str, None] = {}
    for change in changes.changes:
        if change.what is What.NAME:
            names[change.key] = None
        elif change.what is What.PLACE:
            places[change.key] = None
        elif change.what is What.RELEASE:
            of_release = store.ids_of_release(change.key, MOST_CHANGES)
            if of_release is None:
                return None
            names.update(dict.fromkeys(of_release[0]))
            places.update(dict.fromkeys(of_release[1]))
        elif change.what is What.MANY:
            return None
    return ([*names], [*places]) if len(names) + len(places) <= 2 * MOST_CHANGES else None


def columns_and_keys(
    entries: Iterable[tuple[Name, Place]], atlas: DivisionAtlas
) -> tuple[NameColumns, NameKeys]:
    """The columns and keys of some names, as `whole_register` has those of all."""
    spans = home_spans(atlas)

    def at_home(place: Place) -> bool:
        division = place.id if place.id in atlas else place.division_id
        position = atlas.position(division) if division is not None else -1
        return any(low <= position < high for low, high in spans)

    columns = columns_of(
        entries,
        division_of=atlas.position,
        code_of=lambda name, place: _code_of(atlas, place),
        weight_of=lambda name, place: weight_of(name, place, at_home(place)),
    )
    return columns, keys_of(columns, text_key=name_key, pinyin_keys=sound_keys)


def _code_of(atlas: DivisionAtlas, place: Place) -> tuple[str, Scheme] | None:
    if place.id not in atlas:
        return None
    code = atlas.shown_code(atlas.latest(place.id))
    return None if code is None else (code.code, code.scheme)
