"""From checked columns to places and names (地名记录): ids, elements, spellings, every kind of name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from geoname.core.names.characters import is_han, normal_form
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import ReadingSource, ReadingTable
from geoname.core.names.romanization import romanize
from geoname.core.register.name import NameKind, NameStatus
from geoname.core.register.place import Exactness
from geoname.formats.definition import Definition
from geoname.service.load_names_rows import TOLD

Columns = dict[str, Any]
"""Columns of equal length by their name, lists of cells as the store keeps them.

`lon` and `lat` are arrays of degrees, NaN where a place is not known.
"""

_SEPARATED = re.compile(r"[;；、,，/|\n]+")
_LETTERS = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", dtype="S1")
_ID_LENGTH = 12
_SHIFTS = np.arange(_ID_LENGTH, dtype=np.uint64) * np.uint64(5)
_SPELLINGS = 200_000
_OTHERS = (("abbreviation", NameKind.ABBREVIATION), ("alias", NameKind.ALIAS), ("former", NameKind.FORMER))
_EXACTNESS = np.array(
    [each.value for each in (Exactness.NONE, Exactness.SURVEYED, Exactness.REPRESENTATIVE_POINT)],
    dtype=object,
)
_NOT_TOLD = ("approver_kind", "filed_on", "accepted_on", "announced_on")
NAME_COLUMNS = (
    "id", "place_id", "text", "specific", "generic", "kind", "status", "publication", "romanization",
    "reading_source", "needs_review", "language", "minority_writing", "valid_from", "valid_until", "known_on",
    "approved_by", "approver_kind", "approved_on", "document", "filed_on", "accepted_on", "announced_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Records:
    """Records of a file as the register keeps them.

    Row i of `places` and of `standard` (the standard names) is the record with number `rows[i]` in the file
    and the source's own id `own_ids[i]`; `others` are all further names, by their `place_id`.
    """

    rows: list[int]
    own_ids: list[str]
    places: Columns
    standard: Columns
    others: Columns

    def __len__(self) -> int:
        """How many records."""
        return len(self.rows)


def _filled(texts: Sequence[str | None]) -> list[str]:
    """The texts, empty ones for none."""
    return [text or "" for text in texts] if any(texts) else [""] * len(texts)


def minted(kind: str, keys: Sequence[tuple[str, ...]]) -> list[str]:
    """Opaque ids, the same for the same key in every database: a load that is begun again adds nothing.

    A key is what a source tells its records apart by, not a code that may come to mean something else.
    """
    if not keys:
        return []
    begun = hashlib.blake2b(f"{kind}\0".encode(), digest_size=8)
    digests = []
    for key in keys:
        digest = begun.copy()
        digest.update("\0".join(key).encode())
        digests.append(digest.digest())
    whole = b"".join(digests)
    numbers = np.frombuffer(whole, dtype=">u8").astype(np.uint64)
    letters = _LETTERS[(numbers[:, None] >> _SHIFTS & np.uint64(31)).astype(np.intp)]
    ids: list[str] = np.ascontiguousarray(letters).view(f"S{_ID_LENGTH}").ravel().astype(str).tolist()
    return ids


class RecordMaker:
    """Makes records of one source; each distinct name is taken apart and spelt once."""

    def __init__(self, source_id: str, definition: Definition, readings: ReadingTable) -> None:
        """Take the source and what its definition says."""
        day = definition.valid_from
        assert day is not None
        self._source_id = source_id
        self._known_on = day.first.isoformat()
        self._basis = definition.accuracy_basis or definition.title
        self._readings = readings
        self._parts = lru_cache(_SPELLINGS)(split_name)
        self._spelling = lru_cache(_SPELLINGS)(self._spell)

    def make(self, told: Mapping[str, Any], of_places: Sequence[str] | None = None) -> Records:
        """The records of checked columns, in order; of places of their own, or of these."""
        place_ids = (
            minted("place", [(self._source_id, own) for own in told["record"]])
            if of_places is None
            else list(of_places)
        )
        standard = self._standard(told, place_ids)
        return Records(
            told["row"], told["record"], self._places(told, place_ids), standard, self._others(told, standard)
        )

    def _places(self, told: Mapping[str, Any], place_ids: list[str]) -> Columns:
        nowhere = np.isnan(told["lon"])
        exact = _EXACTNESS[np.where(nowhere, 0, np.where(told["is_point"], 1, 2))]
        sources = list(zip(told["material"], told["registered_on"], strict=True))
        known = {several: "; ".join([self._basis, *filter(None, several)]) for several in set(sources)}
        basis = list(map(known.__getitem__, sources))
        for i in np.flatnonzero(nowhere).tolist():
            basis[i] = ""
        begun = f"{self._source_id}:"
        return {
            "id": place_ids,
            "feature_class": told["feature_class"],
            "division_id": told["division_id"],
            "source_record": [begun + own for own in told["record"]],
            "lon": told["lon"],
            "lat": told["lat"],
            "exactness": exact.tolist(),
            "basis": basis,
            **{wanted: _filled(told[wanted]) for wanted in TOLD},
            "place_code": told["place_code"],
            "secrecy": told["secrecy"],
        }

    def _standard(self, told: Mapping[str, Any], place_ids: list[str]) -> Columns:
        texts, classes = told["name"], told["feature_class"]
        parts = list(map(self._parts, texts, classes))
        spellings, sources, reviews = self._spellings(told["romanization"], texts, classes)
        count = len(texts)
        current, historical = NameStatus.CURRENT.value, NameStatus.HISTORICAL.value
        return {
            "id": minted("name", list(zip(place_ids, texts, strict=True))),
            "place_id": place_ids,
            "text": texts,
            "specific": [part.specific for part in parts],
            "generic": [part.generic for part in parts],
            "kind": [NameKind.STANDARD.value] * count,
            "status": [current if end is None else historical for end in told["end"]],
            "publication": told["publication"],
            "romanization": spellings,
            "reading_source": sources,
            "needs_review": reviews,
            "language": _filled(told["language"]),
            "minority_writing": _filled(told["minority_writing"]),
            "valid_from": told["start"],
            "valid_until": told["end"],
            "known_on": [None if start else self._known_on for start in told["start"]],
            "approved_by": told["approved_by"],
            "approved_on": told["approved_on"],
            "document": told["document"],
            **{column: [None] * count for column in _NOT_TOLD},
        }

    def _spellings(
        self, given: Sequence[str | None], texts: Sequence[str], classes: Sequence[str]
    ) -> tuple[list[str], list[str], list[bool]]:
        """The spellings as given, or else derived; who says so; whether somebody must confirm it."""
        spelt = [each or "" for each in given]
        sources = [ReadingSource.LOCAL_SURVEY.value] * len(spelt)
        reviews = [False] * len(spelt)
        for i in [offset for offset, each in enumerate(spelt) if not each]:
            spelt[i], sources[i], reviews[i] = self._spelling(texts[i], classes[i])
        return spelt, sources, reviews

    def _others(self, told: Mapping[str, Any], standard: Columns) -> Columns:
        """Aliases, short and former names, each once for a place, none that is its standard name."""
        rows: list[dict[str, Any]] = []
        columns = [told[wanted] for wanted, _ in _OTHERS]
        if any(any(column) for column in columns):
            for i, written in enumerate(zip(*columns, strict=True)):
                if any(written):
                    rows += self._others_of(told, standard, i, written)
        ids = minted("name", [(row["place_id"], row["text"]) for row in rows])
        for row, id_ in zip(rows, ids, strict=True):
            row["id"] = id_
        return {column: [row.get(column) for row in rows] for column in NAME_COLUMNS}

    def _others_of(
        self, told: Mapping[str, Any], standard: Columns, i: int, written: tuple[str | None, ...]
    ) -> list[dict[str, Any]]:
        seen = {standard["text"][i]}
        rows = []
        start, end, of_class = told["start"][i], told["end"][i], told["feature_class"][i]
        for (_, kind), several in zip(_OTHERS, written, strict=True):
            for part in _SEPARATED.split(several) if several else ():
                text = normal_form(part)
                if not text or text in seen:
                    continue
                seen.add(text)
                parts = self._parts(text, of_class)
                spelling, source, review = self._spelling(text, of_class)
                former = kind is NameKind.FORMER or end is not None
                rows.append(
                    {
                        "place_id": standard["place_id"][i],
                        "text": text,
                        "specific": parts.specific,
                        "generic": parts.generic,
                        "kind": kind.value,
                        "status": (NameStatus.HISTORICAL if former else NameStatus.CURRENT).value,
                        "publication": told["publication"][i],
                        "romanization": spelling,
                        "reading_source": source,
                        "needs_review": review,
                        "language": "",
                        "minority_writing": "",
                        # A former name ended at the latest when the present one was given.
                        "valid_until": start if kind is NameKind.FORMER else end,
                        "known_on": None if former else self._known_on,
                    }
                )
        return rows

    def _spell(self, text: str, feature_class: str) -> tuple[str, str, bool]:
        """The spelling, who says so, and whether somebody must confirm it."""
        if not any(map(is_han, text)):
            return "", ReadingSource.AUTO.value, True
        spelt = romanize(self._parts(text, feature_class), feature_class, self._readings)
        return spelt.text, spelt.source.value, spelt.needs_review
