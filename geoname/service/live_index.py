"""The index that answers are given from: divisions, names, points and boundaries of one state of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.codebook import CodeBook
from geoname.core.divisions.successions import Successions
from geoname.core.matching.engine import Matcher
from geoname.core.names.feature_class import ClassTable
from geoname.core.register.name_index.live_names import ChangedNames, LiveNames
from geoname.core.register.point_index.live_points import LivePoints
from geoname.errors import NotReadyError
from geoname.formats.shipped_words import read_class_table
from geoname.service.answers import ClassShown, CodeShown, DivisionRef
from geoname.service.live_boundaries import Boundaries, open_boundaries
from geoname.service.live_divisions import open_divisions
from geoname.service.live_matcher import LiveMatcher
from geoname.service.live_names import NameBase, changed_ids, open_names
from geoname.service.name_pieces import chain_over
from geoname.service.showing import chain_refs, code_shown
from geoname.store.index_files import IndexFiles
from geoname.store.protocols import Store
from geoname.store.protocols_changes import Changes, What


@dataclass(frozen=True, slots=True)
class Grounds:
    """The divisions and what follows from them alone; the same object for as long as they stay the same."""

    divisions_version: int
    atlas: DivisionAtlas
    codebook: CodeBook
    successions: Successions
    classes: ClassTable
    chains: dict[str, tuple[DivisionRef, ...]] = field(default_factory=dict)
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    codes: dict[str, tuple[CodeShown, ...]] = field(default_factory=dict)
    shown_classes: dict[str, ClassShown] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LiveIndex:
    """One consistent set of indexes over the data of `data_version`; it never changes.

    `generation` is another whenever an answer could be; rows of names mean the same for as long as
    `base_generation` stays. `followed` is how far the log of changes is taken in.
    """

    data_version: int
    generation: str
    base_generation: str
    followed: int
    grounds: Grounds
    register: NameBase
    names: LiveNames
    points: LivePoints
    """The names by where they are; ask with `keep` and `order` of `names`."""
    boundaries: Boundaries
    division_names: Mapping[str, int]
    """The row of each division's standard name, by division id."""
    all_public: bool
    """Whether every name may be shown to anyone."""
    live_matcher: LiveMatcher

    @property
    def atlas(self) -> DivisionAtlas:
        """The divisions."""
        return self.grounds.atlas

    @property
    def codebook(self) -> CodeBook:
        """Their codes."""
        return self.grounds.codebook

    @property
    def successions(self) -> Successions:
        """What became of them."""
        return self.grounds.successions

    @property
    def classes(self) -> ClassTable:
        """The classes of features."""
        return self.grounds.classes

    def changed_since_base(self) -> ChangedNames:
        """How the names differ from those of `names.base`, from which other indexes are built and kept.

        `names.base` is the `NameIndex` of `base_generation`; see `ChangedNames`.
        """
        return self.names.changed_since_base()

    def romanization_of(self, division_id: str) -> str | None:
        """The spelling of a division's standard name, None when it has none."""
        row = self.division_names.get(division_id)
        return (self.names.row(row).romanization or None) if row is not None else None

    def chain(self, division_id: str, on: date | None = None) -> tuple[DivisionRef, ...]:
        """The chain of divisions from the top down to one; today's are kept ready."""
        if on is not None:
            return chain_refs(self.atlas, division_id, on)
        known = self.grounds.chains.get(division_id)
        if known is None:
            known = self.grounds.chains[division_id] = chain_refs(self.atlas, division_id)
        return known

    def matcher(self) -> Matcher:
        """The matcher over the public names that hold now; that of the base is built when first asked for."""
        return self.live_matcher.get(self.names)

    def names_above(self, position: int) -> tuple[str, ...]:
        """The names of the chain down to the division of a preorder position, none for -1; kept ready."""
        known = self.grounds.paths.get(position)
        if known is None:
            chain = self.chain(self.atlas.at(position).id) if position >= 0 else ()
            known = self.grounds.paths[position] = tuple([step.name for step in chain])
        return known

    def codes_of(self, division_id: str) -> tuple[CodeShown, ...]:
        """Every code a division has or had, none for what is no division; kept ready."""
        known = self.grounds.codes.get(division_id)
        if known is None:
            if division_id not in self.atlas:
                return ()
            known = tuple(code_shown(code) for code in self.atlas.latest(division_id).codes)
            self.grounds.codes[division_id] = known
        return known

    def class_shown(self, code: str) -> ClassShown:
        """A class with its label, which is empty when the table of classes does not hold it."""
        shown = self.grounds.shown_classes.get(code)
        if shown is None:
            known = self.classes.classes.get(code)
            shown = self.grounds.shown_classes[code] = ClassShown(code, known.label if known else "")
        return shown


