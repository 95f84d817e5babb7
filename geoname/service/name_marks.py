"""Where a page of names ended (分页游标), as a text that means the same in every process."""

from __future__ import annotations

from geoname.core.register.name_index.live_names import After, LiveNames
from geoname.service.cursor import refused


def mark_of(names: LiveNames, row: int) -> str:
    """The mark of a row: its number in the base, or for what came since, its place between them."""
    rank = names.rank(row)
    if len(rank) == 2:
        return str(rank[0])
    before, _, (weight, text, name_id) = rank
    return f"{before}~{weight.hex()}~{text.hex()}~{name_id.hex()}"


def after_mark(mark: str) -> After:
    """What `mark_of` gave, to go on after; InvalidInputError for what is no mark."""
    before, *order = mark.split("~")
    try:
        row = int(before)
        if row >= 0 and not order:
            return row
        weight, text, name_id = order
        return row, 0, (float.fromhex(weight), bytes.fromhex(text), bytes.fromhex(name_id))
    except (ValueError, OverflowError):
        raise refused() from None
