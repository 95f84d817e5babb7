"""What a form to the field holds besides its fields (外业表文件): items, places on the map, headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from geoname.core.inspections.field_form import FIELDS_OF, FieldForm, FormItem
from geoname.core.inspections.inspection import ItemKind
from geoname.errors import InvalidInputError

FORM_TABLE = "geoname_form"
LAYERS = {ItemKind.MARKER: "markers", ItemKind.SEGMENT: "segments"}
FORM, ITEM, VERSION = "form", "item", "base_version"
DESCRIPTION = "description"
HEAD = (
    (FORM, "外业表标识（勿改）"),
    (ITEM, "项目（勿改）"),
    ("from_marker", "起点界桩"),
    ("to_marker", "止点界桩"),
    (DESCRIPTION, "说明"),
    (VERSION, "发出时的版本（勿改）"),
)
"""What stands before the fields; changes to it are not read."""


@dataclass(frozen=True, slots=True)
class FormPlace:
    """What helps to find an item on the ground: its markers, a description, a Point or line in WGS 84."""

    from_marker: str
    to_marker: str
    description: str = ""
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item of a form with its place."""

    item: FormItem
    place: FormPlace

    def head(self, form: FieldForm) -> tuple[str | int, ...]:
        """The cells before the fields."""
        place = self.place
        return (
            form.id,
            self.item.key,
            place.from_marker,
            place.to_marker,
            place.description,
            self.item.base_version,
        )


def heading(name: str, zh: str) -> str:
    """A column's heading in a CSV file: what people read, then the field's name."""
    return f"{zh} {name}"


def field_of(column: str) -> str:
    """The field's name in a heading as it was written, or as somebody shortened it."""
    return column.split()[-1] if column.split() else ""


def fields_in(kinds: Sequence[ItemKind]) -> tuple[tuple[str, str], ...]:
    """Name and heading of the fields of these kinds of items, each once, in order."""
    found = {field.name: field.zh for kind in kinds for field in FIELDS_OF[kind]}
    return tuple(found.items())


def form_ending(file: Path) -> str:
    """`gpkg` or `csv`; InvalidInputError for another ending."""
    ending = file.suffix.lower().lstrip(".")
    if ending not in ("gpkg", "csv"):
        raise InvalidInputError(
            f"{file.name} names no form: end it in .gpkg (for QField and QGIS) or .csv",
            zh=f"{file.name} 不是外业表：请以 .gpkg（QField、QGIS）或 .csv 结尾",
            field="output",
        )
    return ending
