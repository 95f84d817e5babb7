"""The shipped word lists of the naming rules (规则词表), and a user's own in the same columns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geoname.core.rules.lexicon import Lexicons, MatchMode, Term
from geoname.formats.shipped_files import Row, read_rows
from geoname.formats.shipped_words import known_of, read_nonstandard_terms, read_spelling_variants

_COLUMNS = ("term", "rule", "tier", "match_mode", "citation", "mark", "exception")
_MODES = {mode.value: mode for mode in MatchMode} | {"whole-or-substring": MatchMode.ANYWHERE}


def read_terms(folder: Path | None = None) -> tuple[Term, ...]:
    """The terms of all shipped lists; DataFileError for a mode that is not known."""
    nonstandard = (
        Term(
            row.term,
            row.rule,
            row.tier,
            _MODES[row.match_mode],
            row.citation,
            row.known,
            row.exception or "",
        )
        for row in read_nonstandard_terms(folder)
    )
    return (*nonstandard, *map(_term, read_rows("lexicons/terms.csv", _COLUMNS, folder)))


def _term(row: Row) -> Term:
    written = row.text("match_mode")
    mode = _MODES.get(written)
    if mode is None:
        known = ", ".join(_MODES)
        raise row.fault("match_mode", f"{written!r} is not one of {known}", f"{written!r} 不是 {known} 之一")
    return Term(
        row.text("term"),
        row.text("rule"),
        row.text("tier"),
        mode,
        row.text("citation"),
        known_of(row),
        row.optional("exception") or "",
    )


def lexicons_with(own: Iterable[Term] = (), folder: Path | None = None) -> Lexicons:
    """The lists compiled; a rule for which the user has terms of their own gets those in place of ours."""
    given = tuple(own)
    replaced = {term.rule for term in given}
    return Lexicons((*given, *(term for term in read_terms(folder) if term.rule not in replaced)))


def read_other_spellings(folder: Path | None = None) -> dict[str, str]:
    """From each spelling of a division's name in one official list to that in the other, both ways."""
    found: dict[str, str] = {}
    for variant in read_spelling_variants(folder):
        found[variant.name] = variant.other_spelling
        found[variant.other_spelling] = variant.name
    return found
