"""What changed since a name index was built (增量索引): names added, changed and taken out, one by one."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name import Publication
from geoname.core.register.name_index.columns import PUBLICATIONS, NameColumns, NameKeys
from geoname.core.register.name_index.fresh_keys import FreshKeys, FreshTexts
from geoname.core.register.name_index.index import NameIndex, PinyinForm
from geoname.core.register.name_index.records import RECORD, IndexedName, Order, pack_records

NEVER = 2**32 - 1
_ROOM = 1024


class NameDelta:
    """Names by number in the order in which they came, and when names of the base or these ceased to hold.

    Nothing is ever taken out: a name that is changed comes again under another number, and the old one is
    marked as gone from that change on. So what holds at a change stays readable while later ones come in,
    and readers need not wait for the one thread that writes.
    """

    def __init__(self, base: NameIndex) -> None:
        """Begin with no change."""
        self.base = base
        self.whole = (0, 0)
        """How many changes there were, and how many names had come with the last of them."""
        self.count = 0
        self.gone_of_base: NDArray[np.uint32] | None = None
        self.any_not_public = False
        self.texts = FreshTexts()
        self.specifics = FreshKeys()
        self.sounds = {form: FreshKeys() for form in PinyinForm}
        self.table: NDArray[Any] = np.zeros(_ROOM, dtype=RECORD)
        self.gone: NDArray[np.uint32] = np.full(_ROOM, NEVER, dtype=np.uint32)
        self.before: NDArray[np.uint32] = np.zeros(_ROOM, dtype=np.uint32)
        """How many names of the base stand before each."""
        self.orders: list[Order] = []
        self.names: list[IndexedName] = []
        self.numbers: dict[str, list[int]] = {}
        """The numbers under which a name of this id came; empty for one that was only taken out."""
        self._lock = threading.Lock()

    def apply(self, columns: NameColumns, keys: NameKeys, gone: Iterable[str] = ()) -> None:
        """One change: these names are new or differ from what they were, those of the ids `gone` are no more.

        Readers see it from the moment `whole` tells of it. InvalidInputError for a value that does not fit.
        """
        records = pack_records(columns, np.arange(len(columns)))
        shown = np.array([each is Publication.PUBLIC for each in PUBLICATIONS])
        with self._lock:
            change, first = self.whole[0] + 1, self.count
            for name_id in gone:
                self._take_out(name_id, change)
            self.any_not_public |= not bool(shown[records.table["publication"]].all())
            self._make_room(first + len(columns))
            self.table[first : first + len(columns)] = records.table
            for row in range(len(columns)):
                self._add(records.row(row), records.order(row), keys, row, change)
            self.whole = (change, self.count)

    def _add(self, name: IndexedName, order: Order, keys: NameKeys, row: int, change: int) -> None:
        self._take_out(name.name_id, change)
        number = self.count
        self.before[number] = self.base.rows_before(order)
        self.orders.append(order)
        self.names.append(name._replace(row=len(self.base) + number))
        text, specific = keys.text[row], keys.specific[row]
        self.texts.add(text, number)
        if len(specific) < 256 and text.startswith(specific):
            self.specifics.add(specific, number)
        self.sounds[PinyinForm.PLAIN].add(keys.plain[row], number)
        self.sounds[PinyinForm.TONED].add(keys.toned[row], number)
        self.sounds[PinyinForm.INITIALS].add(keys.initials[row], number)
        self.numbers.setdefault(name.name_id, []).append(number)
        self.count = number + 1

    def _take_out(self, name_id: str, change: int) -> None:
        known = self.numbers.get(name_id)
        if known:
            self.gone[known[-1]] = min(change, int(self.gone[known[-1]]))
            return
        row = self.base.position_of(name_id)
        if row is not None:
            if self.gone_of_base is None:
                self.gone_of_base = np.full(len(self.base), NEVER, dtype=np.uint32)
            self.gone_of_base[row] = min(change, int(self.gone_of_base[row]))
        self.numbers.setdefault(name_id, [])

    def _make_room(self, wanted: int) -> None:
        room = len(self.gone)
        if wanted <= room:
            return
        room = max(2 * room, wanted)
        for field, filling in (("table", 0), ("gone", NEVER), ("before", 0)):
            old = getattr(self, field)
            new = np.zeros(room, dtype=old.dtype) if filling == 0 else np.full(room, filling, dtype=old.dtype)
            new[: len(old)] = old
            setattr(self, field, new)
