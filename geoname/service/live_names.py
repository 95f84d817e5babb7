"""The name and point indexes over the register (实时索引): a base in files, and what changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Scheme
from geoname.core.names.keys import name_key
from geoname.core.register.name import Name
from geoname.core.register.name_index.columns import NameColumns, NameKeys, columns_of, keys_of
from geoname.core.register.name_index.delta import CameNames, NameDelta
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.name_index.live_names import LiveNames
from geoname.core.register.name_index.sound_keys import sound_keys
from geoname.core.register.place import Place
from geoname.core.register.point_index.base import PointIndex
from geoname.core.register.point_index.live_points import LivePoints
from geoname.service.division_names import DivisionNames
from geoname.service.name_columns import whole_register
from geoname.service.name_weights import Spans, home_spans, weight_of
from geoname.service.uncollected import uncollected
from geoname.store.index_files import IndexFiles
from geoname.store.protocols import Store
from geoname.store.protocols_changes import Changes, What

NAMES, POINTS = "names", "points"
_PART = 1_000
MOST_CHANGES = 20_000
"""So many changed names are taken in while a process opens the index; for more the base is made anew."""


class NameBase:
    """The two indexes of one state of the register, and in memory what changed since."""

    def __init__(self, names: NameIndex, points: PointIndex, place: BasePlace) -> None:
        """Take the indexes, which share their rows, and of what state they are."""
        self.place = place
        self.position = place.position
        """Up to where the log of changes was followed."""
        self.base = names
        self._points = points
        self._delta = NameDelta()
        self._spans: Spans = ()
        self._division_names = DivisionNames(names)

    @property
    def came_since(self) -> int:
        """How many names came since."""
        return len(self._delta)

    def names(self) -> LiveNames:
        """The names that hold now."""
        return LiveNames(self.base, self._delta.pieces)

    def points_of(self, names: LiveNames) -> LivePoints:
        """Where these are."""
        firsts = accumulate((len(piece.names) for piece in names.pieces), initial=len(self.base))
        pieces = [(first, piece.points) for first, piece in zip(firsts, names.pieces, strict=False)]
        return LivePoints([(0, self._points), *pieces])

    def division_names(self, names: LiveNames) -> Mapping[str, int]:
        """The row of each division's standard name among these, by the division's id."""
        return self._division_names.among(names)

    def follow(self, store: Store, atlas: DivisionAtlas, changes: Changes) -> bool:
        """Take in what changed; False when that is so much that the base should rather be made anew."""
        wanted = changed_ids(store, changes)
        if wanted is None:
            return False
        self._spans = self._spans or home_spans(atlas)
        served = store.served_entries(*wanted)
        entries = [(entry.name, entry.place) for entry in served.entries]
        came = CameNames(*columns_and_keys(entries, atlas, self._spans), frozenset(served.others))
        if len(came):
            self._delta = self._delta.and_then(self.base, came)
            self._division_names.take_in(self._delta.pieces[-1], atlas)
        self.position = changes.position
        return True

    def catch_up(self, store: Store, atlas: DivisionAtlas, pause: Callable[[], bool]) -> bool:
        """Take in all that was written, however much, until little is left; False when that cannot be.

        For a base that nobody asks yet. `pause` is called between parts; it says whether to stop.
        """
        while True:
            state = store.changes_after(self.position)
            if not state.reaches_back or state.divisions_version != self.place.divisions_version:
                return False
            changes = state.changes
            for start in range(0, len(changes), _PART):
                if pause() or not self.follow(
                    store, atlas, replace(state, changes=changes[start : start + _PART])
                ):
                    return False
            if len(changes) <= _PART:
                return True


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
    base = _opened(files, place)
    return base if base is not None and base.follow(store, atlas, changes) else None


def _opened(files: IndexFiles, place: BasePlace) -> NameBase | None:
    names, points = files.open(NAMES, place.text()), files.open(POINTS, place.text())
    if names is None or points is None:
        return None
    return NameBase(NameIndex.from_arrays(names), PointIndex.from_arrays(points), place)


def newer_base(
    store: Store, files: IndexFiles, atlas: DivisionAtlas, used: BasePlace, pause: Callable[[], bool]
) -> NameBase | None:
    """A base newer than the one in use, with nearly all that came since; None when none can be used.

    That may be thousands of names, which takes seconds: the one in use is to be followed meanwhile.
    """
    place = newest_place(files, used.divisions_version)
    if place is None or place.position <= used.position:
        return None
    base = _opened(files, place)
    return base if base is not None and base.catch_up(store, atlas, pause) else None


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
    entries: Iterable[tuple[Name, Place]], atlas: DivisionAtlas, spans: Spans
) -> tuple[NameColumns, NameKeys]:
    """The columns and keys of some names, as `whole_register` has those of all; `spans` are those at home."""

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
