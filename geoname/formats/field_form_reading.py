"""Reads a form that came back from the field (外业表回收): GeoPackage, CSV or a workbook made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geoname.core.inspections.field_form import FIELDS_OF, FormField, Value, read_value
from geoname.core.inspections.inspection import ItemKind
from geoname.errors import InvalidInputError, TooLargeError
from geoname.formats.field_form_file import FORM, ITEM, LAYERS, field_of
from geoname.formats.tables.open_table import AnySource, Reading, open_source

MOST_ITEMS = 20_000
_FIELDS = {kind: {field.name: field for field in fields} for kind, fields in FIELDS_OF.items()}
_APOSTROPHE = "'"


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """What came back: which form, and for each item the fields that the file has, with their values."""

    form_id: str
    items: Mapping[str, Mapping[str, Value]]


def read_form(file: Path) -> ReturnedForm:
    """The form in a file, whose ending tells its format.

    Rows without anything in the item column are passed over. InvalidInputError names row and field for what
    cannot be, rows of two forms in one file, and an item that stands there twice.
    """
    forms: set[str] = set()
    items: dict[str, Mapping[str, Value]] = {}
    for source in _sources(file):
        for number, row in _rows(source):
            key = str(row.get(ITEM) or "").strip()
            if not key:
                continue
            where = f"{source.file.name} {getattr(source, 'layer', '')} row {number}".replace("  ", " ")
            if key in items:
                raise _refused(f"{where}: {key} stands there twice", f"{where}：{key} 重复出现")
            if len(items) >= MOST_ITEMS:
                raise TooLargeError(
                    f"the form holds more than {MOST_ITEMS} items: that is none of ours",
                    zh=f"外业表超过 {MOST_ITEMS} 项：不是本系统发出的表",
                    field="file",
                )
            forms.add(str(row.get(FORM) or "").strip())
            items[key] = _values(key, row, where)
    if len(forms) != 1 or "" in forms:
        raise _refused(
            "the file does not say which form it is: its column `form` must hold one id, as given out",
            "文件未说明是哪份外业表：`form` 列应只有发出时的一个标识",
        )
    return ReturnedForm(forms.pop(), items)


def _sources(file: Path) -> Iterator[AnySource]:
    if file.suffix.lower() != ".gpkg":
        yield open_source(file)
        return
    found = 0
    for layer in LAYERS.values():
        try:
            source = open_source(file, Reading(layer=layer))
        except InvalidInputError:
            # A line without markers has a form of segments alone.
            continue
        found += 1
        yield source
    if found == 0:
        raise _refused("the GeoPackage has neither markers nor segments: it is no form of ours",
                       "该 GeoPackage 没有 markers 或 segments 图层：不是本系统发出的外业表")  # fmt: skip


def _rows(source: AnySource) -> Iterator[tuple[int, dict[str, object]]]:
    columns = [field_of(column) for column in source.columns]
    try:
        if ITEM not in columns:
            raise _refused(
                f"{source.file.name} has no column `{ITEM}`: give back the form as it was given out",
                f"{source.file.name} 没有 `{ITEM}` 列：请交回原表",
            )
        known = {ITEM, FORM, *(name for fields in _FIELDS.values() for name in fields)}
        wanted = [number for number, name in enumerate(columns) if name in known]
        names = [columns[number] for number in wanted]
        if len(set(names)) < len(names):
            raise _refused(
                f"{source.file.name} has a column twice: give back the form as it was given out",
                f"{source.file.name} 有重复的列：请交回原表",
            )
        for chunk in source.chunks(wanted):
            for fault in chunk.faults:
                raise _refused(
                    f"row {chunk.first_row + fault.offset} cannot be read ({fault.kind}): {fault.detail}",
                    f"第 {chunk.first_row + fault.offset} 行无法读取（{fault.kind}）：{fault.detail}",
                )
            for offset, cells in enumerate(zip(*chunk.cells, strict=True)):
                yield chunk.first_row + offset, dict(zip(names, cells, strict=True))
    finally:
        source.close()


def _values(key: str, row: Mapping[str, object], where: str) -> dict[str, Value]:
    kind = ItemKind.MARKER if key.startswith("marker:") else ItemKind.SEGMENT
    return {
        name: read_value(field, _plain(row[name], field), where)
        for name, field in _FIELDS[kind].items()
        if name in row
    }


def _plain(written: object, field: FormField) -> object:
    """A cell without the apostrophe that kept a spreadsheet from taking it for a formula."""
    if isinstance(written, str) and written.startswith(_APOSTROPHE) and written[1:2] in tuple("=+-@"):
        return written[1:]
    return written


def _refused(en: str, zh: str) -> InvalidInputError:
    return InvalidInputError(en, zh=zh, field="file")
