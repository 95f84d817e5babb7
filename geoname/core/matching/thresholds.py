"""What each fault costs (代价) and how much is too much: the settings of matching."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Costs are whole numbers: the higher, the less likely that the text means the name.

    `accept` is the highest cost of a correction; `sure_margin`, `heard_margin`, `slip_margin` say how much
    more another name must cost for an answer that is exact, heard or with a slip to be safe; `beam` and
    `list` cap what is looked at, and `shown` what is shown.
    """

    homophone: int = 8
    near_homophone: int = 10
    generic_heard: int = 5
    similar_shape: int = 9
    lost_character: int = 5
    swapped: int = 8
    other_slip: int = 13
    short_slip: int = 3
    """On top, where the slip leaves a name of two characters with one that is right."""
    extra_at_end: int = 18
    """An additional last character (龙井坡村 for 龙井村): more often another name than a slip."""
    confirmed: int = 7
    """Taken off again, where a name is read to the letter within the one that had the slip."""
    generic_slip: int = 7
    rival: int = 12
    """Of a reading with a fault where another name stands there with its generic and without fault."""
    missing_generic: tuple[int, int, int, int, int, int] = (0, 0, 0, 1, 2, 3)
    wrong_generic: int = 5
    doubly: int = 3
    """On top, where a name with a fault has no generic either."""
    other_name: int = 2
    """Of names that are no divisions, which stand back where a division may be meant."""
    former: int = 1
    part: int = 2
    skipped_level: int = 1
    neighbour: int = 2
    wrong_parent: int = 11
    farther: int = 1
    """On top for each level that the parent given up lies farther away."""
    surplus: int = 12
    wide: tuple[int, int, int] = (64, 600, 6000)
    """How many names a slip may be among before it costs `wider` more, once for each."""
    wider: int = 3
    accept: int = 17
    worst: int = 22
    sure_margin: int = 1
    heard_margin: int = 3
    slip_margin: int = 4
    beam: int = 48
    list: int = 64
    shown: int = 10


DEFAULT = Thresholds()
