"""What is practice and not law about lines and markers (界线实务参数), each with its usual value."""

from __future__ import annotations

from dataclasses import dataclass

PLACEHOLDERS = ("a", "b", "a4", "b4")


@dataclass(frozen=True, slots=True)
class LinePractice:
    """Parameters that a department sets.

    `shortest_m` is the shortest derived line between counties that counts: two of Guizhou's 228 pairs share
    less. `county_code` composes the code of a line below the provincial level from its sides' codes, the
    smaller first: `{a}` and `{b}` are whole, `{a4}` and `{b4}` without the province's two digits. Markers
    farther than `marker_off_m` from a surveyed line are reported; from a derived one, no finer than its
    stated accuracy. Lengths that differ by more than the share `length_differs` are told apart.
    """

    shortest_m: float = 500.0
    county_code: str = "{a}{b}"
    marker_off_m: float = 10.0
    length_differs: float = 0.1


USUAL = LinePractice()
