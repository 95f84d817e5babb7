"""Where a page of names ended (分页游标), as a text that means the same in every process."""

from __future__ import annotations

from geoname.core.register.name_index.live_names import After, LiveNames
from geoname.service.cursor import refused


def mark_of(names: LiveNames, row: int) -> str:
    """The mark of a row: its number in the base, or for what came since, its place in the order."""
    if row < len(names.base):
        return str(row)
    weight, text, name_id = names.order(row)
    return f"{weight.hex()}~{text.hex()}~{name_id.hex()}"


def after_mark(mark: str) -> After:
    """What `mark_of` gave, to go on after; InvalidInputError for what is no mark."""
    try:
        if "~" in mark:
            weight, text, name_id = mark.split("~")
            return float.fromhex(weight), bytes.fromhex(text), bytes.fromhex(name_id)
        row = int(mark)
    except (ValueError, OverflowError):
        raise refused() from None
    if row < 0:
        raise refused()
    return row
