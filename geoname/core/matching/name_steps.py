"""What was seen through in one name (逐名说明): its characters, its generic, its former state, its parent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geoname.core.matching.answer import Step, StepKind
from geoname.core.matching.endings import Endings
from geoname.core.matching.entries import FORMER, RENAME, SPELLING, STANDARD, Entries
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.segment import ReadText, Segment
from geoname.core.matching.states import FAULTS, Seen
from geoname.core.matching.symbols import LOST, SYLLABLE_FIRST, SymbolTable

COUNTY = 2
_LETTERS, _HEARD, _SLIP = int(Seen.LETTERS), int(Seen.HEARD), int(Seen.SLIP)
_ENDING_HEARD, _ENDING_SLIP = int(Seen.ENDING_HEARD), int(Seen.ENDING_SLIP)


@dataclass(frozen=True, slots=True)
class NameSteps:
    """Names the steps of one name."""

    entries: Entries
    endings: Endings
    table: SymbolTable

    def of(self, read: ReadText, one: Segment) -> Iterator[Step]:
        """The steps of a name, but for its parents."""
        entries = self.entries
        kind = int(entries.kind[one.entry])
        ending = self._of_ending(one)
        slip = self._of_stem(read, one) if one.seen & (FAULTS | _LETTERS) else None
        if slip is None and ending is None and kind == STANDARD:
            return
        own, source = entries.text(one.entry), read.part(one.begin, one.end)
        if slip is not None:
            yield Step(slip, source, own)
        if ending is not None and slip is not StepKind.PINYIN:
            yield Step(ending, source, own)
        if kind != STANDARD:
            yield from self._of_former(one.entry, kind, own)

    def of_parent(self, before: int, above: int, entry: int) -> Iterator[Step]:
        """Say where a name does not lie in what stands before it, or where levels between are left out."""
        entries = self.entries
        chain = []
        at = int(entries.parent[entry])
        while at >= 0 and at != above:
            chain.append(at)
            at = int(entries.parent[at])
        if at < 0:
            if int(entries.kind[before]) != FORMER:
                depth = int(entries.depth[above])
                meant = int(entries.at_depth(np.array([entry]), depth)[0])
                if meant >= 0 and meant != above:
                    yield Step(StepKind.WRONG_PARENT, entries.text(above), entries.text(meant))
            return
        missing = [each for each in reversed(chain) if int(entries.depth[each]) >= COUNTY]
        if missing:
            yield Step(StepKind.MISSING_PARENT, "", "".join(map(entries.text, missing)))

    def meant(self, entry: int) -> int:
        """The standard entry that one means, -1 for none or several."""
        if self.entries.kind[entry] == STANDARD:
            return entry
        return max(int(self.entries.targets(np.array([entry]))[0]), -1)

    def _of_former(self, entry: int, kind: int, own: str) -> Iterator[Step]:
        entries = self.entries
        heirs = entries.heirs_of(entry)
        chosen = [heir for heir, whole in heirs if whole] or [heir for heir, _ in heirs]
        since, basis = entries.ended(entry)
        to = "、".join(entries.text(heir) for heir in chosen)
        if kind == SPELLING:
            yield Step(StepKind.VARIANT_CHARACTER if _is_spelt_alike(own, to) else StepKind.ALIAS, own, to)
        elif own == to:
            # The name stays, and the division above it is another.
            above, now = int(entries.parent[entry]), int(entries.parent[chosen[0]])
            if above >= 0 and now >= 0 and self.meant(above) != now:
                yield Step(StepKind.FORMER_DIVISION, entries.text(above), entries.text(now), since, basis)
        else:
            renamed = kind == RENAME or int(entries.depth[entry]) > COUNTY
            yield Step(StepKind.FORMER_NAME if renamed else StepKind.FORMER_DIVISION, own, to, since, basis)

    def _of_stem(self, read: ReadText, one: Segment) -> StepKind | None:
        if one.seen & _LETTERS:
            return StepKind.PINYIN
        stands = read.symbols[one.begin : one.begin + one.stem]
        meant = [*map(self.table.standard_of, map(ord, self.entries.text(one.entry)[: one.stem]))]
        if len(meant) == len(stands):
            differ = [pair for pair in zip(stands, meant, strict=True) if pair[0] != pair[1]]
            if not differ:
                return None
            if any(stood == LOST for stood, _ in differ):
                return StepKind.CHARACTER_FORM
            if any(stood >= SYLLABLE_FIRST for stood, _ in differ):
                return StepKind.PINYIN
            if one.seen & _HEARD:
                return StepKind.HOMOPHONE
            if len(differ) == 1 and self.table.is_look_alike(*differ[0]):
                return StepKind.SIMILAR_SHAPE
        if one.seen & _SLIP:
            return StepKind.TYPING_SLIP
        return StepKind.HOMOPHONE if one.seen & _HEARD else None

    def _of_ending(self, one: Segment) -> StepKind | None:
        if one.seen & _ENDING_SLIP:
            return StepKind.TYPING_SLIP
        if one.seen & _ENDING_HEARD:
            return StepKind.HOMOPHONE
        agreement = int(self.endings.agreement[self.entries.ending[one.entry], one.ending])
        if agreement == Agreement.EXACT:
            return None
        if agreement == Agreement.SHORTER:
            return StepKind.ABBREVIATION
        if agreement == Agreement.MISSING:
            short = self.entries.depth[one.entry] <= COUNTY
            return StepKind.ABBREVIATION if short else StepKind.MISSING_GENERIC
        return StepKind.WRONG_GENERIC


def _is_spelt_alike(one: str, other: str) -> bool:
    """Whether two names are as long and for the greater part the same: the rest is spelt otherwise."""
    return len(one) == len(other) and 2 * sum(map(str.__eq__, one, other)) > len(one)
