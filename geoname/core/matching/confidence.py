"""How sure an answer is (置信度): by what was seen through, measured on corrupted names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.hashing import Places

_BY_COST = np.array(
    [
        *(0.999, 0.998, 0.998, 0.997, 0.996, 0.99, 0.99, 0.985, 0.985, 0.98, 0.975, 0.97),
        *(0.95, 0.94, 0.93, 0.92, 0.91, 0.9, 0.8, 0.7, 0.6),
    ],
    dtype=np.float32,
)
_HALVES_EVERY = 3.0
FAR_OFF = 60


def of_cost(cost: Places, second: Places) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The confidence of an answer of this cost, and of the best other one."""
    base = _BY_COST[np.clip(cost, 0, len(_BY_COST) - 1)]
    other = np.exp2(-np.clip(second - cost, 0, FAR_OFF) / _HALVES_EVERY)
    other = np.where(second - cost > FAR_OFF, 0.0, other)
    return base.astype(np.float32), np.minimum(other * (1 - base), 1 - base).astype(np.float32)


def shares(costs: Sequence[int]) -> list[float]:
    """How likely each of several candidates is, the cheapest first; together less than one."""
    if not costs:
        return []
    weight = np.exp2(-(np.array(costs, dtype=np.float64) - costs[0]) / _HALVES_EVERY)
    best = float(_BY_COST[min(max(costs[0], 0), len(_BY_COST) - 1)])
    return [round(float(each), 3) for each in weight / weight.sum() * min(best, 0.9)]
