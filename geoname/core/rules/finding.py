"""What a rule finds (审查结果): where in the name, how grave, in which scope, against which other names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.law.citation import Citation, Known
from geoname.core.rules.scopes import Namesake, Scope


class Severity(StrEnum):
    """What a finding means for an application."""

    BLOCKS = "blocks"
    """A new application waits until the name is changed or the finding is overruled."""
    ADVICE = "advice"
    """Shown to the reviewer, who decides."""
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Chinese and English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Hit:
    """What one check found.

    `span` is the half-open range of characters of the name, None when the whole case is meant. `severity`
    None: that of the rule. `known` is how well the evidence is known where it is weaker than the citation.
    """

    words: Words
    span: tuple[int, int] | None = None
    severity: Severity | None = None
    scope: Scope | None = None
    against: tuple[Namesake, ...] = ()
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class FindingKey:
    """What a decision is about: one rule, one name of one class in one division, against these others."""

    rule: str
    text: str
    feature_class: str
    division_id: str | None
    against: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What a reviewer decided."""

    OVERRULED = "overruled"
    """The name may stand as it is."""
    UPHELD = "upheld"
    """The name must be changed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's decision on a finding; without a reason there is none."""

    key: FindingKey
    outcome: Outcome
    reason: str
    reviewer: str
    on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of one rule on one case.

    `grandfathered`: the name was approved before the Regulations or is in the list of divisions, so that the
    finding only informs. `exceptions` are those the law itself names; `excepted` is the one that was claimed
    with a reason. `decision` is the reviewer's, once there is one: it is not asked for again.
    `severity_if_new` is what it would be for a new name that claims nothing.
    """

    rule: str
    title: Words
    severity: Severity
    words: Words
    basis: tuple[Citation, ...]
    span: tuple[int, int] | None = None
    matched: str = ""
    scope: Scope | None = None
    against: tuple[Namesake, ...] = ()
    exceptions: tuple[Words, ...] = ()
    excepted: str = ""
    grandfathered: bool = False
    known: Known | None = None
    severity_if_new: Severity | None = None
    key: FindingKey | None = None
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """True while a reviewer has not decided."""
        return self.decision is None
