"""Reads naming procedures and kept findings (命名办理与审查意见) over any of the databases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import ColumnElement, Connection, or_, select

from geoname.core.register.name import NameStatus
from geoname.core.register.naming_proposal import NameSuccession, NamingProposal
from geoname.core.rules.finding import FindingKey
from geoname.core.rules.kept_finding import KeptFinding
from geoname.store.reading.standing import as_it_stands
from geoname.store.rows.naming import finding_of, proposal_of
from geoname.store.schema import finding, name, name_succession, naming_proposal


class SqlNamingReader(ABC):
    """What `NamingReader` says, and the reading half of `FindingStore`."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    def proposal(self, name_id: str) -> NamingProposal | None:
        """The proposal that brought a name, None for a name that came by a load."""
        asked = select(naming_proposal).where(naming_proposal.c.name_id == name_id)
        with self._reading() as connection:
            row = connection.execute(asked).mappings().one_or_none()
        return None if row is None else proposal_of(dict(row))

    def proposals_under_way(self) -> list[NamingProposal]:
        """Those whose name waits for approval, filing or announcement, oldest first."""
        unfinished = or_(name.c.filed_on.is_(None), name.c.announced_on.is_(None))
        asked = (
            select(naming_proposal)
            .join(name, naming_proposal.c.name_id == name.c.id)
            .where(name.c.status != NameStatus.HISTORICAL.value, unfinished)
            .order_by(naming_proposal.c.fid)
        )
        with self._reading() as connection:
            found = connection.execute(as_it_stands(connection, asked)).mappings()
            return [proposal_of(dict(row)) for row in found]

    def name_successions(self, name_id: str) -> list[NameSuccession]:
        """The edges from and to a name."""
        edge = name_succession.c
        asked = (
            select(edge.from_id, edge.to_id, edge.event_id)
            .where(or_(edge.from_id == name_id, edge.to_id == name_id))
            .order_by(edge.fid)
        )
        with self._reading() as connection:
            return [NameSuccession(*row) for row in connection.execute(asked)]

    def finding(self, finding_id: str) -> KeptFinding | None:
        """The kept finding of an id, None when there is none."""
        with self._reading() as connection:
            found = findings_where(connection, finding.c.id == finding_id)
        return found[0] if found else None

    def findings(self, *, decided: bool | None = None) -> list[KeptFinding]:
        """Kept findings, oldest first: all, only the decided, or only those that wait."""
        outcome = finding.c.outcome
        wanted = [] if decided is None else [outcome.is_not(None) if decided else outcome.is_(None)]
        with self._reading() as connection:
            return findings_where(connection, *wanted)

    def decided_findings(self, text: str | None = None) -> dict[FindingKey, KeptFinding]:
        """The decided findings by their key; with `text` those on names written so."""
        wanted: list[ColumnElement[bool]] = [finding.c.outcome.is_not(None)]
        if text is not None:
            wanted.append(finding.c.name == text)
        with self._reading() as connection:
            return {kept.key: kept for kept in findings_where(connection, *wanted)}


def findings_where(connection: Connection, *conditions: ColumnElement[bool]) -> list[KeptFinding]:
    """The kept findings that meet all conditions, oldest first."""
    asked = select(finding).where(*conditions).order_by(finding.c.fid)
    return [finding_of(dict(row)) for row in connection.execute(asked).mappings()]
