"""Brings a form from the field together with the register (外业表合并): three ways, and a person decides.

Each item was given out with the version and the values of its record (`base`); the form comes back (`mine`)
while the register may have gone on (`theirs`). What both left or changed alike needs no word. What only the
form changed goes in by itself as long as the register stood still; else it is soft, and taken when a person
says so. Where both changed one field to different values it is hard, and a person says which holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from geoname.core.inspections.field_form import FieldForm, FormItem, Value
from geoname.errors import InvalidInputError

Values = Mapping[str, Value]


class Side(StrEnum):
    """Whose value holds: that of the form, or that of the register."""

    MINE = "mine"
    THEIRS = "theirs"


class ItemState(StrEnum):
    """How an item of the form stands to the register."""

    SAME = "same"
    """The form says nothing that the register does not hold already."""
    CLEAN = "clean"
    """Only the form changed it."""
    SOFT = "soft"
    """The register went on meanwhile, in other fields."""
    HARD = "hard"
    """Both changed the same field, to different values."""
    SIGNED = "signed"
    """The record was signed meanwhile: it is never edited, only corrected with a reason."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that the form changed: as given out, in the form, in the register."""

    field: str
    base: Value
    mine: Value
    theirs: Value
    hard: bool


@dataclass(frozen=True, slots=True)
class Known:
    """An item's record in the register: its version (0: none), its values, whether a side has signed it."""

    version: int
    values: Values
    signed: bool = False


@dataclass(frozen=True, slots=True)
class ItemMerge:
    """One item: how it stands, what differs, what is decided, and what would be written.

    `merged` holds every field as it would be after the merge; `undecided` names the fields that wait for a
    person, and nothing of the item is written while there are any.
    """

    key: str
    state: ItemState
    base_version: int
    version: int
    differences: tuple[FieldDifference, ...]
    merged: Values
    undecided: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Whether the register changes by it now."""
        changes = any(self.merged.get(one.field) != one.theirs for one in self.differences)
        return changes and not self.undecided and self.state is not ItemState.SIGNED


Decisions = Mapping[str, Mapping[str, Side]]
"""Item → field (or `*` for all of its fields) → whose value holds."""


def merge_form(
    form: FieldForm, returned: Mapping[str, Values], known: Mapping[str, Known], decisions: Decisions
) -> tuple[ItemMerge, ...]:
    """How each item that came back stands to the register, in the order of the form.

    An item or a field that did not come back was not touched. InvalidInputError for an item that was not on
    the form, and for a decision about what is not there to decide.
    """
    items = {item.key: item for item in form.items}
    _check_known(returned, items, "the form has no item", "该外业表没有")
    _check_known(decisions, returned, "there is nothing to decide about", "无可决定：")
    return tuple(
        _merged(item, returned[item.key], known[item.key], decisions.get(item.key, {}))
        for item in form.items
        if item.key in returned
    )


def _merged(item: FormItem, mine: Values, known: Known, decided: Mapping[str, Side]) -> ItemMerge:
    differences = tuple(
        FieldDifference(
            field, item.values.get(field), value, known.values.get(field), _is_hard(item, known, field)
        )
        for field, value in mine.items()
        if value != item.values.get(field) and value != known.values.get(field)
    )
    _check_decided(item.key, differences, decided)
    state = _state(item, known, differences)
    merged, undecided = dict(known.values), []
    for one in differences:
        side = decided.get(one.field, decided.get("*"))
        if side is Side.MINE or (side is None and state is ItemState.CLEAN):
            merged[one.field] = one.mine
        elif side is None:
            undecided.append(one.field)
    return ItemMerge(item.key, state, item.base_version, known.version, differences, merged, tuple(undecided))


def _is_hard(item: FormItem, known: Known, field: str) -> bool:
    return known.values.get(field) != item.values.get(field)


def _state(item: FormItem, known: Known, differences: tuple[FieldDifference, ...]) -> ItemState:
    if not differences:
        return ItemState.SAME
    if known.signed:
        return ItemState.SIGNED
    if any(one.hard for one in differences):
        return ItemState.HARD
    return ItemState.CLEAN if known.version == item.base_version else ItemState.SOFT


def _check_known(asked: Iterable[str], there: Mapping[str, object], en: str, zh: str) -> None:
    for key in asked:
        if key not in there:
            raise InvalidInputError(f"{en} {key!r}", zh=f"{zh} {key!r}", field="item")


def _check_decided(key: str, differences: tuple[FieldDifference, ...], decided: Mapping[str, Side]) -> None:
    """A decision names a field that the form changed, unless it was settled by an earlier merge."""
    fields = {one.field for one in differences}
    for field in decided:
        if field != "*" and fields and field not in fields:
            raise InvalidInputError(
                f"nothing is to be decided about {field} of {key}: it may be decided about "
                f"{', '.join(sorted(fields))}",
                zh=f"{key} 的 {field} 无需决定：可决定的是 {'、'.join(sorted(fields))}",
                field="decisions",
            )
