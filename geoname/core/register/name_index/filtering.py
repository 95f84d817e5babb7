"""What a search is narrowed to (筛选条件): class, division, box, status, day and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name import NameStatus, Publication
from geoname.core.register.name_index.coded import rows_by
from geoname.core.register.name_index.columns import PUBLICATIONS, SECRECIES, STATUSES
from geoname.core.register.name_index.paging import Keep, Rows
from geoname.core.register.visibility import Role, sees_location, sees_name
from geoname.errors import InvalidInputError

CLASS_DIGITS = 5


@dataclass(frozen=True, slots=True)
class NameFilter:
    """A name passes when it meets all that is given.

    `feature_class` without its trailing zeros takes in all classes below it ("21" every division).
    `division` is a half-open range of preorder positions, as `Atlas.span` gives it. `bbox` is west, south,
    east, north in degrees, edges included; a name without a location, or with one that `audience` does not
    see, is in no box. `statuses` empty means any. `day` (a proleptic ordinal) keeps what is not certain not
    to hold on that day. `audience` sees what `sees_name` shows to it.
    """

    feature_class: str = ""
    division: tuple[int, int] | None = None
    bbox: tuple[float, float, float, float] | None = None
    statuses: frozenset[NameStatus] = frozenset()
    day: int | None = None
    audience: Role = Role.PUBLIC


def class_range(feature_class: str) -> tuple[int, int]:
    """The half-open range of class numbers at and below a class; InvalidInputError for what is no class."""
    stem = feature_class.rstrip("0")
    if not (
        feature_class.isascii() and feature_class.isdigit() and len(feature_class) <= CLASS_DIGITS and stem
    ):
        raise InvalidInputError(
            f"{feature_class!r} is no feature class: write up to five digits, such as 21 or 22200",
            zh=f"{feature_class!r} 不是地名类别代码：请写至多五位数字，如 21 或 22200",
            field="class",
        )
    step = 10 ** (CLASS_DIGITS - len(stem))
    return int(stem) * step, (int(stem) + 1) * step


def keeping(wanted: NameFilter, table: NDArray[Any]) -> Keep:
    """A function that says of an array of ranks which pass; `table` is that of `NameRecords`."""
    shown = np.array([sees_name(wanted.audience, each) for each in PUBLICATIONS], dtype=np.bool_)
    in_status = np.array(
        [not wanted.statuses or each in wanted.statuses for each in STATUSES], dtype=np.bool_
    )
    classes = class_range(wanted.feature_class) if wanted.feature_class else None
    placed = located(wanted.audience, table)

    def keep(rows: Rows) -> NDArray[np.bool_]:
        passed: NDArray[np.bool_] = np.ones(len(rows), dtype=np.bool_)
        if not shown.all():
            passed &= shown[table["publication"][rows]]
        if wanted.statuses:
            passed &= in_status[table["status"][rows]]
        if classes is not None:
            of_class = table["feature_class"][rows]
            passed &= (of_class >= classes[0]) & (of_class < classes[1])
        if wanted.division is not None:
            division = table["division"][rows]
            passed &= (division >= wanted.division[0]) & (division < wanted.division[1])
        if wanted.bbox is not None:
            west, south, east, north = wanted.bbox
            lon, lat = table["lon"][rows], table["lat"][rows]
            passed &= (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
            passed &= placed(rows)
        if wanted.day is not None:
            passed &= (table["start"][rows] <= wanted.day) & (wanted.day < table["end"][rows])
        return passed

    return keep


def located(audience: Role, table: NDArray[Any]) -> Keep:
    """A function that says of an array of ranks whose locations `audience` sees."""
    seen = np.array([sees_location(audience, each) for each in SECRECIES], dtype=np.bool_)

    def keep(rows: Rows) -> NDArray[np.bool_]:
        passed: NDArray[np.bool_] = seen[table["secrecy"][rows]]
        return passed

    return keep


class Groups:
    """Ranks grouped by division and by class, so that a narrow search reads only its own names."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take the arrays that `build_groups` makes."""
        self._arrays = arrays
        self._by_division = arrays["division_rows"]
        self._division_starts = arrays["division_starts"].data
        self._by_class: Rows = arrays["class_rows"]
        self._classes = arrays["classes"]
        self._class_starts = arrays["class_starts"].data

    def narrowest(self, wanted: NameFilter) -> Rows | None:
        """The shortest list of ranks that holds all that pass, unsorted; None when no list does."""
        lists: list[Rows] = []
        if wanted.division is not None:
            top = len(self._division_starts) - 1
            lo, hi = (min(max(each, 0), top) for each in wanted.division)
            lists.append(self._by_division[self._division_starts[lo] : self._division_starts[max(lo, hi)]])
        if wanted.feature_class:
            lists.append(self.of_class(wanted.feature_class))
        return min(lists, key=len, default=None)

    def of_class(self, feature_class: str) -> Rows:
        """The ranks of a class and below it, unsorted."""
        lo, hi = (int(np.searchsorted(self._classes, each)) for each in class_range(feature_class))
        return self._by_class[self._class_starts[lo] : self._class_starts[hi]]

    def count_of(self, publication: Publication) -> int:
        """How many names are published so."""
        return int(self._arrays["publication_counts"][PUBLICATIONS.index(publication)])

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return dict(self._arrays)


GROUP_ARRAYS = (
    "division_rows",
    "division_starts",
    "class_rows",
    "classes",
    "class_starts",
    "publication_counts",
)


def build_groups(table: NDArray[Any]) -> Groups:
    """Group the ranks of the records; names whose division is not known are in no division."""
    division = table["division"]
    unknown = int(np.count_nonzero(division < 0))
    counts = np.bincount(division[division >= 0])
    classes, positions, sizes = np.unique(table["feature_class"], return_inverse=True, return_counts=True)
    return Groups(
        {
            "division_rows": rows_by(division)[unknown:],
            "division_starts": np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
            "class_rows": rows_by(positions),
            "classes": classes,
            "publication_counts": np.bincount(table["publication"], minlength=len(PUBLICATIONS)),
            "class_starts": np.concatenate(([0], np.cumsum(sizes))).astype(np.uint32),
        }
    )
