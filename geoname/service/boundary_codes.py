"""The codes and names of a file against the register on the day it is valid from (代码与名称核对)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.codebook import CodeBook
from geoname.core.divisions.division import Level
from geoname.core.validity.period import Held
from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.service.boundary_report import BLOCKING_CODES, CodeFinding, CodeTrouble


def registered_names(atlas: DivisionAtlas, day: date | None = None) -> dict[str, tuple[str, Level]]:
    """Name and level of the division that each code may mean on a day (None: today), all schemes together."""
    found: dict[str, tuple[str, Level]] = {}
    for id_ in atlas.all_ids():
        state, held = atlas.state_on(id_, day)
        if held is Held.NO:
            continue
        for code in state.codes:
            if code.period.end is None if day is None else code.period.may_hold_on(day):
                found.setdefault(code.code, (state.name, state.level))
    return found


def check_codes(
    territories: Territories,
    registered: Mapping[str, tuple[str, Level]],
    codebook: CodeBook,
    within: Sequence[str],
) -> tuple[CodeFinding, ...]:
    """Every disagreement, kind by kind in the order of the codes.

    Missing are divisions of the levels in the file that lie within the stated divisions.
    """
    found: list[CodeFinding] = []
    given = set(territories.codes)
    scope = tuple(within)
    for code, name in zip(territories.codes, territories.names, strict=True):
        known = registered.get(code)
        if not code.startswith(scope):
            found.append(CodeFinding(CodeTrouble.BEYOND, code, name, known[0] if known else ""))
        elif known is None:
            found.append(_unknown(code, name, given, registered, codebook))
        elif known[0] != name:
            found.append(CodeFinding(CodeTrouble.NAME, code, name, known[0]))
    levels = set(territories.levels)
    found += [
        CodeFinding(CodeTrouble.MISSING, code, "", name)
        for code, (name, level) in registered.items()
        if level in levels and code not in given and code.startswith(scope)
    ]
    meaningless = {one.code for one in found if one.kind in BLOCKING_CODES}
    found += _ambiguous(territories, codebook, meaningless)
    order = list(CodeTrouble)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.code)))


def _unknown(
    code: str,
    name: str,
    given: set[str],
    registered: Mapping[str, tuple[str, Level]],
    codebook: CodeBook,
) -> CodeFinding:
    try:
        division = codebook.find(code).division
    except NotFoundError:
        parent = next((code[:digits] for digits in (9, 6, 4, 2) if digits < len(code)), "")
        has_parent = parent in registered or parent in given or not parent
        return CodeFinding(CodeTrouble.UNKNOWN if has_parent else CodeTrouble.ORPHAN, code, name, "")
    except AmbiguousCodeError as error:
        return CodeFinding(CodeTrouble.AMBIGUOUS, code, name, ", ".join(each[2] for each in error.meanings))
    return CodeFinding(CodeTrouble.NOT_IN_FORCE, code, name, division.name)


def _ambiguous(territories: Territories, codebook: CodeBook, skip: set[str]) -> list[CodeFinding]:
    """Codes that the register cannot tie to one division, as answers would have to."""
    found = []
    for code, name in zip(territories.codes, territories.names, strict=True):
        if code in skip:
            continue
        try:
            codebook.bearer(code, name)
        except AmbiguousCodeError as error:
            meanings = ", ".join(each[2] for each in error.meanings)
            found.append(CodeFinding(CodeTrouble.AMBIGUOUS, code, name, meanings))
    return found
