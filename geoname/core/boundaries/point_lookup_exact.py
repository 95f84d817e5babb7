"""On which side of an edge a point lies, without rounding, for points on or nearly on a line (线上点)."""

from __future__ import annotations

from fractions import Fraction

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
    px, py, qx, qy = Fraction(x1), Fraction(y1), Fraction(x2), Fraction(y2)
    left = (qx - px) * (Fraction(y) - py)
    right = (qy - py) * (Fraction(x) - px)
    return (left > right) - (left < right)


def is_beside(edge: Edge, x: float, y: float, reach: float = 0.0) -> bool:
    """True when a point about in the edge's line lies on it, or at most `reach` degrees beyond an end."""
    x1, y1, x2, y2 = edge
    return min(x1, x2) - reach <= x <= max(x1, x2) + reach and min(y1, y2) - reach <= y <= max(y1, y2) + reach


def _sign(value: float) -> int:
    return (value > 0.0) - (value < 0.0)
