"""All that an answer shows of a name (地名记录), packed into one record a name and one block of text."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geoname.core.divisions.code import Scheme
from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.name_index.coded import Coded, numbers_together, utf8
from geoname.core.register.name_index.columns import (
    EXACTNESSES,
    KINDS,
    PUBLICATIONS,
    READING_SOURCES,
    SCHEMES,
    SECRECIES,
    STATUSES,
    NameColumns,
)
from geoname.core.register.name_index.period_days import period_of
from geoname.core.register.place import Exactness, Secrecy
from geoname.core.validity.period import Period
from geoname.errors import InvalidInputError

Order = tuple[float, bytes, bytes]
"""Falling weight, text and id in UTF-8: names are answered in this order."""
ID_LENGTH = 12
_FIELDS = (
    ("lon", "<f8"),
    ("lat", "<f8"),
    ("weight", "<f4"),
    ("division", "<i4"),
    ("start", "<i4"),
    ("end", "<i4"),
    ("known_on", "<i4"),
    ("feature_class", "<u4"),
    ("text_at", "<u4"),
    ("text_bytes", "<u2"),
    ("romanization_bytes", "<u2"),
    ("basis", "<u2"),
    ("code_bytes", "u1"),
    ("specific_length", "u1"),
    ("generic_length", "u1"),
    ("kind", "u1"),
    ("status", "u1"),
    ("publication", "u1"),
    ("exactness", "u1"),
    ("secrecy", "u1"),
    ("reading_source", "u1"),
    ("needs_review", "u1"),
    ("code_scheme", "u1"),
    ("start_precision", "u1"),
    ("end_precision", "u1"),
    ("name_id", "S12"),
    ("place_id", "S12"),
)
RECORD = np.dtype(list(_FIELDS))
_UNPACK = struct.Struct("<ddfiiiiIIHHHBBBBBBBBBBBBB12s12s")
_UNPACK_ORDER = struct.Struct("<16xf20xIH17x12s12x")
"""Weight, where the text is, its length, and the id."""
_COPIED = (
    "kind",
    "status",
    "publication",
    "exactness",
    "secrecy",
    "reading_source",
    "needs_review",
    "code_scheme",
    "specific_length",
    "generic_length",
    "division",
    "lon",
    "lat",
    "weight",
    "start",
    "end",
    "known_on",
    "start_precision",
    "end_precision",
)


class IndexedName(NamedTuple):
    """One name as the index holds it; a missing coordinate is None, a missing code "".

    `start`, `end`, `known_on` and the precisions are days as `period_days` gives them; `period` reads them.
    """

    row: int
    name_id: str
    place_id: str
    text: str
    romanization: str
    feature_class: str
    kind: NameKind
    status: NameStatus
    publication: Publication
    code: str
    code_scheme: Scheme | None
    division: int
    lon: float | None
    lat: float | None
    exactness: Exactness
    basis: str
    secrecy: Secrecy
    reading_source: ReadingSource
    needs_review: bool
    specific_length: int
    generic_length: int
    weight: float
    start: int
    end: int
    known_on: int
    start_precision: int
    end_precision: int

    @property
    def specific(self) -> str:
        """The specific element (专名)."""
        return self.text[: self.specific_length]

    @property
    def generic(self) -> str:
        """The generic element (通名), "" when there is none."""
        return self.text[-self.generic_length :] if self.generic_length else ""

    @property
    def period(self) -> Period:
        """When the name holds, dates as exact as they are known."""
        return period_of(self.start, self.end, self.known_on, self.start_precision, self.end_precision)


class NameRecords:
    """The records of n names, by rank; `table` is the structured array that filters read by column."""

    def __init__(self, table: NDArray[Any], text: NDArray[np.uint8], basis: NDArray[Any]) -> None:
        """Take the arrays as `to_arrays` gives them."""
        self.table = table
        self._text, self._basis_texts = text, basis
        self._bytes = table.view(np.uint8).reshape(-1).data
        self._blob = text.data
        self._basis: list[str] = [entry.decode() for entry in basis.tolist()]

    def __len__(self) -> int:
        """How many names."""
        return len(self.table)

    def row(self, row: int) -> IndexedName:
        """The name of this rank; IndexError when there is none."""
        if not 0 <= row < len(self.table):
            raise IndexError(row)
        (
            lon, lat, weight, division, start, end, known_on, feature_class, at, text_bytes,
            romanization_bytes, basis, code_bytes, specific_length, generic_length, kind, status, publication,
            exactness, secrecy, reading_source, needs_review, scheme, start_precision, end_precision,
            name_id, place_id,
        ) = _UNPACK.unpack_from(self._bytes, row * _UNPACK.size)  # fmt: skip
        blob = self._blob
        after_text = at + text_bytes
        after_romanization = after_text + romanization_bytes
        return IndexedName(
            row,
            name_id.decode(),
            place_id.decode(),
            str(blob[at:after_text], "utf-8"),
            str(blob[after_text:after_romanization], "utf-8"),
            f"{feature_class:05d}",
            KINDS[kind],
            STATUSES[status],
            PUBLICATIONS[publication],
            str(blob[after_romanization : after_romanization + code_bytes], "utf-8") if code_bytes else "",
            SCHEMES[scheme],
            division,
            lon if lon == lon else None,
            lat if lat == lat else None,
            EXACTNESSES[exactness],
            self._basis[basis],
            SECRECIES[secrecy],
            READING_SOURCES[reading_source],
            needs_review == 1,
            specific_length,
            generic_length,
            weight,
            start,
            end,
            known_on,
            start_precision,
            end_precision,
        )

    def order(self, row: int) -> Order:
        """What this rank stands at its place by: weight, text, id."""
        weight, at, text_bytes, name_id = _UNPACK_ORDER.unpack_from(self._bytes, row * _UNPACK.size)
        return -weight, bytes(self._blob[at : at + text_bytes]), name_id

    def name_id(self, row: int) -> bytes:
        """The id of the name of this rank."""
        end = (row + 1) * _UNPACK.size - ID_LENGTH
        return bytes(self._bytes[end - ID_LENGTH : end])

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return {"records": self.table, "record_text": self._text, "record_basis": self._basis_texts}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> NameRecords:
        """What `to_arrays` gave."""
        return cls(arrays["records"], arrays["record_text"], arrays["record_basis"])


def pack_records(columns: NameColumns, order: NDArray[np.int64]) -> NameRecords:
    """The records in this order; InvalidInputError names the column and row of what does not fit."""
    n = len(order)
    table = np.zeros(n, dtype=RECORD)
    for column in _COPIED:
        table[column] = np.asarray(getattr(columns, column))[order]
    table["name_id"] = _checked_ids(columns.name_id, "name_id")[order]
    table["place_id"] = _checked_ids(columns.place_id, "place_id")[order]
    table["feature_class"] = columns.feature_class.numbers(_class_number, np.uint32)[order]
    bases = {basis: number for number, basis in enumerate(sorted({"", *columns.basis.values}))}
    table["basis"] = columns.basis.numbers(bases.__getitem__, np.uint16)[order]
    blob = _put_texts(
        table, columns.text.take(order), columns.romanization.take(order), columns.code.take(order)
    )
    return NameRecords(table, blob, np.array([basis.encode() for basis in bases], dtype=bytes))


def _put_texts(table: NDArray[Any], *columns: Coded[str]) -> NDArray[np.uint8]:
    """Enter where the texts of each name stand in the block that comes back; who is written alike shares."""
    parts, codes = numbers_together(*columns)
    fields = ("text_bytes", "romanization_bytes", "code_bytes")
    pieces = [
        _fitting(column.values, np.iinfo(table.dtype[field]).max).take(pa.array(part))
        for column, field, part in zip(columns, fields, parts, strict=True)
    ]
    lengths = [pc.binary_length(piece).to_numpy() for piece in pieces]
    for field, length in zip(fields, lengths, strict=True):
        table[field] = length[codes]
    whole = np.sum(lengths, axis=0)
    table["text_at"] = (np.cumsum(whole) - whole)[codes]
    joined = pc.binary_join_element_wise(*pieces, "")
    return np.frombuffer(joined.buffers()[2] or b"", dtype=np.uint8)


def _fitting(texts: Sequence[str], longest: int) -> pa.StringArray:
    """The texts in UTF-8; InvalidInputError names one that does not fit."""
    written = utf8(texts)
    too_long = np.flatnonzero(pc.binary_length(written).to_numpy() > longest)
    if len(too_long):
        text = texts[int(too_long[0])]
        raise InvalidInputError(
            f"{text[:40]!r} is longer than {longest} bytes: mend the record",
            zh=f"{text[:40]!r} 超过 {longest} 字节：请改正该记录",
            field="text",
        )
    return written


def _checked_ids(ids: NDArray[np.bytes_], field: str) -> NDArray[np.bytes_]:
    # NumPy fills up what is shorter with zeros.
    width = ids.dtype.itemsize
    if len(ids) and (width != ID_LENGTH or not ids.view(np.uint8)[width - 1 :: width].all()):
        raise InvalidInputError(
            f"every {field} has {ID_LENGTH} characters: give ids as the store makes them",
            zh=f"每个 {field} 都是 {ID_LENGTH} 个字符：请给出库中的标识",
            field=field,
        )
    return ids


def _class_number(code: str) -> int:
    if len(code) == 5 and code.isascii() and code.isdigit():
        return int(code)
    raise InvalidInputError(
        f"{code!r} is no feature class: write five digits, such as 22200",
        zh=f"{code!r} 不是地名类别代码：请写五位数字，如 22200",
        field="feature_class",
    )
