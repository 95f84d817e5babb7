"""What a store must do with naming procedures (命名办理) and with decisions on findings (审查决定)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from geoname.core.register.naming_proposal import NameSuccession, NamingProposal
from geoname.core.rules.finding import FindingKey
from geoname.core.rules.kept_finding import KeptFinding


class NamingReader(Protocol):
    """What can be asked about procedures."""

    def proposal(self, name_id: str) -> NamingProposal | None:
        """The proposal that brought a name, None for a name that came by a load."""
        ...

    def proposals_under_way(self) -> list[NamingProposal]:
        """Those whose name waits for approval, filing or announcement, oldest first."""
        ...

    def name_successions(self, name_id: str) -> list[NameSuccession]:
        """The edges from and to a name."""
        ...


class NamingWriter(Protocol):
    """What can be changed of procedures inside one transaction."""

    def put_proposal(self, proposal: NamingProposal) -> None:
        """Add a proposal, or replace the one of the same name."""
        ...

    def put_name_succession(self, edge: NameSuccession) -> None:
        """Add an edge between two names."""
        ...

    def raise_name_version(self, name_id: str) -> None:
        """Count a name's version up, for a change of its place that leaves its own row alone."""
        ...

    def keep_findings(self, findings: Iterable[KeptFinding]) -> None:
        """Keep findings that are not kept yet; those that are stay as they are."""
        ...


class FindingStore(Protocol):
    """Findings are kept and decided, never removed; each decision goes on the chain `finding:ID`."""

    def finding(self, finding_id: str) -> KeptFinding | None:
        """The kept finding of an id, None when there is none."""
        ...

    def findings(self, *, decided: bool | None = None) -> list[KeptFinding]:
        """Kept findings, oldest first: all, only the decided, or only those that wait."""
        ...

    def decided_findings(self, text: str | None = None) -> dict[FindingKey, KeptFinding]:
        """The decided findings by their key; with `text` those on names written so."""
        ...

    def decide_finding(self, decided: KeptFinding, actor: str, version: int | None) -> KeptFinding:
        """Keep a decision; `version` is the one of the earlier decision that it takes the place of.

        ConflictError when the finding was decided already and `version` is None, ChangedSinceError when it
        is not the present one.
        """
        ...
