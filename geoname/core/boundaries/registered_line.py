"""A boundary line as a department registers it (登记界线): the truth that geometry is held against."""

from __future__ import annotations

from dataclasses import dataclass, field

from shapely.geometry import MultiLineString

from geoname.core.divisions.division import Level
from geoname.core.validity.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class MarkerCounts:
    """How many markers a register says there are, by how they stand (单立, 双立, 三立); None: not said."""

    single: int | None = None
    double: int | None = None
    triple: int | None = None

    @property
    def total(self) -> int | None:
        """All of them together, None when nothing is said."""
        said = [one for one in (self.single, self.double, self.triple) if one is not None]
        return sum(said) if said else None


@dataclass(frozen=True, slots=True)
class RegisteredLine:
    """The line between two divisions of one level; `sides` are their codes, the smaller first.

    `id` is the sides' codes at the first registration, joined as a derived line's, and stays when codes
    change. `code` is the department's own code of the line, empty when it has none. `start` and `end` are
    where the register says that it begins and ends, `tripoints` the numbers of the markers there, `approval`
    and `agreement` the documents that the line rests on. `length_m` is as registered. `last_inspected` is
    the day on which the last joint inspection was filed. `course` is the surveyed course in degrees, WGS 84,
    None when only the attributes were handed over; like a marker's coordinates it is not for the public.
    `generated` tells a made-up line for trials from a real one.
    """

    id: str
    name: str
    level: Level
    sides: tuple[str, str]
    code: str = ""
    start: str = ""
    end: str = ""
    approval: str = ""
    approved_on: PartialDate | None = None
    agreement: str = ""
    length_m: float | None = None
    counts: MarkerCounts = field(default_factory=MarkerCounts)
    tripoints: tuple[str, ...] = ()
    disputed: bool = False
    last_inspected: PartialDate | None = None
    note: str = ""
    course: MultiLineString | None = None
    generated: bool = False
    source_id: str = ""
    version: int = 1
