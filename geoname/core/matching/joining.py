"""Verdicts of batches put together (汇总): columns for all texts, and which of them have steps to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.answer import FindingKind, MatchStatus, StepKind
from geoname.core.matching.entries import STANDARD
from geoname.core.matching.explaining import Explainer
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.hashing import Places
from geoname.core.matching.many import SEGMENT_COLUMNS, STATUSES, Matches, read_until

_RIGHT, _CORRECTED = STATUSES.index(MatchStatus.STANDARD), STATUSES.index(MatchStatus.CORRECTED)
_ENTRY, _ENDING, _SEEN = (SEGMENT_COLUMNS.index(name) for name in ("entry", "ending", "seen"))


@dataclass(slots=True)
class Part:
    """The verdicts of one batch, while they are made; see `Matches` for the columns.

    `numbers` are those of its texts among all, and rows are counted within the batch.
    `lengths` counts the symbols of each text, `changed` are those that are not their symbols as they stand,
    `plain` counts the characters from the first on that are their own symbols.
    """

    numbers: Places
    status: NDArray[np.uint8]
    entry: NDArray[np.int64]
    confidence: NDArray[np.float32]
    second: NDArray[np.float32]
    lengths: Places
    changed: Places
    plain: Places
    segments: list[tuple[Places, NDArray[np.int32]]] = field(default_factory=list)
    candidates: dict[int, tuple[tuple[int, float], ...]] = field(default_factory=dict)
    findings: dict[int, list[tuple[FindingKind, str]]] = field(default_factory=dict)

    def find(self, row: int, kind: FindingKind, detail: str = "") -> None:
        """Add a finding."""
        self.findings.setdefault(row, []).append((kind, detail))


def put_together(
    texts: Sequence[str], parts: Sequence[Part], read_as: Mapping[int, str], explainer: Explainer
) -> Matches:
    """The answers of all texts; a status is `standard` only where nothing had to be seen through."""
    numbers = _end_to_end([part.numbers for part in parts], np.int64)
    back = np.empty(len(texts), dtype=np.int64)
    back[numbers] = np.arange(len(numbers))  # a text that was looked at twice has its verdict from the later
    row = _end_to_end([part.numbers[own] for part in parts for own, _ in part.segments], np.int64)
    columns = [values for part in parts for _, values in part.segments]
    value = np.concatenate(columns) if columns else np.zeros((0, len(SEGMENT_COLUMNS)), np.int32)
    order = np.argsort(row, kind="stable")
    row, value = row[order], value[order]
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=len(texts)), out=starts[1:])
    changed = np.unique(_end_to_end([part.numbers[part.changed] for part in parts], np.int64))
    status = _end_to_end([part.status for part in parts], np.uint8)[back]
    faulty, told = _faults(row, value, explainer)
    is_faulty, is_told = _marked(row[faulty], len(texts)), _marked(row[told], len(texts))
    lengths = _end_to_end([part.lengths for part in parts], np.int64)[back]
    plain = _end_to_end([part.plain for part in parts], np.int64)[back]
    ends = read_until(starts, value)
    is_told |= _marked(row, len(texts)) & (ends < lengths)
    is_told[changed] = starts[changed + 1] > starts[changed]
    is_faulty[list(read_as)] = True
    is_told[list(read_as)] = True
    status[is_faulty & (status == _RIGHT)] = _CORRECTED
    matches = Matches(
        texts,
        status,
        _end_to_end([part.entry for part in parts], np.int64)[back],
        _end_to_end([part.confidence for part in parts], np.float32)[back],
        _end_to_end([part.second for part in parts], np.float32)[back],
        starts,
        value,
        {int(part.numbers[own]): each for part in parts for own, each in part.candidates.items()},
        {
            int(part.numbers[own]): tuple(dict.fromkeys(each))
            for part in parts
            for own, each in part.findings.items()
        },
        explainer,
        frozenset(changed.tolist()),
        plain,
        read_as,
        is_told,
    )
    # What stands in a name in other characters is a fault as well; what follows the name is none.
    within = changed[(status[changed] == _RIGHT) & (plain[changed] < ends[changed])]
    for at in within.tolist():
        if any(step.kind is not StepKind.MISSING_PARENT for step in matches.steps(at)):
            status[at] = _CORRECTED
    return matches


def _faults(
    row: Places, value: NDArray[np.int32], explainer: Explainer
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each name that was read: whether anything was seen through, and whether there is a step to tell."""
    entries, agreement = explainer.entries, explainer.steps.endings.agreement
    entry = value[:, _ENTRY]
    agreed = agreement[entries.ending[entry], value[:, _ENDING]]
    faulty = (entry < 0) | (entries.kind[entry] != STANDARD) | (agreed != Agreement.EXACT)
    faulty |= value[:, _SEEN] != 0
    told = faulty.copy()
    # A level left out between two names is told, and is no fault.
    follows = row[1:] == row[:-1]
    told[1:] |= follows & (entries.parent[entry[1:]] != entry[:-1])
    return faulty, told


def _marked(rows: Places, n: int) -> NDArray[np.bool_]:
    marked = np.zeros(n, dtype=np.bool_)
    marked[rows] = True
    return marked


def _end_to_end(pieces: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=dtype)
