"""Choosing among the readings of each text (择定): the cheapest, if it is safe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.details import IS_DETAIL, VILLAGE, Detail, detail
from geoname.core.matching.entries import Entries
from geoname.core.matching.hashing import Places
from geoname.core.matching.ranges import rank_in_group
from geoname.core.matching.reading import BY_EAR, PLAINLY, WITH_SLIPS, Care, Reader, Readings
from geoname.core.matching.safety import chains_of, is_safe
from geoname.core.matching.states import FAULTS, Seen, States
from geoname.core.matching.texts import Texts

POINT_ELSEWHERE = 8
FAR = 1 << 20
_READ = int(Seen.SCOPE_ONLY | Seen.MOVE)


@dataclass(frozen=True, slots=True)
class Hints:
    """For each text: the range of entries that the answer should lie in, and the county of its coordinate.

    `low` and `high` are 0 and the number of entries where no division is given; `county` is -1 where none
    is known.
    """

    low: Places
    high: Places
    county: Places


@dataclass(frozen=True, slots=True)
class Chosen:
    """For each of some texts the best reading; columns of equal length.

    `state` is its state, `chains` what led to it (see `chains_of`), `target` the standard entry (below -1:
    none single), `second` the cost of the best other target. `nearly`: something was heard that is alike in
    local speech only. `safe` False: the answer is not to be given alone; `listed` False: not even among
    candidates. `outside`: all readings lie outside the division that was given. `by_point`, `by_within`: the
    hint decided.
    """

    row: Places
    state: Places
    chains: Places
    target: Places
    cost: Places
    second: Places
    nearly: NDArray[np.bool_]
    safe: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    outside: NDArray[np.bool_]
    by_point: NDArray[np.bool_]
    by_within: NDArray[np.bool_]
    answers_row: Places
    """The text of each state that is an answer, for the lists of candidates."""
    answer_targets: Places
    answer_costs: Places


def answering(reader: Reader, texts: Texts, readings: Readings, care: Care) -> Places:
    """The states that are answers: they reach the end of their text, or only detail follows."""
    costs, states = reader.costs, readings.states
    answers = np.flatnonzero((states.entry >= 0) & (states.seen & _READ == 0))
    whole = states.at[answers] == texts.starts[1:][states.row[answers]]
    complete = np.zeros(len(texts.starts), dtype=np.bool_)
    # A street may be called as a township elsewhere is: a parent is given up only where no detail follows it.
    unmoved = states.ever[answers] & int(Seen.MOVE) == 0
    complete[states.row[answers[whole & unmoved]]] = True
    rest = answers[~whole]
    rest = rest[~complete[states.row[rest]] & (states.cost[rest] <= costs.accept)]
    sure_only = care is not WITH_SLIPS
    return np.concatenate((answers[whole], _with_detail(reader, texts, states, rest, sure_only)))


def choose(
    reader: Reader, texts: Texts, readings: Readings, answers: Places, hints: Hints, care: Care
) -> Chosen:
    """The best reading of every text that has any of these answers; texts without one are left out."""
    entries, costs = reader.entries, reader.costs
    states = readings.states
    row, cost = states.row[answers], states.cost[answers]
    target = entries.targets(states.entry[answers])
    plain_cost = cost.copy()
    county = hints.county[row]
    pointed = np.flatnonzero(county >= 0)
    if len(pointed):
        own = np.where(target[pointed] >= 0, target[pointed], states.entry[answers[pointed]])
        cost[pointed] += POINT_ELSEWHERE * ~_agrees(entries, own, county[pointed])
    shown = np.where(target >= 0, target, states.entry[answers])
    lying = entries.lying(shown)
    everywhere = hints.high[row] - hints.low[row] >= len(entries)
    inside = everywhere | ((lying >= hints.low[row]) & (lying < hints.high[row]))
    has_inside = np.zeros(len(texts.starts), dtype=np.bool_)
    has_inside[row[inside]] = True
    kept = inside | ~has_inside[row]
    left_out = answers[~kept]
    answers, row, cost, target, plain_cost = (
        answers[kept], row[kept], cost[kept], target[kept], plain_cost[kept],
    )  # fmt: skip
    first, second = _first_two(row, cost, target)
    _, plain_second = _first_two(row, plain_cost, target)
    best = answers[first]
    margins = {PLAINLY: costs.sure_margin, BY_EAR: costs.heard_margin}
    by_care = margins.get(care, costs.slip_margin)
    at_row = states.row[best]
    outside = ~has_inside[at_row]
    cheapest_out = np.full(len(texts.starts), FAR, dtype=np.int64)
    np.minimum.at(cheapest_out, states.row[left_out], states.cost[left_out])
    within_given = (hints.low[at_row] > 0) | (hints.high[at_row] < len(entries))
    hinted = (within_given & ~outside) | ((hints.county[at_row] >= 0) & (cost[first] == plain_cost[first]))
    # What is typed in letters is not misheard: a syllable's characters are told by rank alone.
    only_letters = states.ever[best] & (FAULTS | int(Seen.LETTERS)) == int(Seen.LETTERS)
    margin = np.where(only_letters, costs.sure_margin, by_care)
    safe = (second - cost[first] >= margin) & (cost[first] <= costs.accept) & ~outside
    chains = chains_of(states, best)
    sure, alone = is_safe(reader.entries, texts, states, best, chains, hinted)
    safe &= sure
    return Chosen(
        at_row,
        best,
        chains,
        target[first],
        cost[first],
        second,
        states.ever[best] & int(Seen.NEARLY) > 0,
        safe,
        (cost[first] <= costs.accept) | ~alone,
        outside,
        safe & (plain_second - plain_cost[first] < margin) & (hints.county[at_row] >= 0),
        safe & (cheapest_out[at_row] - cost[first] < margin) & within_given,
        row,
        target,
        cost,
    )


def _with_detail(reader: Reader, texts: Texts, states: States, rest: Places, sure_only: bool) -> Places:
    """The states after which only detail follows; of each text those that have come farthest."""
    least = Detail.SURELY if sure_only else Detail.PERHAPS
    if not len(rest):
        return rest
    kept = []
    verdicts: dict[tuple[int, int, int, bool], Detail] = {}
    if sure_only:
        # Only a number, a group, or what lies below a village is surely detail.
        following = IS_DETAIL[np.minimum(texts.symbols[states.at[rest]], 0xFFFF)]
        rest = rest[following | ((states.depth[rest] >= VILLAGE) & (states.ending[rest] >= 0))]
    entry = states.entry[rest]
    named = reader.endings_of.is_named(reader.entries.ending[entry], states.ending[rest])
    moved = states.ever[rest] & int(Seen.MOVE) > 0
    order = np.lexsort((-states.at[rest], moved, states.row[rest]))
    rest, named = rest[order], named[order]
    columns = (
        rest, states.row[rest], states.at[rest], texts.starts[states.row[rest] + 1],
        np.minimum(states.depth[rest], VILLAGE), named, reader.entries.shallow[entry[order]],
        states.ever[rest] & FAULTS > 0,
    )  # fmt: skip
    farthest: dict[int, int] = {}
    for state, row, at, end, depth, is_named, shallow, faulty in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        if farthest.get(row, at) != at or shallow:
            continue
        key = (row, at, depth, is_named)
        if key not in verdicts:
            verdicts[key] = detail(texts.written[at:end], depth, is_named)
        if verdicts[key] >= (Detail.SURELY if faulty else least):
            farthest[row] = at
            kept.append(state)
    return np.array(kept, dtype=np.int64)


def _agrees(entries: Entries, rows: Places, county: Places) -> NDArray[np.bool_]:
    """Whether each entry lies in a county, or holds it."""
    holds = (entries.low[rows] <= county) & (county < entries.high[rows]) & (entries.depth[rows] < 2)
    agrees: NDArray[np.bool_] = (entries.at_depth(rows, 2) == county) | holds
    return agrees


def _first_two(row: Places, cost: Places, target: Places) -> tuple[Places, Places]:
    """For each text the position of its cheapest answer, and the cost of the cheapest with another target."""
    order = np.lexsort((target, cost, row))
    rank = rank_in_group(row[order])
    first = order[rank == 0]
    target_of_row = np.full(int(row.max(initial=-1)) + 1, -1, dtype=np.int64)
    target_of_row[row[first]] = target[first]
    other = order[target[order] != target_of_row[row[order]]]
    seconds = np.full(len(target_of_row), FAR, dtype=np.int64)
    np.minimum.at(seconds, row[other], cost[other])
    return first, seconds[row[first]]
