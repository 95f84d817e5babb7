"""A name index and what changed since it was built, answering as one (实时索引)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name_index.delta import NamePiece
from geoname.core.register.name_index.filtering import NameFilter
from geoname.core.register.name_index.index import NameIndex, PinyinForm
from geoname.core.register.name_index.paging import Keep, Page
from geoname.core.register.name_index.records import IndexedName, Order
from geoname.core.register.visibility import Role


@dataclass(frozen=True, slots=True)
class ChangedNames:
    """How the names that hold differ from those of the base.

    `gone` are the rows of the base that hold no longer, ascending: taken out, or changed. `names` are those
    that came since, with their rows, which are all above those of the base; a changed name is in both.
    """

    gone: tuple[int, ...]
    names: tuple[IndexedName, ...]


After = int | Order
"""The row that a page ended with, or its place in the order of answers; -1 for none."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The base or a piece: its rows are numbered from `first` on, and hold but for those that are `gone`."""

    first: int
    end: int
    whole: NameIndex
    holding: NameIndex
    gone: NDArray[np.bool_] | None

    @classmethod
    def of(cls, first: int, names: NameIndex, hidden: Sequence[NDArray[np.integer]]) -> _Part:
        if not any(map(len, hidden)):
            return cls(first, first + len(names), names, names, None)
        gone = np.zeros(len(names), dtype=np.bool_)
        gone[np.concatenate(hidden)] = True
        return cls(first, first + len(names), names, names.only(lambda rows: ~gone[rows]), gone)

    def rows(self) -> NDArray[np.int64]:
        """The rows that hold, as they are numbered here."""
        return np.arange(len(self.whole)) if self.gone is None else np.flatnonzero(~self.gone)


class LiveNames:
    """What `NameIndex` is, over a base and the pieces that came since; it never changes.

    Rows of the base keep their numbers, names that came since have numbers after them, which mean the same
    here only. Answers come in the same order as from one index over all.
    """

    def __init__(self, base: NameIndex, pieces: Sequence[NamePiece] = ()) -> None:
        """Take the base and the pieces, oldest first."""
        self.base, self.pieces = base, tuple(pieces)
        self._parts = [_Part.of(0, base, [piece.of_base for piece in pieces])]
        for number, piece in enumerate(pieces):
            hidden = [piece.hidden_by(newer) for newer in pieces[number + 1 :]]
            self._parts.append(_Part.of(self._parts[-1].end, piece.names, hidden))

    def __len__(self) -> int:
        """How many names hold."""
        return sum(len(part.rows()) for part in self._parts)

    def rows(self) -> Sequence[int]:
        """Every row that holds, those of the base first."""
        if len(self._parts) == 1:
            return range(len(self.base))
        return [part.first + row for part in self._parts for row in part.rows().tolist()]

    def row(self, row: int) -> IndexedName:
        """The name of a row; IndexError when there is none."""
        part = self._part_of(row)
        found = part.whole.row(row - part.first)
        return found if not part.first else found._replace(row=row)

    def order(self, row: int) -> Order:
        """What rows are to be ordered by; `NameIndex` has them in order as they are."""
        part = self._part_of(row)
        return part.whole.order(row - part.first)

    def position_of(self, name_id: str) -> int | None:
        """The row of a name, None when it is not here."""
        for part in reversed(self._parts):
            row = part.whole.position_of(name_id)
            if row is not None and (part.gone is None or not part.gone[row]):
                return part.first + row
        return None

    def exact(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.exact`."""
        return self._page(lambda names, last: names.exact(text_key, filter, last, limit), after, limit)

    def prefix(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.prefix`."""
        return self._page(lambda names, last: names.prefix(text_key, filter, last, limit), after, limit)

    def specific(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.specific`."""
        return self._page(lambda names, last: names.specific(text_key, filter, last, limit), after, limit)

    def contains(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.contains`."""
        return self._page(lambda names, last: names.contains(text_key, filter, last, limit), after, limit)

    def pinyin(
        self,
        key: str,
        form: PinyinForm = PinyinForm.PLAIN,
        *,
        prefix: bool = False,
        filter: NameFilter | None = None,
        after: After = -1,
        limit: int = 20,
    ) -> Page:
        """As `NameIndex.pinyin`."""

        def ask(names: NameIndex, last: int) -> Page:
            return names.pinyin(key, form, prefix=prefix, filter=filter, after=last, limit=limit)

        return self._page(ask, after, limit)

    def fuzzy(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.fuzzy`."""
        return self._page(lambda names, last: names.fuzzy(text_key, filter, last, limit), after, limit)

    def browse(self, filter: NameFilter | None = None, after: After = -1, limit: int = 20) -> Page:
        """As `NameIndex.browse`."""
        return self._page(lambda names, last: names.browse(filter, last, limit), after, limit)

    def keeping_located(self, filter: NameFilter | None, audience: Role) -> list[Keep]:
        """The names that hold and pass the filter, and of these only those whose locations `audience` sees.

        A function on arrays of rows for the base and for each piece, which count their rows from 0.
        """
        return [part.holding.keeping_located(filter, audience) for part in self._parts]

    def all_public(self) -> bool:
        """Whether every name is public, so that nothing need be kept back; after changes perhaps too wary."""
        return all(part.whole.all_public() for part in self._parts)

    def changed_since_base(self) -> ChangedNames:
        """What is different from `base`, for other indexes that are built from the base."""
        base, *pieces = self._parts
        gone = () if base.gone is None else tuple(np.flatnonzero(base.gone).tolist())
        rows = [part.first + row for part in pieces for row in part.rows().tolist()]
        return ChangedNames(gone, tuple(map(self.row, rows)))

    def _part_of(self, row: int) -> _Part:
        for part in self._parts:
            if row < part.end:
                return part
        raise IndexError(row)

    def _page(self, ask: Callable[[NameIndex, int], Page], after: After, limit: int) -> Page:
        """The pages of all parts as one, in the order of answers."""
        pages = [ask(part.holding, self._last_of(part, after)) for part in self._parts]
        if not any(page.rows for page in pages[1:]):
            return pages[0]
        found = sorted(
            (part.whole.order(row), part.first + row)
            for part, page in zip(self._parts, pages, strict=True)
            for row in page.rows
        )
        more = len(found) > limit or any(page.more for page in pages)
        return Page([row for _, row in found[:limit]], more)

    def _last_of(self, part: _Part, after: After) -> int:
        """The last row of a part that does not come after a row of any."""
        if isinstance(after, int):
            if after == -1 or part.first <= after < part.end:
                return max(-1, after - part.first)
            after = self.order(after)
        return part.whole.rows_before(after) - 1
