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
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.point_index.base import PointIndex
from geoname.errors import NotReadyError
from geoname.formats.shipped_words import read_class_table
from geoname.service.answers import ClassShown, CodeShown, DivisionRef
from geoname.service.live_boundaries import Boundaries, open_boundaries
from geoname.service.live_divisions import open_divisions
from geoname.service.live_matcher import LiveMatcher
from geoname.service.live_names import open_names, standard_names
from geoname.service.showing import chain_refs, code_shown
from geoname.store.index_files import IndexFiles
from geoname.store.protocols import Store


@dataclass(frozen=True, slots=True)
class LiveIndex:
    """One consistent set of indexes over the data of `data_version`."""

    data_version: int
    generation: str
    atlas: DivisionAtlas
    codebook: CodeBook
    successions: Successions
    classes: ClassTable
    names: NameIndex
    points: PointIndex
    boundaries: Boundaries
    division_names: Mapping[str, int]
    """The row of each division's standard name, by division id."""
    all_public: bool
    """Whether every name may be shown to anyone."""
    live_matcher: LiveMatcher
    chains: dict[str, tuple[DivisionRef, ...]] = field(default_factory=dict)
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    codes: dict[str, tuple[CodeShown, ...]] = field(default_factory=dict)
    shown_classes: dict[str, ClassShown] = field(default_factory=dict)

    def romanization_of(self, division_id: str) -> str | None:
        """The spelling of a division's standard name, None when it has none."""
        row = self.division_names.get(division_id)
        return (self.names.row(row).romanization or None) if row is not None else None

    def chain(self, division_id: str, on: date | None = None) -> tuple[DivisionRef, ...]:
        """The chain of divisions from the top down to one; today's are kept ready."""
        if on is not None:
            return chain_refs(self.atlas, division_id, on)
        known = self.chains.get(division_id)
        if known is None:
            known = self.chains[division_id] = chain_refs(self.atlas, division_id)
        return known

    def matcher(self) -> Matcher:
        """The matcher over the public names, built when it is first asked for."""
        return self.live_matcher.get()

    def names_above(self, position: int) -> tuple[str, ...]:
        """The names of the chain down to the division of a preorder position, none for -1; kept ready."""
        known = self.paths.get(position)
        if known is None:
            chain = self.chain(self.atlas.at(position).id) if position >= 0 else ()
            known = self.paths[position] = tuple([step.name for step in chain])
        return known

    def codes_of(self, division_id: str) -> tuple[CodeShown, ...]:
        """Every code a division has or had, none for what is no division; kept ready."""
        known = self.codes.get(division_id)
        if known is None:
            if division_id not in self.atlas:
                return ()
            known = tuple(code_shown(code) for code in self.atlas.latest(division_id).codes)
            self.codes[division_id] = known
        return known

    def class_shown(self, code: str) -> ClassShown:
        """A class with its label, which is empty when the table of classes does not hold it."""
        shown = self.shown_classes.get(code)
        if shown is None:
            known = self.classes.classes.get(code)
            shown = self.shown_classes[code] = ClassShown(code, known.label if known else "")
        return shown


def open_live_index(store: Store, files: IndexFiles) -> LiveIndex:
    """Open the index files of the data, building those that are not there; NotReadyError when empty."""
    data_version = store.data_version()
    divisions = open_divisions(store, files, data_version)
    edition = store.active_edition()
    if not divisions or edition is None:
        raise NotReadyError(
            "the database holds no divisions or no active boundary edition: run `geoname load guizhou`",
            zh="数据库中还没有区划或启用的界线版本：请运行 `geoname load guizhou`",
        )
    atlas = DivisionAtlas(divisions)
    codebook = CodeBook(atlas)
    names, points = open_names(store, files, atlas, data_version)
    successions = Successions(store.division_events(), store.successions())
    return LiveIndex(
        data_version,
        f"{store.database_id()}-{data_version}",
        atlas,
        codebook,
        successions,
        read_class_table(),
        names,
        points,
        open_boundaries(store, files, edition, atlas, codebook),
        standard_names(names),
        names.all_public(),
        LiveMatcher(names, atlas, successions, files, str(data_version)),
    )
