"""The codes and names of a file against the register on the day it is valid from (代码与名称核对)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.codebook import CodeBook
from geoname.core.divisions.division import Level
from geoname.core.validity.period import Held
from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.service.boundary_report import BLOCKING_CODES, CodeFinding, CodeTrouble


@dataclass(frozen=True, slots=True)
class Registered:
    """A division as it may have been on a day; `codes` are those of all schemes that it may have had then."""

    name: str
    level: Level
    codes: tuple[str, ...]


class Register:
    """The divisions of a day by their codes."""

    def __init__(self, atlas: DivisionAtlas, day: date | None = None) -> None:
        """Collect what may have held on the day (None: today)."""
        found = []
        for id_ in atlas.all_ids():
            state, held = atlas.state_on(id_, day)
            codes = dict.fromkeys(
                code.code
                for code in state.codes
                if (code.period.end is None if day is None else code.period.may_hold_on(day))
            )
            if held is not Held.NO and codes:
                found.append(Registered(state.name, state.level, tuple(codes)))
        self.divisions = tuple(found)
        self._by_code: dict[str, list[Registered]] = defaultdict(list)
        for division in self.divisions:
            for code in division.codes:
                self._by_code[code].append(division)

    def meanings(self, code: str) -> Sequence[Registered]:
        """The divisions that a code may mean; schemes may disagree."""
        return self._by_code.get(code, ())

    def names(self) -> dict[str, str]:
        """A name for each code, the first where schemes disagree."""
        return {code: meanings[0].name for code, meanings in self._by_code.items()}


def check_codes(
    territories: Territories, register: Register, codebook: CodeBook, within: Sequence[str]
) -> tuple[CodeFinding, ...]:
    """Every disagreement, kind by kind in the order of the codes.

    Missing are divisions of the levels in the file that lie within the stated divisions.
    """
    found: list[CodeFinding] = []
    given = set(territories.codes)
    scope = tuple(within)
    for code, name in zip(territories.codes, territories.names, strict=True):
        names = [each.name for each in register.meanings(code)]
        if not code.startswith(scope):
            found.append(CodeFinding(CodeTrouble.BEYOND, code, name, ", ".join(names)))
        elif not names:
            found.append(_unknown(code, name, given, register, codebook))
        elif name not in names:
            found.append(CodeFinding(CodeTrouble.NAME, code, name, ", ".join(names)))
    levels = set(territories.levels)
    found += [
        CodeFinding(CodeTrouble.MISSING, division.codes[0], "", division.name)
        for division in register.divisions
        if division.level in levels
        and given.isdisjoint(division.codes)
        and any(code.startswith(scope) for code in division.codes)
    ]
    meaningless = {one.code for one in found if one.kind in BLOCKING_CODES}
    found += _ambiguous(territories, codebook, meaningless)
    order = list(CodeTrouble)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.code)))


def _unknown(code: str, name: str, given: set[str], register: Register, codebook: CodeBook) -> CodeFinding:
    try:
        division = codebook.find(code).division
    except NotFoundError:
        parent = next((code[:digits] for digits in (9, 6, 4, 2) if digits < len(code)), "")
        has_parent = not parent or parent in given or register.meanings(parent)
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
