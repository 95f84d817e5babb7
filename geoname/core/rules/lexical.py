"""From terms of a word list to hits (用词检查)."""

from __future__ import annotations

from geoname.core.law.citation import Known
from geoname.core.rules.case import ProposedName
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.lexicon import Term

OWN_HINT = "engineering-default"


def term_hits(
    case: ProposedName, facts: Facts, rule: str, words: Words, severity: Severity | None = None
) -> tuple[Hit, ...]:
    """A hit for each term of the rule's list; `words` hold {term}.

    A term of this project's own list is shown as a hint, and a note of the list is added.
    """
    return tuple(
        Hit(said_of(found.term, words), found.span, severity, known=found.term.known)
        for found in facts.lexicons.found(case.name, rule)
    )


def said_of(term: Term, words: Words) -> Words:
    """The words with the term put in, and where it is only this project's own hint, saying so."""
    zh, en = words.zh.format(term=term.text), words.en.format(term=term.text)
    if term.tier == OWN_HINT or term.known is Known.MEMORY:
        return Words(
            zh + "（本系统自拟词表，仅供提示，并非法定清单）",
            en + " (this system's own list: a hint, not law)",
        )
    return Words(zh, en)