def open_live_index(
    store: Store,
    files: IndexFiles,
    before: LiveIndex | None = None,
    *,
    newer: NameBase | None = None,
) -> LiveIndex:
    """The index of the present data; NotReadyError when there is none.

    Of `before` everything stays that what changed since does not touch: a written name rebuilds no
    divisions, an activated edition no names. What else there is comes from index files, built where they are
    not there. `newer` takes the place of the names of `before`.
    """
    followed = before.followed if before is not None else None
    if followed is not None and newer is not None:
        followed = min(followed, newer.position)
    state = store.changes_after(followed)
    if before is not None and state.data_version == before.data_version and newer is None:
        return before
    grounds = before.grounds if before is not None and _holds(before.grounds, state) else None
    if grounds is None:
        grounds = _open_grounds(store, files, state.divisions_version)
    kept = newer if newer is not None and newer.place.divisions_version == state.divisions_version else None
    if kept is None and before is not None and before.grounds is grounds:
        kept = before.register
    register = kept and kept.followed(store, grounds.atlas, state)
    if register is None:
        register = open_names(store, files, grounds.atlas, state.divisions_version)
    same_edition = before is not None and before.grounds is grounds and What.EDITIONS not in _subjects(state)
    boundaries = before.boundaries if before is not None and same_edition else None
    if boundaries is None:
        boundaries = _open_boundaries(store, files, grounds)
    database = store.database_id()
    matcher = before.live_matcher if before is not None and before.register.place == register.place else None
    if matcher is None:
        generation = register.place.text()
        matcher = LiveMatcher(register.base, grounds.atlas, grounds.successions, files, generation)
    return _index_of(database, state.data_version, state.position, grounds, register, boundaries, matcher)


def index_of_pieces(store: Store, files: IndexFiles, before: LiveIndex) -> LiveIndex:
    """The index with what another process made ready of later data; `before` itself when that is not later.

    Nothing is read of the database but boundaries, where another edition was activated.
    """
    register = before.register
    chain = chain_over(files, register.place.text(), register.place.position)
    if not chain or chain[-1].position <= before.followed:
        return before
    made = register.with_pieces(files, chain, before.atlas)
    if made is None:
        return before
    last = chain[-1]
    came = [place for place in chain if place.position > before.followed]
    boundaries = before.boundaries
    if any(place.editions for place in came):
        boundaries = _open_boundaries(store, files, before.grounds)
    database = before.base_generation.removesuffix(f"-{register.place.text()}")
    return _index_of(
        database,
        last.data_version,
        last.position,
        before.grounds,
        made,
        boundaries,
        before.live_matcher,
    )


def _index_of(
    database: str,
    data_version: int,
    followed: int,
    grounds: Grounds,
    register: NameBase,
    boundaries: Boundaries,
    matcher: LiveMatcher,
) -> LiveIndex:
    names = register.names()
    return LiveIndex(
        data_version,
        f"{database}-{data_version}",
        f"{database}-{register.place.text()}",
        followed,
        grounds,
        register,
        names,
        register.points(),
        boundaries,
        register.division_names(names),
        names.all_public(),
        matcher,
    )


def count_changed(store: Store, live: LiveIndex) -> int | None:
    """How many names and places changed since; None when that is too much to be taken in name by name."""
    state = store.changes_after(live.followed)
    ids = changed_ids(store, state) if _holds(live.grounds, state) else None
    return None if ids is None else sum(map(len, ids))


def _subjects(state: Changes) -> set[What]:
    return {change.what for change in state.changes}


def _holds(grounds: Grounds, state: Changes) -> bool:
    return state.reaches_back and grounds.divisions_version == state.divisions_version


def _open_grounds(store: Store, files: IndexFiles, divisions_version: int) -> Grounds:
    divisions = open_divisions(store, files, divisions_version)
    if not divisions or store.active_edition() is None:
        raise _not_ready()
    atlas = DivisionAtlas(divisions)
    successions = Successions(store.division_events(), store.successions())
    return Grounds(divisions_version, atlas, CodeBook(atlas), successions, read_class_table())


def _open_boundaries(store: Store, files: IndexFiles, grounds: Grounds) -> Boundaries:
    edition = store.active_edition()
    if edition is None:
        raise _not_ready()
    return open_boundaries(store, files, edition, grounds.atlas, grounds.codebook)


def _not_ready() -> NotReadyError:
    return NotReadyError(
        "the database holds no divisions or no active boundary edition: run `geoname load guizhou`",
        zh="数据库中还没有区划或启用的界线版本：请运行 `geoname load guizhou`",
    )
