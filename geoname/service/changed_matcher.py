"""What the names written since the base mean for the matcher (增量匹配): places remade, the rest kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.matching.changed_entries import Changes
from geoname.core.matching.engine import Matcher
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.name_index.live_names import ChangedNames
from geoname.core.register.name_index.records import IndexedName
from geoname.service.matcher_rows import NameRow, columns_of, name_row, other_names


class ChangedMatchers:
    """Matchers over the names of a base and what changed since, each made when it is first asked for."""

    def __init__(self, base: Matcher, names: NameIndex, atlas: DivisionAtlas) -> None:
        """Take the matcher of the base, the names that it was built from, and the divisions."""
        self._base, self._names, self._atlas = base, names, atlas

    def of(self, changed: ChangedNames) -> Matcher:
        """The matcher over the names that hold at one moment."""
        if not changed.gone and not changed.names:
            return self._base
        return self._base.changed(self._changes(changed))

    def _changes(self, changed: ChangedNames) -> Changes:
        """Every place of which a name changed is taken out and put in as it is now."""
        gone = set(changed.gone)
        touched = {name.place_id for name in changed.names}
        touched |= {self._names.row(row).place_id for row in gone}
        before = {place: self._rows_of(place) for place in touched}
        hidden = [entry for rows in before.values() for entry in self._entries_of(rows)]
        now = [
            *(name for rows in before.values() for row, name in rows if row not in gone),
            *(name for name in changed.names if name.publication is Publication.PUBLIC),
        ]
        rows = list(map(name_row, now))
        standing = [row for row in rows if _stands(row)]
        own = [row for row in standing if row.place_id not in self._atlas]
        # A division's own name changes with the divisions, which the base is made anew for.
        bearers = {row.place_id: number for number, row in enumerate(own)}
        return Changes(
            np.array(sorted(set(hidden)), dtype=np.int64),
            columns_of(own, self._atlas),
            tuple(other_names(rows, bearers, self._atlas)),
        )

    def _rows_of(self, place_id: str) -> list[tuple[int, IndexedName]]:
        """The names of a place in the base that anyone may see, with their rows."""
        order, ids = self._places
        key = place_id.encode()
        begin, end = np.searchsorted(ids, key, "left"), np.searchsorted(ids, key, "right")
        named = [(row, self._names.row(row)) for row in order[begin:end].tolist()]
        return [(row, name) for row, name in named if name.publication is Publication.PUBLIC]

    def _entries_of(self, rows: Sequence[tuple[int, IndexedName]]) -> Iterable[int]:
        """The entries that the names of one place have in the base, but for that of a division itself."""
        standing = {self._entry(name.name_id) for _, name in rows if _stands(name_row(name))}
        for _, name in rows:
            is_division = name.place_id in self._atlas
            if _stands(name_row(name)):
                if not is_division:
                    yield self._entry(name.name_id)
            elif not (is_division and name.kind is NameKind.STANDARD):
                for entry in self._formers.get(name.text, ()):
                    heirs = {heir for heir, _ in self._base.entries.heirs_of(entry)}
                    if heirs & standing or not (heirs or standing):
                        yield entry

    def _entry(self, name_id: str) -> int:
        order, ids = self._ids
        return int(order[np.searchsorted(ids, name_id.encode())])

    @cached_property
    def _ids(self) -> tuple[NDArray[np.int64], NDArray[np.bytes_]]:
        ids = self._base.entries.name_ids
        order = np.argsort(ids)
        return order, ids[order]

    @cached_property
    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.bytes_]]:
        ids = np.array(self._names.place_ids(np.arange(len(self._names))), dtype=np.bytes_)
        order = np.argsort(ids, kind="stable")
        return order, ids[order]

    @cached_property
    def _formers(self) -> dict[str, list[int]]:
        """The entries that are no standard names, by their text; not those of divisions that are gone."""
        entries = self._base.entries
        found: dict[str, list[int]] = {}
        for row in np.flatnonzero((entries.kind != 0) & (entries.division < 0)).tolist():
            found.setdefault(entries.text(row), []).append(row)
        return found


def _stands(row: NameRow) -> bool:
    return row.kind is NameKind.STANDARD and row.status is NameStatus.CURRENT
