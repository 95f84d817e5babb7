"""Explaining an answer (说明): what was seen through, step by step, from the text to the standard name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geoname.core.matching.answer import (
    Candidate,
    FindingKind,
    Match,
    MatchFinding,
    MatchStatus,
    Standard,
    Step,
    StepKind,
)
from geoname.core.matching.endings import Endings
from geoname.core.matching.entries import FORMER, RENAME, SPELLING, STANDARD, Entries
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.states import Seen
from geoname.core.matching.symbols import LOST, SYLLABLE_FIRST, SymbolTable
from geoname.core.matching.texts import Texts, read_texts

COUNTY, VILLAGE = 2, 4
_WIDE = re.compile("[\uff10-\uff5a]")
_ARABIC = re.compile("[0-9\uff10-\uff19]")
_SEPARATED = re.compile(r"[^\w?？□■▯▢〓\ufffc\ufffd\ue000-\uf8ff]+")
_INFORMATION = (StepKind.MISSING_PARENT,)


@dataclass(frozen=True, slots=True)
class Segment:
    """One name of a reading, positions counted in symbols of the text; `entry` -1 for a move."""

    entry: int
    begin: int
    stem: int
    ending: int
    ending_length: int
    seen: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a text, before it is explained."""

    status: MatchStatus
    entry: int
    confidence: float
    second_confidence: float
    candidates: tuple[tuple[int, float], ...]
    findings: tuple[tuple[FindingKind, str], ...]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Turns a verdict and the names that were read into an answer."""

    entries: Entries
    endings: Endings
    table: SymbolTable

    def explain(self, text: str, verdict: Verdict, segments: Sequence[Segment]) -> Match:
        """The whole answer."""
        read = read_texts([text], self.table)
        steps = tuple(self._steps(text, read, segments, verdict.entry)) if segments else ()
        status = verdict.status
        if status is MatchStatus.STANDARD and any(step.kind not in _INFORMATION for step in steps):
            status = MatchStatus.CORRECTED
        answered = status in (MatchStatus.STANDARD, MatchStatus.CORRECTED)
        remainder = ""
        if segments:
            last = segments[-1]
            end = last.begin + last.stem + last.ending_length
            if end < len(read.symbols):
                remainder = text[read.span(0, end, len(read.symbols))[0] :].strip(" ,，、;；")
        return Match(
            text,
            status,
            self.standard(verdict.entry) if answered else None,
            verdict.confidence,
            verdict.second_confidence,
            steps,
            remainder,
            tuple(Candidate(self.standard(entry), share) for entry, share in verdict.candidates),
            tuple(MatchFinding(kind, detail) for kind, detail in verdict.findings),
        )

    def standard(self, entry: int) -> Standard:
        """A standard name as answers show it."""
        entries = self.entries
        return Standard(
            entry,
            entries.name_id(entry),
            entries.text(entry),
            int(entries.division[entry]),
            entries.path(entry),
        )

    def _steps(self, text: str, read: Texts, segments: Sequence[Segment], target: int) -> Iterator[Step]:
        yield from _of_the_whole(text, read, self._own_characters(read, segments))
        above = -1
        for number, one in enumerate(segments):
            if one.seen & int(Seen.WRONG_PARENT):
                continue
            if one.seen & int(Seen.SURPLUS):
                following = segments[number + 1]
                source = _part(text, read, one.begin, following.begin)
                yield Step(StepKind.WRONG_PARENT, source, self._parent_text(following.entry))
                continue
            yield from self._of_name(text, read, one)
            entry = self._meant(one.entry)
            if number and entry >= 0 and above >= 0 and self.entries.kind[one.entry] != FORMER:
                yield from self._of_parent(segments[number - 1], above, entry)
            above = entry if entry >= 0 else one.entry

    def _own_characters(self, read: Texts, segments: Sequence[Segment]) -> dict[int, str]:
        """For each symbol that belongs to a name: the character that the name has there, or the symbol."""
        own: dict[int, str] = {}
        for one in segments:
            written = self.entries.text(one.entry) if one.entry >= 0 else ""
            aligned = not one.seen & int(Seen.SLIP)
            for at in range(one.begin, one.begin + one.stem + one.ending_length):
                symbol = chr(int(read.symbols[at]))
                place = at - one.begin
                own[at] = written[place] if aligned and place < min(one.stem, len(written)) else symbol
        return own

    def _of_name(self, text: str, read: Texts, one: Segment) -> Iterator[Step]:
        entries = self.entries
        own, kind = entries.text(one.entry), int(entries.kind[one.entry])
        source = _part(text, read, one.begin, one.begin + one.stem + one.ending_length)
        slip = self._of_stem(read, one)
        if slip is not None:
            yield Step(slip, source, own)
        ending = self._of_ending(one)
        if ending is not None and slip is not StepKind.PINYIN:
            yield Step(ending, source, own)
        if kind != STANDARD:
            heirs = entries.heirs_of(one.entry)
            chosen = [heir for heir, whole in heirs if whole] or [heir for heir, _ in heirs]
            since, basis = entries.ended(one.entry)
            to = "、".join(entries.text(heir) for heir in chosen)
            if kind == SPELLING:
                respelt = len(own) == len(to)
                yield Step(StepKind.VARIANT_CHARACTER if respelt else StepKind.ALIAS, own, to)
            elif own == to:
                yield from self._of_moved(one.entry, chosen[0], since, basis)
            else:
                renamed = kind == RENAME or (kind == FORMER and int(entries.depth[one.entry]) > COUNTY)
                step = StepKind.FORMER_NAME if renamed else StepKind.FORMER_DIVISION
                yield Step(step, own, to, since, basis)

    def _of_moved(self, former: int, present: int, since: str, basis: str) -> Iterator[Step]:
        """The name stays and the division above it is another."""
        above, now = int(self.entries.parent[former]), int(self.entries.parent[present])
        if above >= 0 and now >= 0 and self._meant(above) != now:
            yield Step(
                StepKind.FORMER_DIVISION, self.entries.text(above), self.entries.text(now), since, basis
            )

    def _of_stem(self, read: Texts, one: Segment) -> StepKind | None:
        if one.seen & int(Seen.LETTERS):
            return StepKind.PINYIN
        stands = read.symbols[one.begin : one.begin + one.stem]
        meant = self.table.standard(
            np.frombuffer(self.entries.text(one.entry).encode("utf-32-le"), dtype="<u4")
        )[: one.stem]
        if len(meant) == len(stands):
            differ = stands != meant
            if not differ.any():
                return None
            if (stands[differ] == LOST).any():
                return StepKind.CHARACTER_FORM
            one_wrong = stands[differ], meant[differ]
            if (stands[differ] >= SYLLABLE_FIRST).any():
                return StepKind.PINYIN
            if one.seen & int(Seen.HEARD):
                return StepKind.HOMOPHONE
            if differ.sum() == 1 and self.table.look_alike(*one_wrong).all():
                return StepKind.SIMILAR_SHAPE
        if one.seen & int(Seen.SLIP):
            return StepKind.TYPING_SLIP
        return StepKind.HOMOPHONE if one.seen & int(Seen.HEARD) else None

    def _of_ending(self, one: Segment) -> StepKind | None:
        agreement = self.endings.agreement[int(self.entries.ending[one.entry]), one.ending]
        if one.seen & int(Seen.ENDING_SLIP):
            return StepKind.TYPING_SLIP
        if one.seen & int(Seen.ENDING_HEARD):
            return StepKind.HOMOPHONE
        if agreement == Agreement.SHORTER:
            return StepKind.ABBREVIATION
        if agreement == Agreement.MISSING:
            short = int(self.entries.depth[one.entry]) <= COUNTY
            return StepKind.ABBREVIATION if short else StepKind.MISSING_GENERIC
        return StepKind.WRONG_GENERIC if agreement == Agreement.OTHER else None

    def _of_parent(self, before: Segment, above: int, entry: int) -> Iterator[Step]:
        """Say where the name does not lie in what stands before it, or where levels between are left out."""
        entries = self.entries
        chain = []
        at = int(entries.parent[entry])
        while at >= 0 and at != above:
            chain.append(at)
            at = int(entries.parent[at])
        if at < 0:
            if int(entries.kind[before.entry]) != FORMER:
                depth = int(entries.depth[above])
                meant = int(entries.at_depth(np.array([entry]), depth)[0])
                if meant >= 0 and meant != above:
                    yield Step(StepKind.WRONG_PARENT, entries.text(above), entries.text(meant))
            return
        missing = [each for each in reversed(chain) if int(entries.depth[each]) >= COUNTY]
        if missing:
            yield Step(StepKind.MISSING_PARENT, "", "".join(map(entries.text, missing)))

    def _meant(self, entry: int) -> int:
        if self.entries.kind[entry] == STANDARD:
            return entry
        whole = [heir for heir, is_whole in self.entries.heirs_of(entry) if is_whole]
        return whole[0] if len(whole) == 1 else -1

    def _parent_text(self, entry: int) -> str:
        parent = int(self.entries.parent[entry])
        return self.entries.text(parent) if parent >= 0 else ""


def _part(text: str, read: Texts, begin: int, end: int) -> str:
    first, last = read.span(0, begin, end)
    return text[first:last]


def _of_the_whole(text: str, read: Texts, own: dict[int, str]) -> Iterator[Step]:
    """Width, separators, digits and variants in what was read; `own` are the register's characters there."""
    stood = {at: _part(text, read, at, at + 1) for at in own}
    named = text[: max((read.span(0, at, at + 1)[1] for at in own), default=0)]
    if _WIDE.search(named):
        yield Step(StepKind.WIDTH, named, named.translate(_HALF))
    if _SEPARATED.search(named.strip()):
        yield Step(StepKind.CHARACTER_FORM, named, _SEPARATED.sub("", named))
    for at, meant in own.items():
        symbol = chr(int(read.symbols[at]))
        if stood[at] in (meant, symbol) or int(read.symbols[at]) in (LOST,) or symbol >= chr(SYLLABLE_FIRST):
            continue
        if _ARABIC.match(stood[at]):
            yield Step(StepKind.NUMERAL, stood[at], symbol)
        elif not _WIDE.match(stood[at]):
            yield Step(StepKind.VARIANT_CHARACTER, stood[at], meant)


_HALF = {0xFEE0 + point: point for point in range(0x21, 0x7F)}
