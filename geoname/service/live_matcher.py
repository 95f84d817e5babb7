"""The matcher over the register (匹配索引), built when it is first asked for and kept as index files."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.successions import Successions
from geoname.core.matching.columns import (
    OTHER_DEPTH,
    CharacterLore,
    DivisionTree,
    FormerName,
    MatchColumns,
)
from geoname.core.matching.engine import Matcher
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.name_index.index import NameIndex
from geoname.formats.shipped_matching import read_similar_shapes, read_variant_characters
from geoname.formats.shipped_words import read_spelling_variants
from geoname.service.former_names import former_divisions, spellings
from geoname.store.index_files import Arrays, IndexFiles


@dataclass(frozen=True, slots=True)
class NameRow:
    """What the matcher needs of one name of the register; `division` is that which holds the place, or -1."""

    name_id: str
    place_id: str
    text: str
    romanization: str
    specific_length: int
    division: int
    kind: NameKind
    status: NameStatus


def shipped_lore() -> CharacterLore:
    """The shipped lists of variant characters and similar shapes."""
    return CharacterLore(read_variant_characters(), read_similar_shapes())


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
        self._opened: Matcher | None = None
        self._opening = threading.Lock()

    def get(self) -> Matcher:
        """The matcher; its arrays are built once and kept as index files."""
        if self._opened is None:
            with self._opening:
                if self._opened is None:
                    self._opened = Matcher.from_arrays(self._arrays())
        return self._opened

    def _arrays(self) -> Arrays:
        with self._files.building("matcher", self._generation):
            arrays = self._files.open("matcher", self._generation)
            if arrays is None:
                built = build_matcher(public_names(self._names), self._atlas, self._successions)
                arrays = self._files.save("matcher", self._generation, built.to_arrays())
            return arrays


def public_names(names: NameIndex) -> Iterator[NameRow]:
    """The names that anyone may see: others are not matched, since an answer would show them."""
    for row in range(len(names)):
        name = names.row(row)
        if name.publication is Publication.PUBLIC:
            yield NameRow(
                name.name_id,
                name.place_id,
                name.text,
                name.romanization,
                name.specific_length,
                name.division,
                name.kind,
                name.status,
            )


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
        *_other_names(rows, standard, atlas),
        *more_former,
    ]
    return Matcher.build(_columns(standard, atlas), former, division_tree(atlas), shipped_lore())


def division_tree(atlas: DivisionAtlas) -> DivisionTree:
    """Parents and spans by preorder position."""
    parents, ends = [], []
    for id_ in atlas.all_ids():
        parent = atlas.latest(id_).parent_id
        parents.append(-1 if parent is None else atlas.position(parent))
        ends.append(atlas.span(id_)[1])
    return DivisionTree(np.array(parents, dtype=np.int32), np.array(ends, dtype=np.int32))


def _columns(standard: Sequence[NameRow], atlas: DivisionAtlas) -> MatchColumns:
    depths, places = [], []
    for row in standard:
        known = row.place_id in atlas
        depths.append(atlas.latest(row.place_id).level.depth if known else OTHER_DEPTH)
        places.append(atlas.position(row.place_id) if known else row.division)
    return MatchColumns(
        [row.name_id for row in standard],
        [row.text for row in standard],
        [row.romanization for row in standard],
        np.array([row.specific_length for row in standard], dtype=np.uint8),
        np.array(depths, dtype=np.uint8),
        np.array(places, dtype=np.int32),
    )


def _other_names(
    rows: Sequence[NameRow], standard: Sequence[NameRow], atlas: DivisionAtlas
) -> Iterator[FormerName]:
    """Aliases and former names of places with a standard one, but for divisions' own states."""
    bearer = {row.place_id: number for number, row in enumerate(standard)}
    for row in rows:
        number = bearer.get(row.place_id)
        is_state = row.place_id in atlas and row.kind is NameKind.STANDARD
        if number is None or is_state or standard[number] is row or row.status is NameStatus.PROPOSED:
            continue
        former = row.kind is NameKind.FORMER or row.status is NameStatus.HISTORICAL
        known = row.place_id in atlas
        place = atlas.position(row.place_id) if known else row.division
        yield FormerName(
            row.text,
            row.specific_length,
            atlas.latest(row.place_id).level.depth if known else OTHER_DEPTH,
            -1,
            place,
            heir_name=number,
            is_spelling=not former,
            is_rename=former,
        )
