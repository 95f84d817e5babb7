"""On which side of an edge a point lies, without rounding, for points on or nearly on a line (线上点)."""

from __future__ import annotations

Edge = tuple[float, float, float, float]


def exact_side(edge: Edge, x: float, y: float) -> int:
    """1 when the point lies to the left of the edge from x1, y1 to x2, y2, -1 to the right, 0 in its line."""
    x1, y1, x2, y2 = edge
    if (x == x1 and y == y1) or (x == x2 and y == y2):
        return 0
    if x1 == x2:
        return 0 if x == x1 else _sign(x1 - x) * _sign(y2 - y1)
    if y1 == y2:
        return 0 if y == y1 else _sign(y - y1) * _sign(x2 - x1)
    # A float is a whole number over a power of two: over their greatest denominator all are whole.
    ratios = [value.as_integer_ratio() for value in (x1, y1, x2, y2, x, y)]
    scale = max(below for _, below in ratios)
    px, py, qx, qy, rx, ry = (above * (scale // below) for above, below in ratios)
    turn = (qx - px) * (ry - py) - (qy - py) * (rx - px)
    return (turn > 0) - (turn < 0)


def is_beside(edge: Edge, x: float, y: float, reach: float = 0.0) -> bool:
    """True when a point about in the edge's line lies on it, or at most `reach` degrees beyond an end."""
    x1, y1, x2, y2 = edge
    return min(x1, x2) - reach <= x <= max(x1, x2) + reach and min(y1, y2) - reach <= y <= max(y1, y2) + reach


def _sign(value: float) -> int:
    return (value > 0.0) - (value < 0.0)
