"""Rows that whoever loads a file may not touch (权限之外的行): what lies outside the divisions acted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoname.core.divisions.list_matching import ListMatching
from geoname.core.divisions.listing import Reject
from geoname.service.live_index import LiveIndex


def acts_within(index: LiveIndex, acts_for: Sequence[str] | None, division_id: str | None) -> bool:
    """Whether a division is one of those acted for, or lies in one; None acts for all."""
    if acts_for is None:
        return True
    if division_id is None:
        return False
    codes = [index.atlas.code_of(step) or "" for step in index.atlas.chain(division_id)]
    return any(code == own or code.startswith(own) for code in codes for own in acts_for)


def entitled_only(
    index: LiveIndex, matching: ListMatching, acts_for: Sequence[str] | None
) -> tuple[ListMatching, tuple[Reject, ...]]:
    """The matching without the rows that lie elsewhere, and those rows as rejects."""
    if acts_for is None:
        return matching, ()
    matched = tuple(one for one in matching.matched if acts_within(index, acts_for, one.division.id))
    unmatched = tuple(one for one in matching.unmatched if acts_within(index, acts_for, one.parent_id))
    listed = [one.listed for one in matching.matched] + [one.listed for one in matching.unmatched]
    kept = {one.listed.row for one in matched} | {one.listed.row for one in unmatched}
    rejects = tuple(not_entitled(one.row, "name", one.name) for one in listed if one.row not in kept)
    return replace(matching, matched=matched, unmatched=unmatched), rejects


def not_entitled(row: int, field: str, value: str) -> Reject:
    """A row that lies elsewhere."""
    return Reject(
        row,
        field,
        value,
        "the division lies outside those that the token acts for",
        "此区划不在令牌所代表的区划之内",
        "let an officer of that division load it",
        "请由该区划的经办人载入",
    )
