"""From the core's values to the shapes that answers share."""

from __future__ import annotations

from datetime import date

from geoname.core.boundaries.edition import Edition
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Code
from geoname.core.divisions.division import Division
from geoname.core.register.provenance import Source
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Held, Period
from geoname.service.answers import CodeShown, DivisionRef, EditionShown, SourceShown

UNREVIEWED = "未经审图,仅供内部使用 / unreviewed, internal use"
_EVIDENCE = {
    Held.YES: "recorded",
    Held.NO: "recorded",
    Held.UNKNOWN_BEFORE: "unknown_before",
    Held.UNCERTAIN: "uncertain",
}


def written(day: PartialDate | date | None) -> str | None:
    """A date as it is known, None when it is not."""
    return None if day is None else str(day)


def evidence_of(period: Period, day: date | None) -> str:
    """How well it is known that something held on the day asked about (None: today)."""
    return "recorded" if day is None else _EVIDENCE[period.held_on(day)]


def division_ref(atlas: DivisionAtlas, division: Division, day: date | None = None) -> DivisionRef:
    """One step of a chain."""
    return DivisionRef(division.id, division.name, division.level, atlas.code_of(division, day))


def chain_refs(atlas: DivisionAtlas, id_: str, day: date | None = None) -> tuple[DivisionRef, ...]:
    """The chain of divisions from the top down to one."""
    return tuple(division_ref(atlas, step, day) for step in atlas.chain(id_, day))


def code_shown(code: Code) -> CodeShown:
    """A code with its scheme and dates."""
    return CodeShown(
        code.scheme, code.code, written(code.as_of), written(code.period.start), written(code.period.end)
    )


def edition_shown(edition: Edition, source: Source) -> EditionShown:
    """An edition and what a map made from it must show."""
    return EditionShown(
        edition.id,
        edition.title,
        str(edition.as_of),
        edition.accuracy_m,
        edition.accuracy_basis,
        edition.map_approval,
        f"审图号:{edition.map_approval}" if edition.map_approval else UNREVIEWED,
        source.licence,
    )


def source_shown(source: Source) -> SourceShown:
    """Where a record comes from."""
    return SourceShown(
        source.id,
        source.title,
        source.authority,
        source.origin,
        source.licence,
        source.attribution,
        written(source.as_of),
    )
