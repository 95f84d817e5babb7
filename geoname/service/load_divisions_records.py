"""A division that is new to the register as its records (入库记录): place, standard name, division."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.divisions.code import Code
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.names.feature_class import class_of_division
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import ReadingTable
from geoname.core.names.romanization import romanize
from geoname.core.register.name import NOT_RECORDED, Approval, Name, NameStatus
from geoname.core.register.place import Place
from geoname.core.validity.period import Period


@dataclass(frozen=True, slots=True)
class NewDivision:
    """What a new division is; `source_record` is the source's own key of it."""

    id: str
    name_id: str
    name: str
    level: Level
    kind: DivisionKind
    parent_id: str | None
    codes: tuple[Code, ...]
    period: Period
    source_record: str
    approval: Approval = NOT_RECORDED

    def place(self) -> Place:
        """Its place, without a location."""
        return Place(self.id, class_of_division(self.kind), self.parent_id, self.source_record)

    def division(self) -> Division:
        """Its state."""
        return Division(self.id, self.name, self.level, self.kind, self.parent_id, self.codes, self.period)

    def standard_name(self, readings: ReadingTable) -> Name:
        """Its standard name, spelt by the rules; historical where its period has ended."""
        return standard_name(
            self.name_id, self.id, self.name, self.kind, self.period, readings, self.approval
        )


def standard_name(
    id_: str,
    place_id: str,
    text: str,
    kind: DivisionKind,
    period: Period,
    readings: ReadingTable,
    approval: Approval = NOT_RECORDED,
) -> Name:
    """A division's standard name, spelt by the rules; historical where its period has ended."""
    feature_class = class_of_division(kind)
    parts = split_name(text, feature_class)
    spelt = romanize(parts, feature_class, readings)
    return Name(
        id_,
        place_id,
        text,
        parts.specific,
        parts.generic,
        status=NameStatus.CURRENT if period.end is None else NameStatus.HISTORICAL,
        romanization=spelt.text,
        reading_source=spelt.source,
        needs_review=spelt.needs_review,
        period=period,
        approval=approval,
    )
