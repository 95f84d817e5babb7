"""The field list (外业清单): every marker of a line and every segment between two of them, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoname.core.inspections.inspection import FieldItem, ItemKind, Stretch
from geoname.errors import InvalidInputError

START, END = "start", "end"
"""The ends of a line or stretch where no marker stands."""


@dataclass(frozen=True, slots=True)
class ListedMarker:
    """A marker by its number and its place in the order along the line; twins share the place."""

    number: str
    place: int


def field_list(markers: Sequence[ListedMarker], stretch: Stretch | None = None) -> tuple[FieldItem, ...]:
    """Markers and segments in their order along the line; of a stretch, only those within it.

    A line without markers is one segment from start to end. InvalidInputError when a stretch names a marker
    that is not on the line, or goes backwards.
    """
    ordered = sorted(markers, key=lambda marker: (marker.place, marker.number))
    if stretch is not None:
        ordered = _within(ordered, stretch)
    by_place: dict[int, list[str]] = {}
    for marker in ordered:
        by_place.setdefault(marker.place, []).append(marker.number)
    items: list[FieldItem] = []
    before = START if stretch is None else None
    for numbers in by_place.values():
        if before is not None:
            items.append(_segment(before, numbers[0]))
        items += [FieldItem(f"marker:{one}", ItemKind.MARKER, one, one) for one in numbers]
        before = numbers[0]
    if stretch is None:
        items.append(_segment(before or START, END))
    return tuple(items)


def _within(ordered: Sequence[ListedMarker], stretch: Stretch) -> list[ListedMarker]:
    places = {marker.number: marker.place for marker in ordered}
    for field, number in (("from_marker", stretch.from_marker), ("to_marker", stretch.to_marker)):
        if number not in places:
            raise InvalidInputError(
                f"there is no marker {number!r} on this line: name two of its markers",
                zh=f"该界线没有界桩 {number!r}：请写该界线上的两个界桩",
                field=field,
            )
    first, last = places[stretch.from_marker], places[stretch.to_marker]
    if first >= last:
        raise InvalidInputError(
            f"the stretch goes from {stretch.from_marker} to {stretch.to_marker}, which is not after it: "
            "name the markers in their order along the line",
            zh=f"地段从 {stretch.from_marker} 到 {stretch.to_marker}，次序颠倒：请按界桩顺序填写",
            field="to_marker",
        )
    return [marker for marker in ordered if first <= marker.place <= last]


def _segment(start: str, end: str) -> FieldItem:
    return FieldItem(f"segment:{start}-{end}", ItemKind.SEGMENT, start, end)
