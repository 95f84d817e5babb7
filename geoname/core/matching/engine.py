"""The matcher (匹配器): built once from the names of a register, then nothing but arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.alone.reader import OneTextReader
from geoname.core.matching.answer import Match, MatchStatus, Step
from geoname.core.matching.changed_entries import ChangedEntries, Changes
from geoname.core.matching.changed_forms import ChangedForms
from geoname.core.matching.choosing import Hints
from geoname.core.matching.columns import CharacterLore, DivisionTree, FormerName, MatchColumns
from geoname.core.matching.deciding import Decider, Prepared
from geoname.core.matching.endings import Endings, build_endings
from geoname.core.matching.entries import Entries, build_entries
from geoname.core.matching.explaining import Explainer, Verdict
from geoname.core.matching.forms import Forms, build_forms
from geoname.core.matching.initials import Initials, build_initials
from geoname.core.matching.joining import put_together
from geoname.core.matching.many import Matches
from geoname.core.matching.name_steps import NameSteps
from geoname.core.matching.near_endings import NearEndings
from geoname.core.matching.ranges import joined
from geoname.core.matching.reading import BY_EAR, PLAINLY, WITH_SLIPS, Reader
from geoname.core.matching.symbols import SymbolTable, build_symbols
from geoname.core.matching.telling import Group, Teller
from geoname.core.matching.texts import without_repeats
from geoname.core.matching.thresholds import DEFAULT, Thresholds
from geoname.core.matching.typed_endings import TypedEndings

BATCH = 5000
"""Texts that are read at once: enough to make the cost of a call small, few enough to stay in the cache."""
FEW = 6
"""So many texts are read faster one by one."""
SLIPS_AT_ONCE = 256
"""Texts that are searched for slips together: each needs some hundred thousand bytes meanwhile."""


class Matcher:
    """From texts to standard names. It holds arrays only, which may be mapped and shared by processes."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], thresholds: Thresholds = DEFAULT) -> None:
        """Take what `to_arrays` gave."""
        table = SymbolTable.from_arrays("symbol", arrays)
        endings = Endings.from_arrays("ending", arrays)
        self._compose(
            table,
            Entries(arrays),
            Forms(arrays),
            endings,
            NearEndings(endings, table),
            Initials.from_arrays("initials", arrays),
            thresholds,
        )

    def _compose(
        self,
        table: SymbolTable,
        entries: Entries,
        forms: Forms,
        endings: Endings,
        near: NearEndings,
        initials: Initials,
        thresholds: Thresholds,
    ) -> None:
        self._table, self._entries, self._forms, self._endings = table, entries, forms, endings
        self._near, self._initials, self.thresholds = near, initials, thresholds
        reader = Reader(entries, forms, TypedEndings(endings, near, thresholds), table, thresholds)
        self._explainer = Explainer(entries, NameSteps(entries, endings, table))
        self._decider = Decider(reader, OneTextReader(reader), initials)

    def changed(self, changes: Changes) -> Matcher:
        """A matcher that answers as one built anew over what holds now; what is not changed is shared.

        Takes some ten bytes a name; a division's own name cannot change so.
        """
        endings_before = len(self._endings.agreement)
        entries = ChangedEntries(self._entries, changes, endings_before)
        changed = object.__new__(Matcher)
        changed._compose(
            self._table,
            entries,
            ChangedForms(self._forms, entries, self._table),
            self._endings.and_owned(entries.came.owned),
            self._near,
            self._initials,
            self.thresholds,
        )
        return changed

    @classmethod
    def build(
        cls,
        columns: MatchColumns,
        former: Sequence[FormerName],
        tree: DivisionTree,
        lore: CharacterLore,
        thresholds: Thresholds = DEFAULT,
    ) -> Matcher:
        """Make the arrays; `tree` gives the divisions by preorder position, former ones included."""
        table = build_symbols(lore)
        built = build_entries(columns, former, tree)
        arrays = (
            table.to_arrays("symbol")
            | built.entries.to_arrays()
            | build_forms(built.stems, built.romanizations, table).to_arrays()
            | build_endings(built.owned, table).to_arrays("ending")
            | build_initials(built, table).to_arrays("initials")
        )
        return cls(arrays, thresholds)

    def __len__(self) -> int:
        """How many names of all kinds."""
        return len(self._entries)

    @property
    def entries(self) -> Entries:
        """The names by entry."""
        return self._entries

    def match(
        self, text: str, *, within: int | None = None, point: int | None = None, on: date | None = None
    ) -> Match:
        """What a text means.

        `within` is the preorder position of a division that the answer should lie in, `point` that of the
        county (or prefecture, or province) in which a coordinate of the text lies, `on` the day on which it
        is to hold.
        """
        batch = None
        if within is None and point is None and on is None:
            batch = self._decider.prepared([text])
            plain = self._decider.plainly(batch)
            if plain is not None:
                verdict, is_plain = plain
                status = MatchStatus.CORRECTED if verdict.is_faulty else MatchStatus.STANDARD
                sure, other = verdict.confidence, verdict.second_confidence
                known = Verdict(status, verdict.entry, sure, other, (), (), is_plain)
                return self._explainer.explain(text, known, verdict.segments)
        hints = self._hints(1, None if within is None else [within], None if point is None else [point])
        return self._decided([text], hints, on, batch).match(0)

    def match_many(
        self,
        texts: Sequence[str],
        *,
        within: int | Sequence[int] | None = None,
        point: Sequence[int] | None = None,
        on: date | None = None,
    ) -> Matches:
        """What each of many texts means; the same answers as one at a time.

        `within` is one position for all or one for each (-1 none), `point` one for each (-1 none).
        """
        return self._decided(texts, self._hints(len(texts), within, point), on, None)

    def _decided(
        self, texts: Sequence[str], hints: Hints, on: date | None, batch: Prepared | None
    ) -> Matches:
        """The answers within these hints; a text that is alone may have been made ready already."""
        n = len(texts)
        parts, left = [], np.arange(n)
        read_as: dict[int, str] = {}
        for care, size in ((PLAINLY, BATCH), (BY_EAR, BATCH), (WITH_SLIPS, SLIPS_AT_ONCE)):
            late = []
            size = 1 if len(left) <= FEW else size
            for begin in range(0, len(left), size):
                numbers = left[begin : begin + size]
                own = Hints(hints.low[numbers], hints.high[numbers], hints.county[numbers])
                if batch is None or n > 1:
                    some = [read_as.get(at, texts[at]) for at in numbers.tolist()]
                    batch = self._decider.prepared(some)
                part, unsettled = self._decider.decide(batch, numbers, own, on, care)
                parts.append(part)
                late.append(numbers[unsettled])
            left = joined(late)
            if care is PLAINLY:
                once = ((at, without_repeats(texts[at])) for at in left.tolist())
                read_as = {at: text for at, text in once if text != texts[at]}
                batch = None if read_as else batch
        return put_together(texts, parts, read_as, self._explainer)

    def teller(self, grouped: Callable[[tuple[Step, ...]], Group]) -> Teller[Group]:
        """What tells the steps of many answers at once; `grouped` makes of steps what the caller wants."""
        return Teller(self._explainer, grouped)

    def _hints(self, n: int, within: int | Sequence[int] | None, point: Sequence[int] | None) -> Hints:
        low = np.zeros(n, dtype=np.int64)
        high = np.full(n, len(self._entries), dtype=np.int64)
        if within is not None:
            given = np.full(n, within, dtype=np.int64) if isinstance(within, int) else np.asarray(within)
            rows = self._rows(given)
            known = rows >= 0
            low[known] = self._entries.low[rows[known]]
            high[known] = self._entries.high[rows[known]]
        county = np.full(n, -1, dtype=np.int64) if point is None else self._rows(np.asarray(point))
        return Hints(low, high, county)

    def _rows(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.array([self._entries.row_of_division(int(at)) for at in positions], dtype=np.int64)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return (
            self._table.to_arrays("symbol")
            | self._entries.to_arrays()
            | self._forms.to_arrays()
            | self._endings.to_arrays("ending")
            | self._initials.to_arrays("initials")
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], thresholds: Thresholds = DEFAULT) -> Matcher:
        """What `to_arrays` gave; little is read."""
        return cls(arrays, thresholds)
