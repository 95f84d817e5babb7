"""Writes naming procedures (命名办理) inside a transaction: proposals, edges between names, findings."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select, update

from geoname.core.register.naming_proposal import NameSuccession, NamingProposal
from geoname.core.rules.kept_finding import KeptFinding
from geoname.store.rows.cells import check_cells
from geoname.store.rows.kept import NAMES
from geoname.store.rows.naming import finding_row, proposal_row
from geoname.store.schema import finding, name, name_succession, naming_proposal
from geoname.store.writing.audit_log import Entry, as_json, differences
from geoname.store.writing.upsert import Transaction, settle


class SqlNamingWriter:
    """What `NamingWriter` says."""

    _transaction: Transaction

    def put_proposal(self, proposal: NamingProposal) -> None:
        """Add a proposal, or replace the one of the same name; audited on the chain of the name."""
        row = proposal_row(proposal)
        check_cells(row, naming_proposal.name)
        connection, of_name = self._transaction.connection, naming_proposal.c.name_id == proposal.name_id
        found = connection.execute(select(naming_proposal).where(of_name)).mappings().one_or_none()
        if found is None:
            connection.execute(insert(naming_proposal), [row])
            entry = Entry(f"name:{proposal.name_id}", "proposed", after=as_json(row))
        else:
            was, now = differences(dict(found), row)
            if was == now:
                return
            connection.execute(update(naming_proposal).where(of_name).values(row))
            entry = Entry(f"name:{proposal.name_id}", "proposal_changed", was, now)
        self._transaction.log.extend([entry])
        self._transaction.tables.add(naming_proposal.name)

    def put_name_succession(self, edge: NameSuccession) -> None:
        """Add an edge between two names."""
        row = {"from_id": edge.from_id, "to_id": edge.to_id, "event_id": edge.event_id}
        self._transaction.connection.execute(insert(name_succession), [row])
        self._transaction.log.extend([Entry(f"name:{edge.from_id}", "succeeded", after=as_json(row))])
        self._transaction.tables.add(name_succession.name)

    def raise_name_version(self, name_id: str) -> None:
        """Count a name's version up, for a change of its place that leaves its own row alone."""
        settle(self._transaction, NAMES, [name_id])
        raised = update(name).where(name.c.id == name_id).values(version=name.c.version + 1)
        self._transaction.connection.execute(raised)
        self._transaction.tables.add(name.name)
        self._transaction.served_changed = True

    def keep_findings(self, findings: Iterable[KeptFinding]) -> None:
        """Keep findings that are not kept yet; those that are stay as they are."""
        given = {kept.id: finding_row(kept) for kept in findings}
        connection = self._transaction.connection
        asked = select(finding.c.id).where(finding.c.id.in_([*given]))
        known = {*connection.execute(asked).scalars()} if given else set()
        rows = [row for id_, row in given.items() if id_ not in known]
        for row in rows:
            check_cells(row, finding.name)
        if rows:
            connection.execute(insert(finding), rows)
            self._transaction.tables.add(finding.name)
