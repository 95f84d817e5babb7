"""Whether a reading may stand alone (可靠性): a wrong correction is worse than none."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.entries import FORMER, Entries
from geoname.core.matching.hashing import Places
from geoname.core.matching.states import FAULTS, Seen, States
from geoname.core.matching.texts import Texts

PREFECTURE, TOWNSHIP = 1, 3
_ZONE = re.compile("(新区|开发区|高新区|经开区|示范区|园区|管理区|保税区)$")
_MOVE, _GIVEN_UP, _PASSED = int(Seen.MOVE), int(Seen.WRONG_PARENT), int(Seen.SURPLUS)
Flags = NDArray[np.bool_]


def chains_of(states: States, last: Places) -> Places:
    """The states that led to each of these: one row a step, the last first, -1 where a chain has ended."""
    steps = [last]
    at = last
    while True:
        at = np.where(at >= 0, states.before[at], -1)
        if not (at >= 0).any():
            return np.stack(steps)
        steps.append(at)


def is_safe(
    entries: Entries, texts: Texts, states: States, best: Places, chains: Places, hinted: Flags
) -> tuple[Flags, Flags]:
    """Whether a reading may stand alone, and whether it is of a single name with no hint.

    A name of a township or below with nothing above it must be written in full and without fault. What
    follows a parent that was given up must be two names, or in full that of a township of the same
    prefecture: many counties had a 城关镇. What follows a parent that is not known must be without fault, and
    two names unless a zone was passed over.
    """
    names, after_move = _counted(states, chains)
    entry, ever = states.entry[best], states.ever[best]
    depth, written = entries.depth[entry], states.ending[best] >= 0
    faultless = (ever & FAULTS) == 0
    alone: Flags = (names == 1) & ~hinted
    safe: Flags = ~(alone & (depth >= TOWNSHIP) & (states.cost[best] > (entries.kind[entry] == FORMER)))
    safe &= ~(alone & ~faultless & ~written)
    moved = ever & _MOVE > 0
    if moved.any():
        last_faultless = (states.seen[best] & FAULTS) == 0
        near_by = (depth == TOWNSHIP) & written & last_faultless & _within_prefecture(entries, states, chains)
        safe &= (ever & _GIVEN_UP == 0) | (after_move >= 2) | near_by
        zone = np.zeros(len(best), dtype=np.bool_)
        for number in np.flatnonzero(ever & _PASSED).tolist():
            zone[number] = _is_zone(texts, states, int(best[number]))
        safe &= (ever & _PASSED == 0) | (written & faultless & ((after_move >= 2) | zone))
    return safe, alone


def _counted(states: States, chains: Places) -> tuple[Places, Places]:
    """How many names each chain read, and how many of them after its move."""
    held = chains >= 0
    moved = held & (states.seen[chains] & _MOVE > 0)
    named = held & (states.entry[chains] >= 0) & ~moved
    so_far = np.cumsum(named, axis=0)
    return so_far[-1], np.where(moved, so_far, 0).max(axis=0)


def _within_prefecture(entries: Entries, states: States, chains: Places) -> Flags:
    """Whether the parent that was given up in each chain was exchanged within its prefecture."""
    near = np.zeros(chains.shape[1], dtype=np.bool_)
    held = (chains >= 0) & (states.seen[chains] & _GIVEN_UP > 0)
    step, chain = np.nonzero(held)
    # A division's own row is the first of its range.
    near[chain] = entries.depth[states.low[chains[step, chain]]] >= PREFECTURE
    return near


def _is_zone(texts: Texts, states: States, state: int) -> bool:
    """Whether what was passed over is a zone (开发区), which stands in addresses and is no division."""
    while not states.seen[state] & _PASSED:
        state = int(states.before[state])
    begin, end = int(states.begin[state]), int(states.at[state])
    return _ZONE.search("".join(map(chr, texts.symbols[begin:end].tolist()))) is not None
