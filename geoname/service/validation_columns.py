"""Which columns of a table are asked about (核查列), and what the appended ones are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from geoname.errors import InvalidInputError
from geoname.formats.tables.table import AppendedColumn, Chunk, Source
from geoname.service.validation_rows import Asked, Question
from geoname.service.validation_wording import NUMERIC, headings

_USUAL = ("地名", "名称", "地址", "标准地名", "标准名称", "详细地址", "name", "address", "place")


class Columns:
    """The places of the asked columns in a table, and the columns to append."""

    def __init__(self, question: Question, source: Source) -> None:
        """Find every column; InvalidInputError names one that is not there and lists those that are."""
        asked = [question.column, question.within_column, question.lon_column, question.lat_column]
        options = ("column", "within", "lon", "lat")
        found = {
            option: find_column(name, source.columns, option)
            for option, name in zip(options, asked, strict=True)
            if name is not None
        }
        for option, column in found.items():
            _check_kind(source, column, option)
        self._order = tuple(found)
        self.wanted = tuple(found.values())
        self.appended = tuple(
            AppendedColumn(name, numeric)
            for name, numeric in zip(free_names(headings(question), source.columns), NUMERIC, strict=False)
        )

    def asked(self, chunk: Chunk) -> Asked:
        """What is asked of a chunk that was read with the wanted columns."""
        cells = dict(zip(self._order, chunk.cells, strict=True))
        return Asked(
            chunk.first_row,
            cells["column"],
            cells.get("within"),
            cells.get("lon"),
            cells.get("lat"),
            chunk.faults,
        )


def usual_column(columns: Sequence[str]) -> str:
    """The heading of the column of names when none is named: the only one, or one with a usual heading.

    InvalidInputError lists the headings when none is.
    """
    if len(columns) == 1:
        return columns[0]
    usual = next((name for name in _USUAL if columns.count(name) == 1), None)
    if usual is None:
        raise InvalidInputError(
            f"which column holds the names? Give --column, one of: {', '.join(columns)}",
            zh=f"哪一列是地名？请用 --column 指定，现有：{'、'.join(columns)}",
            field="column",
        )
    return usual


def with_division(question: Question, within: str | None, columns: Sequence[str]) -> Question:
    """The question with what `within` says: the heading of a column of codes, or else a code for all rows."""
    if within is None:
        return question
    if within in columns:
        return replace(question, within_column=within)
    return replace(question, within_code=within)


def find_column(name: str, columns: Sequence[str], option: str) -> int:
    """The place of a column by its heading, or by its number from 1 when no heading is that number.

    InvalidInputError when it is not there or its heading stands twice.
    """
    places = [place for place, heading in enumerate(columns) if heading == name]
    if not places:
        places = [place for place, heading in enumerate(columns) if heading.strip() == name.strip()]
    if not places and name.isascii() and name.isdigit() and 1 <= int(name) <= len(columns):
        return int(name) - 1
    said = "、".join(columns)
    if not places:
        raise InvalidInputError(
            f"--{option}: there is no column {name!r}; there are: {', '.join(columns)}",
            zh=f"--{option}：没有“{name}”列，现有：{said}",
            field=option,
        )
    if len(places) > 1:
        numbers = ", ".join(str(place + 1) for place in places)
        raise InvalidInputError(
            f"--{option}: the heading {name!r} stands over the columns {numbers}: give the number",
            zh=f"--{option}：第 {numbers} 列的列名都是“{name}”，请给出列号",
            field=option,
        )
    return places[0]


def free_names(wanted: Sequence[str], taken: Collection[str]) -> tuple[str, ...]:
    """The wanted headings, a number after those that are taken; letters' case makes no difference."""
    used = {name.strip().casefold() for name in taken}
    names = []
    for heading in wanted:
        free, number = heading, 1
        while free.casefold() in used:
            number += 1
            free = f"{heading}_{number}"
        used.add(free.casefold())
        names.append(free)
    return tuple(names)


def _check_kind(source: Source, column: int, option: str) -> None:
    """A whole column of the wrong type is refused; single cells are findings."""
    kind = source.kinds[column]
    numbers = option != "column"
    if kind in ("text", "any") or (kind == "number" and numbers):
        return
    fitting = [
        name
        for name, each in zip(source.columns, source.kinds, strict=True)
        if each in ("text", "any") or (each == "number" and numbers)
    ]
    raise InvalidInputError(
        f"--{option}: the column {source.columns[column]!r} holds no text: name one of {', '.join(fitting)}",
        zh=f"--{option}：“{source.columns[column]}”列不是文字，可用的列：{'、'.join(fitting)}",
        field=option,
    )
