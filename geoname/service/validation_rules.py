"""Names that the register does not hold, judged by the naming rules (命名规则) as proposed ones, in bulk."""

from __future__ import annotations

from geoname.core.names.feature_class import parse_class
from geoname.core.rules.case import propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.errors import InvalidInputError
from geoname.service.opened import Geoname
from geoname.service.rule_facts import facts_of
from geoname.service.validation_rows import FindingRow


class ProposedNames:
    """Judges names of one class by the rules; the same findings as one at a time."""

    def __init__(self, geoname: Geoname, feature_class: str, language: str) -> None:
        """Compile the facts once; InvalidInputError for a class that is none."""
        self.feature_class = parse_class(feature_class, field="--class")
        self._facts = facts_of(geoname)
        self._language = language

    def findings(self, text: str, division_id: str | None) -> list[FindingRow]:
        """What the rules find in a name proposed within a division; the kind says how grave it is."""
        try:
            case = propose(text.strip(), self.feature_class, division_id)
        except InvalidInputError as error:
            return [FindingRow("rule_blocks", error.in_language(self._language))]
        return [
            FindingRow(
                f"rule_{finding.severity}", f"{finding.rule} {finding.words.in_language(self._language)}"
            )
            for finding in check_name(case, self._facts, NAME_RULES)
        ]
