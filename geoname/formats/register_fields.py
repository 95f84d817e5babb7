"""Which column of a file is which field of a register (字段对应): as declared, or told by the headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoname.errors import InvalidInputError
from geoname.formats.census_fields import HEADINGS, wanted_by, wanted_by_beginning


@dataclass(frozen=True, slots=True)
class RegisterFields:
    """The column of each field that the file has; `how` says whether it was `declared` or `guessed`.

    `unused` are the columns that stand for nothing known.
    """

    columns: Mapping[str, str]
    how: Mapping[str, str]
    unused: tuple[str, ...]


def map_register_fields(
    columns: Sequence[str], declared: Mapping[str, str], has_geometry: bool, *, cut: bool = False
) -> RegisterFields:
    """The fields that the definition names, the others by their headings, of which a Shapefile has ten bytes.

    With a geometry the columns of coordinates are left alone unless they are declared. InvalidInputError for
    an unknown key of [fields], a column that is not there or stands there twice, and for a file without any
    column of names.
    """
    for wanted, column in declared.items():
        if wanted not in HEADINGS:
            raise InvalidInputError(
                f"[fields] knows no {wanted!r}: it knows {', '.join(HEADINGS)}",
                zh=f"[fields] 中没有 {wanted!r}：可用 {'、'.join(HEADINGS)}",
                field=f"fields.{wanted}",
            )
        if column not in columns:
            raise InvalidInputError(
                f"the file has no column {column!r}: it has {', '.join(columns)}",
                zh=f"文件中没有列 {column!r}：现有 {'、'.join(columns)}",
                field=f"fields.{wanted}",
            )
    found = dict(declared)
    ranks: dict[str, int] = {}
    taken = set(declared.values())
    for column in columns:
        known = wanted_by(column) or (wanted_by_beginning(column) if cut else None)
        if known is None or column in taken or known[0] in declared:
            continue
        wanted, rank = known
        if has_geometry and wanted.split("_")[0] in ("lon", "lat"):
            continue
        if rank < ranks.get(wanted, rank + 1):
            found[wanted], ranks[wanted] = column, rank
    if "name" not in found and "written" in found:
        found["name"] = found.pop("written")
    if "name" not in found:
        headed = [column for column in columns if column]
        raise InvalidInputError(
            f"no column holds names: write name = … under [fields]; the columns are {', '.join(headed)}",
            zh=f"没有找到地名所在的列：请在 [fields] 中写 name = …；现有列 {'、'.join(headed)}",
            field="fields.name",
        )
    for wanted, column in found.items():
        if columns.count(column) > 1:
            raise InvalidInputError(
                f"the column {column!r} ({wanted}) stands there {columns.count(column)} times: rename one",
                zh=f"列 {column!r}（{wanted}）出现 {columns.count(column)} 次：请改名以便区分",
                field=f"fields.{wanted}",
            )
    ordered = {wanted: found[wanted] for wanted in HEADINGS if wanted in found}
    how = {wanted: "declared" if wanted in declared else "guessed" for wanted in ordered}
    used = set(ordered.values())
    return RegisterFields(ordered, how, tuple(column for column in columns if column not in used))
