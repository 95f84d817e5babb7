"""Verdicts of batches put together (汇总): columns for all texts, and which of them have steps to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.answer import FindingKind, MatchStatus
from geoname.core.matching.entries import STANDARD
from geoname.core.matching.explaining import Explainer
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.hashing import Places
from geoname.core.matching.many import SEGMENT_COLUMNS, STATUSES, Matches

_RIGHT, _CORRECTED = STATUSES.index(MatchStatus.STANDARD), STATUSES.index(MatchStatus.CORRECTED)
_ENTRY, _BEGIN, _STEM, _ENDING, _LENGTH, _SEEN = range(len(SEGMENT_COLUMNS))


@dataclass(slots=True)
class Part:
    """The verdicts of one batch, while they are made; see `Matches` for the columns.

    `lengths` counts the symbols of each text, `changed` are those that are not their symbols as they stand.
    """

    status: NDArray[np.uint8]
    entry: NDArray[np.int64]
    confidence: NDArray[np.float32]
    second: NDArray[np.float32]
    lengths: Places
    changed: Places
    segments: list[tuple[Places, NDArray[np.int32]]] = field(default_factory=list)
    candidates: dict[int, tuple[tuple[int, float], ...]] = field(default_factory=dict)
    findings: dict[int, list[tuple[FindingKind, str]]] = field(default_factory=dict)

    def find(self, row: int, kind: FindingKind, detail: str = "") -> None:
        """Add a finding."""
        self.findings.setdefault(row, []).append((kind, detail))


def put_together(texts: Sequence[str], parts: Sequence[Part], explainer: Explainer) -> Matches:
    """The answers of all texts; a status is `standard` only where nothing had to be seen through."""
    offsets = np.concatenate(([0], np.cumsum([len(part.status) for part in parts]))).astype(np.int64)
    numbered = list(zip(offsets.tolist(), parts, strict=False))
    row = _end_to_end([own + offset for offset, part in numbered for own, _ in part.segments], np.int64)
    columns = [values for part in parts for _, values in part.segments]
    value = np.concatenate(columns) if columns else np.zeros((0, len(SEGMENT_COLUMNS)), np.int32)
    order = np.argsort(row, kind="stable")
    row, value = row[order], value[order]
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=len(texts)), out=starts[1:])
    changed = _end_to_end([part.changed + offset for offset, part in numbered], np.int64)
    status = _end_to_end([part.status for part in parts], np.uint8)
    faulty, told = _faults(row, value, explainer)
    is_faulty, is_told = _marked(row[faulty], len(texts)), _marked(row[told], len(texts))
    lengths = _end_to_end([part.lengths for part in parts], np.int64)
    is_told |= _marked(row, len(texts)) & (_ends(starts, value) < lengths)
    is_told[changed] = starts[changed + 1] > starts[changed]
    status[is_faulty & (status == _RIGHT)] = _CORRECTED
    matches = Matches(
        texts,
        status,
        _end_to_end([part.entry for part in parts], np.int64),
        _end_to_end([part.confidence for part in parts], np.float32),
        _end_to_end([part.second for part in parts], np.float32),
        starts,
        value,
        {offset + own: each for offset, part in numbered for own, each in part.candidates.items()},
        {
            offset + own: tuple(dict.fromkeys(each))
            for offset, part in numbered
            for own, each in part.findings.items()
        },
        explainer,
        frozenset(changed.tolist()),
        is_told,
    )
    for at in changed[status[changed] == _RIGHT].tolist():
        status[at] = STATUSES.index(matches.match(at).status)
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


def _ends(starts: Places, value: NDArray[np.int32]) -> Places:
    """Where the last name of each text ends, 0 where none was read."""
    ends = np.zeros(len(starts) - 1, dtype=np.int64)
    read = np.flatnonzero(starts[1:] > starts[:-1])
    last = value[starts[read + 1] - 1]
    ends[read] = last[:, _BEGIN] + last[:, _STEM] + last[:, _LENGTH]
    return ends


def _marked(rows: Places, n: int) -> NDArray[np.bool_]:
    marked = np.zeros(n, dtype=np.bool_)
    marked[rows] = True
    return marked


def _end_to_end(pieces: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=dtype)
