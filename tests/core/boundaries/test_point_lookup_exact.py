from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from geoname.core.boundaries.point_lookup_exact import exact_side, is_beside

coordinate = st.floats(-180.0, 180.0) | st.integers(-3, 3).map(float)


@given(*[coordinate] * 6)
def test_side_is_the_sign_of_the_turn_in_rational_numbers(x1, y1, x2, y2, x, y):
    px, py, qx, qy, rx, ry = map(Fraction, (x1, y1, x2, y2, x, y))
    turn = (qx - px) * (ry - py) - (qy - py) * (rx - px)
    assert exact_side((x1, y1, x2, y2), x, y) == (turn > 0) - (turn < 0)
    assert exact_side((x2, y2, x1, y1), x, y) == (turn < 0) - (turn > 0)


def test_one_step_of_rounding_beside_a_slanting_edge_is_not_on_it():
    assert exact_side((0.0, 0.0, 3.0, 1.0), 1.5, 0.5) == 0
    assert exact_side((0.0, 0.0, 3.0, 1.0), 1.5, 0.5000000000000001) == 1
    assert exact_side((0.0, 0.0, 3.0, 1.0), 1.5000000000000002, 0.5) == -1


def test_beside_ends_with_the_edge():
    assert is_beside((0.0, 0.0, 2.0, 2.0), 2.0, 2.0)
    assert not is_beside((0.0, 0.0, 2.0, 2.0), 2.1, 2.1)
    assert is_beside((0.0, 0.0, 2.0, 2.0), 2.1, 2.1, 0.2)
