"""A name index and what changed since it was built, answering as one (实时索引)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name import NameKind, NameStatus
from geoname.core.register.name_index.delta import NameDelta
from geoname.core.register.name_index.filtering import NameFilter, class_range, keeping, located
from geoname.core.register.name_index.index import NameIndex, PinyinForm
from geoname.core.register.name_index.paging import Keep, Page, Rows
from geoname.core.register.name_index.records import IndexedName, Order
from geoname.core.register.visibility import Role


@dataclass(frozen=True, slots=True)
class ChangedNames:
    """How the names that hold differ from those of the base.

    `moment` grows with every change and is equal for equal contents. `gone` are the rows of the base that
    hold no longer, ascending: taken out, or changed. `names` are those that came since, with their rows,
    which are all above those of the base; a changed name is in both.
    """

    moment: tuple[int, int]
    gone: tuple[int, ...]
    names: tuple[IndexedName, ...]


Rank = tuple[int, int] | tuple[int, int, Order]
"""Where a row stands in the order of answers: rows of the base by their number, others between them."""


After = int | Rank
"""The row that a page ended with, or its rank, which means the same in every process; -1 for none."""


class LiveNames:
    """What `NameIndex` is, with the changes up to one moment; those that come later do not show in it.

    Rows of the base keep their numbers, names that came since have numbers after them: a row means the same
    name for as long as the base is the same. Answers come in the same order as from one index over all.
    """

    def __init__(self, delta: NameDelta) -> None:
        """What holds at this moment."""
        self.base = delta.base
        self._delta = delta
        self._change, self._count = delta.whole
        self._first = len(delta.base)
        gone = delta.gone_of_base
        self._lost = 0 if gone is None else int(np.count_nonzero(gone <= self._change))
        self._old: NameIndex = delta.base.only(self._holding_of_base if self._lost else None)
        self._all_public = delta.base.all_public() and not delta.any_not_public

    def __len__(self) -> int:
        """How many names hold."""
        return self._first - self._lost + len(self._fresh())

    def rows(self) -> Sequence[int]:
        """Every row that holds, those of the base first."""
        if not self._changed:
            return range(self._first)
        old = np.arange(self._first)
        kept = old[self._holding_of_base(old)] if self._lost else old
        return [*kept.tolist(), *(self._first + number for number in self._fresh().tolist())]

    def row(self, row: int) -> IndexedName:
        """The name of a row; IndexError when there is none."""
        if row < self._first:
            return self.base.row(row)
        if row >= self._first + self._count:
            raise IndexError(row)
        return self._delta.names[row - self._first]

    def rank(self, row: int) -> Rank:
        """What rows are to be ordered by; `NameIndex` has them in order as they are."""
        if row < self._first:
            return row, 1
        number = row - self._first
        return int(self._delta.before[number]), 0, self._delta.orders[number]

    def position_of(self, name_id: str) -> int | None:
        """The row of a name, None when it is not here."""
        for number in reversed(self._delta.numbers.get(name_id, ())):
            if number < self._count:
                return self._first + number if self._delta.gone[number] > self._change else None
        row = self.base.position_of(name_id)
        if row is not None and self._lost and not self._holding_of_base(np.array([row]))[0]:
            return None
        return row

    def exact(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.exact`."""
        old = self._old.exact(text_key, filter, self._old_after(after), limit)
        return self._merged(old, self._delta.texts.exact(text_key), filter, after, limit)

    def prefix(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.prefix`."""
        old = self._old.prefix(text_key, filter, self._old_after(after), limit)
        return self._merged(old, self._delta.texts.beginning(text_key), filter, after, limit)

    def specific(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.specific`."""
        old = self._old.specific(text_key, filter, self._old_after(after), limit)
        return self._merged(old, self._delta.specifics.exact(text_key), filter, after, limit)

    def contains(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.contains`."""
        parts = text_key.split()
        if not parts:
            return Page([], False)
        old = self._old.contains(text_key, filter, self._old_after(after), limit)
        return self._merged(old, self._delta.texts.containing(parts), filter, after, limit)

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
        old = self._old.pinyin(
            key, form, prefix=prefix, filter=filter, after=self._old_after(after), limit=limit
        )
        keys = self._delta.sounds[form]
        numbers = keys.beginning(key) if prefix and key else keys.exact(key)
        return self._merged(old, numbers, filter, after, limit)

    def fuzzy(
        self, text_key: str, filter: NameFilter | None = None, after: After = -1, limit: int = 20
    ) -> Page:
        """As `NameIndex.fuzzy`."""
        old = self._old.fuzzy(text_key, filter, self._old_after(after), limit)
        return self._merged(old, self._delta.texts.near(text_key), filter, after, limit)

    def browse(self, filter: NameFilter | None = None, after: After = -1, limit: int = 20) -> Page:
        """As `NameIndex.browse`."""
        old = self._old.browse(filter, self._old_after(after), limit)
        return self._merged(old, range(self._count), filter, after, limit)

    def keeping(self, filter: NameFilter | None) -> Keep | None:
        """The filter as a function on arrays of rows; rows that no longer hold pass none."""
        old = self._old.keeping(filter)
        if not self._changed:
            return old
        fresh = None if filter is None else keeping(filter, self._delta.table)
        return self._on_both(old, fresh)

    def keeping_located(self, filter: NameFilter | None, audience: Role) -> Keep:
        """The filter on arrays of rows, and of these only the ones whose locations `audience` sees."""
        old = self._old.keeping_located(filter, audience)
        if not self._changed:
            return old
        table = self._delta.table
        placed = located(audience, table)
        wanted = None if filter is None else keeping(filter, table)
        return self._on_both(old, placed if wanted is None else lambda rows: wanted(rows) & placed(rows))

    def standard_rows(self, feature_class: str) -> Rows:
        """The rows of the standard names of all places of a class and below it, those in force last."""
        old: Rows = self._old.standard_rows(feature_class)
        if not self._changed:
            return old
        low, high = class_range(feature_class)
        rows = [
            *old.tolist(),
            *(
                self._first + number
                for number in self._fresh().tolist()
                if self._delta.names[number].kind is NameKind.STANDARD
                and low <= int(self._delta.table["feature_class"][number]) < high
            ),
        ]
        rows.sort(key=lambda row: (self.row(row).status is NameStatus.CURRENT, self.rank(row)))
        return np.array(rows, dtype=np.int64)

    def place_ids(self, rows: Rows) -> list[str]:
        """The places of these rows."""
        if not self._changed:
            return self.base.place_ids(rows)
        return [self.row(row).place_id for row in rows.tolist()]

    def all_public(self) -> bool:
        """Whether every name is public, so that nothing need be kept back; after changes perhaps too wary."""
        return self._all_public

    def changed_since_base(self) -> ChangedNames:
        """What is different from `base`, for other indexes that are built from the base."""
        gone = self._delta.gone_of_base
        rows = [] if gone is None else np.flatnonzero(gone <= self._change).tolist()
        fresh = [self._delta.names[number] for number in self._fresh().tolist()]
        return ChangedNames((self._change, self._count), tuple(rows), tuple(fresh))

    @property
    def _changed(self) -> bool:
        return bool(self._count or self._lost)

    def _fresh(self) -> NDArray[np.int64]:
        """The numbers of the names that came since and hold."""
        return np.flatnonzero(self._delta.gone[: self._count] > self._change)

    def _holding_of_base(self, rows: Rows) -> NDArray[np.bool_]:
        gone = self._delta.gone_of_base
        assert gone is not None
        holding: NDArray[np.bool_] = gone[rows] > self._change
        return holding

    def _on_both(self, old: Keep | None, fresh: Keep | None) -> Keep:
        def keep(rows: Rows) -> NDArray[np.bool_]:
            passed: NDArray[np.bool_] = np.ones(len(rows), dtype=np.bool_)
            of_base = rows < self._first
            if old is not None:
                passed[of_base] = old(rows[of_base])
            if not of_base.all():
                numbers = rows[~of_base].astype(np.int64) - self._first
                there = numbers < self._count
                there &= self._delta.gone[numbers] > self._change
                if fresh is not None:
                    there &= fresh(numbers)
                passed[~of_base] = there
            return passed

        return keep

    def _old_after(self, after: After) -> int:
        """After which row of the base a page goes on that ended here."""
        if isinstance(after, int):
            if after < self._first:
                return after
            after = self.rank(after)
        return after[0] if len(after) == 2 else after[0] - 1

    def _merged(
        self, old: Page, numbers: Sequence[int], filter: NameFilter | None, after: After, limit: int
    ) -> Page:
        """A page of the base with what came since in its places."""
        if not numbers:
            return old
        packed = np.arange(len(numbers)) if isinstance(numbers, range) else np.array(numbers, dtype=np.int64)
        fresh = self._page_of_fresh(packed, filter, after, limit)
        if not fresh:
            return old
        rows = sorted([*old.rows, *(self._first + number for number in fresh)], key=self.rank)
        return Page(rows[:limit], old.more or len(rows) > limit)

    def _page_of_fresh(
        self, numbers: NDArray[np.int64], filter: NameFilter | None, after: After, limit: int
    ) -> list[int]:
        """The first `limit` + 1 of these, or more, that hold, pass the filter and come after a row."""
        delta = self._delta
        numbers = numbers[numbers < self._count]
        numbers = numbers[delta.gone[numbers] > self._change]
        if filter is not None and len(numbers):
            numbers = numbers[keeping(filter, delta.table)(numbers)]
        before = delta.before[numbers]
        if after != -1:
            last = self.rank(after) if isinstance(after, int) else after
            # Those that stand at the very place of the last one are told apart below.
            may_follow = before >= last[0] if len(last) == 3 else before > last[0]
            numbers, before = numbers[may_follow], before[may_follow]
            if len(last) == 3:
                numbers = numbers[[self.rank(self._first + each) > last for each in numbers.tolist()]]
                before = delta.before[numbers]
        if len(numbers) > limit + 1:
            numbers = numbers[before <= np.partition(before, limit)[limit]]
        found: list[int] = numbers.tolist()
        return found
