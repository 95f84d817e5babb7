"""The codes below a county whose own code changes (下级代码随变), in every scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geoname.core.divisions.adjusting import UnitAfter, parts_of
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Division
from geoname.core.rules.facts import Facts
from geoname.errors import InvalidInputError
from geoname.service.change_divisions_answers import CodeBelow
from geoname.service.change_divisions_codes import Codes, code_in

_VILLAGE_DIGITS = 12
_VILLAGE_BLOCKS = (range(1, 200), range(200, 400), range(400, 1000))


@dataclass(slots=True)
class CodesBelow:
    """Codes to give, by division and scheme, and the list of what changes."""

    given: dict[str, dict[Scheme, str]] = field(default_factory=dict)
    changes: list[CodeBelow] = field(default_factory=list)

    def give(self, division: Division, scheme: Scheme, old: str, new: str) -> None:
        """Note one code that replaces another."""
        self.given.setdefault(division.id, {})[scheme] = new
        self.changes.append(CodeBelow(division.id, division.name, division.level, scheme, old, new))


@dataclass(frozen=True, slots=True)
class _Coming:
    """A township that comes under another six digits."""

    division: Division
    old: str
    county_code: str


def codes_below(
    atlas: DivisionAtlas, before: Sequence[Division], after: Sequence[UnitAfter], scheme: Scheme, facts: Facts
) -> CodesBelow:
    """What the codes below counties become, and those of the counties in the other schemes.

    A code that lies under the old six digits takes the new ones and keeps its number; where the number is
    or was another's, the next one of its kind. The first six digits are the same in every scheme.
    """
    found = CodesBelow()
    present = {one.id: one for one in before}
    schemes = dict.fromkeys(
        [scheme, *(code.scheme for one in before for code in one.codes if code.period.end is None)]
    )
    for each in schemes:
        for unit in after:
            old = code_in(present[unit.id], each) if unit.id in present else None
            if each is not scheme and (unit.id not in present or old is not None):
                was = code_in(present[unit.id], scheme) if unit.id in present else None
                if was != unit.code:
                    found.given.setdefault(unit.id, {})[each] = unit.code
        # Where the schemes' lists are of different years, a county may go on with another code in this one.
        digits = {
            unit.id: unit.code
            if each is scheme or unit.id not in present or each in found.given.get(unit.id, {})
            else code_in(present[unit.id], each) or unit.code
            for unit in after
        }
        _of_scheme(atlas, after, digits, Codes.of(atlas, each, facts), found)
    return found


def _of_scheme(
    atlas: DivisionAtlas,
    after: Sequence[UnitAfter],
    digits: Mapping[str, str],
    codes: Codes,
    found: CodesBelow,
) -> None:
    """`digits` are the six of each county after, by its id."""
    scheme = codes.scheme
    coming: list[_Coming] = []
    for unit in after:
        code = digits[unit.id]
        for id_ in unit.villages or ():
            town = atlas.latest(id_)
            above = None if town.parent_id is None else code_in(atlas.latest(town.parent_id), scheme)
            old = code_in(town, scheme)
            if above is not None and old is not None and above != code and old.startswith(above):
                coming.append(_Coming(town, old, code))
    towns = _townships(coming, codes)
    for one in coming:
        found.give(one.division, scheme, one.old, towns[one.old])
    if coming:
        _villages(atlas, coming, towns, codes, found)


def _townships(coming: Sequence[_Coming], codes: Codes) -> dict[str, str]:
    """The new nine digits by the old; those that keep their number come first."""
    towns: dict[str, str] = {}
    for one in coming:
        kept = one.county_code + one.old[6:]
        if kept not in codes.in_use and kept not in codes.retired:
            towns[one.old] = kept
            codes.in_use.add(kept)
    for one in coming:
        if one.old not in towns:
            towns[one.old] = codes.propose(one.county_code, one.division.kind)
    return towns


def _villages(
    atlas: DivisionAtlas,
    coming: Sequence[_Coming],
    towns: Mapping[str, str],
    codes: Codes,
    found: CodesBelow,
) -> None:
    scheme = codes.scheme
    known = _village_codes(atlas, scheme)
    for one in coming:
        for village in map(atlas.latest, parts_of(atlas, one.division.id)):
            old = code_in(village, scheme)
            if old is None or len(old) != _VILLAGE_DIGITS or not old.startswith(one.old[:6]):
                continue
            above = towns.get(old[:9])
            if above is None:
                # It bears the digits of a township that it left, or that is gone.
                above = one.county_code + old[6:9]
                if above in codes.in_use or above in codes.retired:
                    above = towns[one.old]
            new = above + old[9:]
            if new in known:
                new = _next_free(towns[one.old], int(old[9:]), known, village.name)
            known.add(new)
            found.give(village, scheme, old, new)


def _village_codes(atlas: DivisionAtlas, scheme: Scheme) -> set[str]:
    """Every village code that a scheme has ever given."""
    return {
        code.code
        for id_ in atlas.all_ids()
        for state in atlas.states(id_)
        for code in state.codes
        if code.scheme is scheme and len(code.code) == _VILLAGE_DIGITS
    }


def _next_free(township_code: str, number: int, known: set[str], name: str) -> str:
    """The first number in the block of a village's kind that no village ever bore."""
    block = next((block for block in _VILLAGE_BLOCKS if number in block), _VILLAGE_BLOCKS[-1])
    for each in block:
        code = f"{township_code}{each:03d}"
        if code not in known:
            return code
    raise InvalidInputError(
        f"no code is left for {name} below {township_code}: give its township another code first",
        zh=f"{township_code} 之下已无可给{name}的代码：请先为其乡级区划另给代码",
        field="to",
    )
