"""Name indexes out of a few values, and the same questions answered by looking at every name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest

from geoname.core.divisions.code import Scheme
from geoname.core.names.keys import name_key
from geoname.core.register.name import Name, NameStatus, Publication
from geoname.core.register.name_index import NameColumns, NameFilter, NameIndex, columns_of, keys_of
from geoname.core.register.place import Location, Place
from geoname.core.register.visibility import sees_name
from geoname.core.validity.period import ALWAYS_UNKNOWN, Period


@dataclass(frozen=True)
class Given:
    """What a test says of a name."""

    text: str
    weight: float = 0.0
    specific_length: int = 1
    romanization: str = ""
    feature_class: str = "22200"
    division: int = -1
    lon: float | None = None
    lat: float | None = None
    status: NameStatus = NameStatus.CURRENT
    publication: Publication = Publication.PUBLIC
    period: Period = ALWAYS_UNKNOWN


@dataclass
class Looked:
    """The index and a plain list of the same names in the order of their ranks."""

    index: NameIndex
    names: list[Given]
    ids: list[str]
    columns: NameColumns
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = [name_key(name.text) for name in self.names]

    def rows(self, holds, wanted: NameFilter | None = None) -> list[int]:
        """The ranks of the names for which `holds(rank)` is true and that pass the filter."""
        return [
            rank
            for rank in range(len(self.names))
            if holds(rank) and (wanted is None or passes(self.names[rank], wanted))
        ]


def passes(name: Given, wanted: NameFilter) -> bool:
    """The filter, said in plain words."""
    lo, hi = wanted.division or (-(10**9), 10**9)
    stem = wanted.feature_class.rstrip("0")
    west, south, east, north = wanted.bbox or (0, 0, 0, 0)
    return (
        sees_name(wanted.audience, name.publication)
        and name.feature_class.startswith(stem)
        and lo <= name.division < hi
        and (not wanted.statuses or name.status in wanted.statuses)
        and (
            wanted.bbox is None
            or (name.lon is not None and west <= name.lon <= east and south <= name.lat <= north)
        )
        and (wanted.day is None or name.period.may_hold_on(date.fromordinal(wanted.day)))
    )


def looked(given: list[Given]) -> Looked:
    """Build an index of these names, saved to arrays and opened again."""
    ids = [f"{i:012d}" for i in range(len(given))]
    records = [
        (
            Name(
                ids[i],
                f"p{i:011d}",
                name.text,
                name.text[: name.specific_length],
                name.text[name.specific_length :],
                status=name.status,
                publication=name.publication,
                romanization=name.romanization,
                period=name.period,
            ),
            Place(
                f"p{i:011d}",
                name.feature_class,
                str(name.division) if name.division >= 0 else None,
                "",
                Location(name.lon, name.lat),
            ),
        )
        for i, name in enumerate(given)
    ]
    weights = {record[0].id: given[i].weight for i, record in enumerate(records)}
    columns = columns_of(
        records,
        division_of=int,
        code_of=lambda name, place: ("520111", Scheme.NBS) if name.text == "花溪区" else None,
        weight_of=lambda name, place: weights[name.id],
    )
    index = NameIndex.build(columns, keys_of(columns, text_key=name_key))
    index = NameIndex.from_arrays(index.to_arrays())
    order = sorted(range(len(given)), key=lambda i: (-np.float32(given[i].weight), given[i].text, ids[i]))
    return Looked(index, [given[i] for i in order], [ids[i] for i in order], columns)


@pytest.fixture(scope="session")
def names():
    """Make names to be looked up."""
    return Given


@pytest.fixture(scope="session")
def look():
    """Make an index of names, with the plain list beside it."""
    return looked
