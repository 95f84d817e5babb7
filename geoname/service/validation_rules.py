"""Names that the register does not hold, judged by the naming rules (命名规则) as proposed ones, in bulk."""

from __future__ import annotations

from geoname.core.names.feature_class import parse_class
from geoname.core.rules.case import propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.finding import Finding, Outcome, Words
from geoname.core.rules.kept_finding import decisions_of
from geoname.errors import InvalidInputError
from geoname.service.opened import Geoname
from geoname.service.rule_facts import facts_of
from geoname.service.validation_rows import FindingRow

_OUTCOMES = {
    Outcome.OVERRULED: Words("已裁定可用", "decided: it may stand"),
    Outcome.UPHELD: Words("已裁定须改", "decided: it must be changed"),
}


class ProposedNames:
    """Judges names of one class by the rules; the same findings as one at a time."""

    def __init__(self, geoname: Geoname, feature_class: str, language: str) -> None:
        """Compile the facts once; InvalidInputError for a class that is none."""
        self.feature_class = parse_class(feature_class, field="--class")
        self._facts = facts_of(geoname)
        self._decisions = decisions_of(geoname.store.decided_findings())
        self._language = language

    def findings(self, text: str, division_id: str | None) -> list[FindingRow]:
        """What the rules find in a name proposed within a division; the kind says how grave it is."""
        try:
            case = propose(text.strip(), self.feature_class, division_id)
        except InvalidInputError as error:
            return [FindingRow("rule_blocks", error.in_language(self._language))]
        return [
            FindingRow(f"rule_{finding.severity}", f"{finding.rule} {self._said(finding)}")
            for finding in check_name(case, self._facts, NAME_RULES, self._decisions)
        ]

    def _said(self, finding: Finding) -> str:
        """What is found, and what a reviewer has decided of it."""
        said = finding.words.in_language(self._language)
        if finding.decision is None:
            return said
        chinese = self._language == "zh"
        outcome = _OUTCOMES[finding.decision.outcome].in_language(self._language)
        return f"{said}（{outcome}）" if chinese else f"{said} ({outcome})"
