"""The tables that people hand in (待核对的表): opened, counted, looked into, their columns checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from geoname.core.coordinates.crs import parse_crs
from geoname.errors import InvalidInputError
from geoname.formats.tables.csv_source import CsvSource
from geoname.formats.tables.open_table import AnySource, Reading, open_source
from geoname.formats.tables.xlsx_source import XlsxSource
from geoname.service.validation_answers import ValidationOptions
from geoname.service.validation_columns import Columns, usual_column
from geoname.service.validation_rows import Question

# Bytes of the shortest row that the format can write, by which a small file needs no counting.
_SHORTEST_ROW: dict[type, int] = {CsvSource: 1, XlsxSource: 7}
_NAME_WORDS = ("地名", "名称", "标准名", "地址", "位置", "村", "name", "address", "place")


@contextmanager
def opened(file: Path, options: ValidationOptions | None = None) -> Iterator[AnySource]:
    """The table in a file, closed after the block; DataFileError or InvalidInputError for what is none."""
    source = open_source(file, _reading(options or ValidationOptions()))
    try:
        yield source
    finally:
        source.close()


def question_of(options: ValidationOptions, source: AnySource) -> Question:
    """What is asked of every row; `within` is a column where a heading says so, else a code."""
    within_column = options.within if options.within in source.columns else None
    return Question(
        options.column or "",
        options.within if within_column is None else None,
        within_column,
        options.lon,
        options.lat,
        parse_crs(options.crs),
        None if options.on is None else date.fromisoformat(options.on),
        options.language,
    )


def completed(options: ValidationOptions, source: AnySource) -> ValidationOptions:
    """The options with the column of names filled in, checked against the table.

    InvalidInputError names a column that is not there, or holds no text, and says which do.
    """
    if (options.lon is None) != (options.lat is None):
        raise InvalidInputError(
            "lon and lat go together: give both columns or none",
            zh="lon 与 lat 须同时给出或都不给",
            field="lat" if options.lat is None else "lon",
        )
    try:
        column = usual_column(source.columns) if options.column is None else options.column
        whole = replace(options, column=column, crs=parse_crs(options.crs).value)
        Columns(question_of(whole, source), source)
    except InvalidInputError as error:
        # The words are those of the command line, where a parameter is an option.
        field = error.field
        raise InvalidInputError(
            error.message.removeprefix(f"--{field}: ").replace(f"--{field}", f"{field}"),
            zh=error.zh.removeprefix(f"--{field}：").replace(f"--{field}", f"{field}"),
            field=field,
        ) from None
    return whole


def guessed_column(source: AnySource) -> str | None:
    """The column that by its heading holds names; the only one there is; else None."""
    if len(source.columns) == 1:
        return source.columns[0]
    for word in _NAME_WORDS:
        for heading in source.columns:
            if word in heading.lower():
                return heading
    return None


def known_rows(source: AnySource, most: int) -> int | None:
    """How many rows a table has, None where that is not known before it is read and surely not above `most`.

    No more are read than just beyond `most`.
    """
    if not isinstance(source, CsvSource | XlsxSource):
        return source.size
    if source.size // _SHORTEST_ROW[type(source)] <= most:
        return None
    rows = 0
    for chunk in source.chunks(()):
        rows += chunk.rows
        if rows > most:
            break
    return rows


def first_rows(source: AnySource, most: int) -> tuple[tuple[str, ...], ...]:
    """The cells of the first rows as text."""
    chunk = next(iter(source.chunks(range(len(source.columns)))), None)
    if chunk is None:
        return ()
    return tuple(tuple(_shown(cells[row]) for cells in chunk.cells) for row in range(min(most, chunk.rows)))


def _reading(options: ValidationOptions) -> Reading:
    return Reading(options.encoding, options.delimiter, options.sheet, options.layer)


def _shown(cell: str | float | None) -> str:
    text = "" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    return text if len(text) <= 200 else f"{text[:200]}…"
