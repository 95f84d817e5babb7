"""The matcher over the register (匹配索引), built when it is first asked for and kept as index files."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.successions import Successions
from geoname.core.matching.columns import CharacterLore, DivisionTree, FormerName
from geoname.core.matching.engine import Matcher
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.name_index.live_names import LiveNames
from geoname.formats.shipped_matching import read_similar_shapes, read_variant_characters
from geoname.formats.shipped_words import read_spelling_variants
from geoname.service.changed_matcher import ChangedMatchers
from geoname.service.former_names import former_divisions, spellings
from geoname.service.matcher_rows import NameRow, columns_of, name_row, other_names
from geoname.store.index_files import Arrays, IndexFiles


def shipped_lore() -> CharacterLore:
    """The shipped lists of variant characters and similar shapes."""
    return CharacterLore(read_variant_characters(), read_similar_shapes())


MATCHER = "matcher"
"""The kind of its index files."""


@dataclass(frozen=True, slots=True)
class _Latest:
    """The matcher that was asked for last, over the names of one moment."""

    names: LiveNames
    matcher: Matcher


class LiveMatcher:
    """The matcher of one state of the data, opened by whoever asks first."""

    def __init__(
        self,
        names: NameIndex,
        atlas: DivisionAtlas,
        successions: Successions,
        files: IndexFiles,
        generation: str,
    ) -> None:
        """Take what it is built from."""
        self._names, self._atlas, self._successions = names, atlas, successions
        self._files, self._generation = files, generation
        self._opened: ChangedMatchers | None = None
        self._latest: _Latest | None = None
        self._opening = threading.Lock()

    def get(self, names: LiveNames) -> Matcher:
        """The matcher over the names of the base and what changed since.

        The arrays of the base are built once and kept as index files.
        """
        latest = self._latest
        if latest is None or latest.names is not names:
            with self._opening:
                latest = self._latest = self._of(names, self._latest)
        return latest.matcher

    def build_files(self) -> None:
        """Have the arrays of the base ready in index files, so that whoever asks first need not wait."""
        self._arrays()

    def _of(self, names: LiveNames, latest: _Latest | None) -> _Latest:
        if latest is not None and latest.names.pieces == names.pieces:
            return _Latest(names, latest.matcher)
        if self._opened is None:
            self._opened = ChangedMatchers(Matcher.from_arrays(self._arrays()), self._names, self._atlas)
        return _Latest(names, self._opened.of(names.changed_since_base()))

    def _arrays(self) -> Arrays:
        with self._files.building(MATCHER, self._generation):
            arrays = self._files.open(MATCHER, self._generation)
            if arrays is None:
                built = build_matcher(public_names(self._names), self._atlas, self._successions)
                arrays = self._files.save(MATCHER, self._generation, built.to_arrays())
            return arrays


def public_names(names: NameIndex) -> Iterator[NameRow]:
    """The names that anyone may see: others are not matched, since an answer would show them."""
    for row in range(len(names)):
        name = names.row(row)
        if name.publication is Publication.PUBLIC:
            yield name_row(name)


def build_matcher(
    names: Iterable[NameRow],
    atlas: DivisionAtlas,
    successions: Successions,
    more_former: Sequence[FormerName] = (),
) -> Matcher:
    """A matcher over current standard names, with all that is known of former ones and other spellings."""
    rows = list(names)
    standard = [row for row in rows if row.kind is NameKind.STANDARD and row.status is NameStatus.CURRENT]
    former = [
        *former_divisions(atlas, successions),
        *spellings(read_spelling_variants(), atlas),
        *other_names(rows, {row.place_id: number for number, row in enumerate(standard)}, atlas),
        *more_former,
    ]
    return Matcher.build(columns_of(standard, atlas), former, division_tree(atlas), shipped_lore())


def division_tree(atlas: DivisionAtlas) -> DivisionTree:
    """Parents and spans by preorder position."""
    parents, ends = [], []
    for id_ in atlas.all_ids():
        parent = atlas.latest(id_).parent_id
        parents.append(-1 if parent is None else atlas.position(parent))
        ends.append(atlas.span(id_)[1])
    return DivisionTree(np.array(parents, dtype=np.int32), np.array(ends, dtype=np.int32))
