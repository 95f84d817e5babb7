"""Explaining an answer (说明): what was seen through, step by step, from the text to the standard name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
from geoname.core.matching.entries import FORMER, Entries
from geoname.core.matching.name_steps import NameSteps
from geoname.core.matching.segment import ReadText, Segment
from geoname.core.matching.states import Seen
from geoname.core.matching.symbols import LOST, SYLLABLE_FIRST
from geoname.core.matching.texts import REMARK

_WIDE = re.compile("[\uff10-\uff5a]")
_ARABIC = re.compile("[0-9\uff10-\uff19]")
_SEPARATED = re.compile(r"[^\w?？□■▯▢〓\ufffc\ufffd\ue000-\uf8ff]+")
_MARKS = " ,，、;；"
_WORD = re.compile(r"\w")
_HALF = {0xFEE0 + point: point for point in range(0x21, 0x7F)}
_GIVEN_UP, _PASSED_OVER, _SLIP = int(Seen.WRONG_PARENT), int(Seen.SURPLUS), int(Seen.SLIP)
_MOVE = int(Seen.MOVE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a text, before it is explained; `is_plain`: each character is its own symbol."""

    status: MatchStatus
    entry: int
    confidence: float
    second_confidence: float
    candidates: tuple[tuple[int, float], ...]
    findings: tuple[tuple[FindingKind, str], ...]
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Explainer:
    """Turns a verdict and the names that were read into an answer."""

    entries: Entries
    steps: NameSteps

    def explain(self, text: str, verdict: Verdict, segments: Sequence[Segment]) -> Match:
        """The whole answer."""
        steps: tuple[Step, ...] = ()
        status, remainder = verdict.status, ""
        if segments:
            read = ReadText(text, verdict.is_plain, self.steps.table)
            steps = tuple(self._steps(read, segments))
            end = segments[-1].end
            remainder = _after(read, end)
        if status is MatchStatus.STANDARD and any(step.kind is not StepKind.MISSING_PARENT for step in steps):
            status = MatchStatus.CORRECTED
        answered = status is MatchStatus.STANDARD or status is MatchStatus.CORRECTED
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

    def told(self, text: str, is_plain: bool, segments: Sequence[Segment]) -> tuple[Step, ...]:
        """The steps alone."""
        return tuple(self._steps(ReadText(text, is_plain, self.steps.table), segments)) if segments else ()

    def standard(self, entry: int) -> Standard:
        """A standard name as answers show it."""
        entries = self.entries
        path = entries.path(entry)
        return Standard(entry, entries.name_id(entry), path[-1], int(entries.division[entry]), path)

    def _steps(self, read: ReadText, segments: Sequence[Segment]) -> Iterator[Step]:
        if not read.is_plain:
            yield from _of_the_whole(read, self._own_characters(read, segments))
        before, above, passed = -1, -1, False
        for number, one in enumerate(segments):
            if one.seen & _MOVE:
                passed = bool(one.seen & _PASSED_OVER)
                if passed:
                    following = segments[number + 1]
                    parent = int(self.entries.parent[following.entry])
                    to = self.entries.text(parent) if parent >= 0 else ""
                    yield Step(StepKind.WRONG_PARENT, read.part(one.begin, following.begin), to)
                continue
            yield from self.steps.of(read, one)
            entry = self.steps.meant(one.entry)
            if entry >= 0 and above >= 0 and not passed and self.entries.kind[one.entry] != FORMER:
                yield from self.steps.of_parent(before, above, entry)
            before, above, passed = one.entry, entry if entry >= 0 else one.entry, False

    def _own_characters(self, read: ReadText, segments: Sequence[Segment]) -> dict[int, str]:
        """For each symbol that belongs to a name: the character that the name has there, or the symbol."""
        own: dict[int, str] = {}
        for one in segments:
            written = self.entries.text(one.entry) if one.entry >= 0 else ""
            known = 0 if one.seen & _SLIP else min(one.stem, len(written))
            for place, at in enumerate(range(one.begin, one.end)):
                own[at] = written[place] if place < known else chr(read.symbols[at])
        return own


def _after(read: ReadText, end: int) -> str:
    """What follows the last name: a number, a street, a remark in brackets; not marks alone."""
    if end < len(read):
        return read.text[read.span(end, len(read))[0] :].strip(_MARKS)
    rest = "" if read.is_plain else read.text[read.span(end - 1, end)[1] :].strip(_MARKS)
    return rest if _WORD.search(rest) else ""


def _of_the_whole(read: ReadText, own: dict[int, str]) -> Iterator[Step]:
    """Width, separators, digits and variants in what was read; `own` are the register's characters there."""
    stood = {at: read.part(at, at + 1) for at in own}
    named = read.text[: max((read.span(at, at + 1)[1] for at in own), default=0)]
    if _WIDE.search(named):
        yield Step(StepKind.WIDTH, named, named.translate(_HALF))
    if _SEPARATED.search(named.strip()):
        yield Step(StepKind.CHARACTER_FORM, named, _SEPARATED.sub("", REMARK.sub("", named)))
    for at, meant in own.items():
        symbol = read.symbols[at]
        if stood[at] in (meant, chr(symbol)) or symbol == LOST or symbol >= SYLLABLE_FIRST:
            continue
        if _ARABIC.match(stood[at]):
            yield Step(StepKind.NUMERAL, stood[at], chr(symbol))
        elif not _WIDE.match(stood[at]):
            yield Step(StepKind.VARIANT_CHARACTER, stood[at], meant)
