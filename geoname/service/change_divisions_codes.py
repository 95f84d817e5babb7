"""Which codes a change keeps, retires and gives (变更与代码): asked of the rules, never decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import Operation
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.rules.code_cases import CodeChange, NewCode, TownshipCode
from geoname.core.rules.codes import kept_or_retired, never_reused, township_range
from geoname.core.rules.engine import check_case
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Finding
from geoname.errors import InvalidInputError

_NUMBERS = range(1, 600)
_COUNTY_DIGITS, _TOWNSHIP_DIGITS = 6, 9
# GB/T 2260, the last two digits; 01 stands for all districts of a city together and is not proposed.
_DISTRICTS, _COUNTIES, _CITIES = range(1, 21), range(21, 51), range(81, 100)
COUNTY_NUMBERS: Mapping[DivisionKind, range] = {
    DivisionKind.DISTRICT: _DISTRICTS,
    DivisionKind.SPECIAL_DISTRICT: _DISTRICTS,
    DivisionKind.COUNTY: _COUNTIES,
    DivisionKind.AUTONOMOUS_COUNTY: _COUNTIES,
    DivisionKind.COUNTY_CITY: _CITIES,
}


@dataclass(slots=True)
class Codes:
    """The codes of one level that are in use and those that were given before; grows with each new one."""

    scheme: Scheme
    facts: Facts
    in_use: set[str] = field(default_factory=set)
    retired: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, atlas: DivisionAtlas, scheme: Scheme, facts: Facts, level: Level = Level.TOWNSHIP) -> Codes:
        """Collect every township code of a scheme, or every county code of all schemes, from all states.

        The six digits of counties are those of GB/T 2260 in every scheme.
        """
        of_counties = level is Level.COUNTY
        digits = _COUNTY_DIGITS if of_counties else _TOWNSHIP_DIGITS
        codes = cls(scheme, facts)
        for id_ in atlas.all_ids():
            for state in atlas.states(id_):
                for code in state.codes:
                    if (of_counties or code.scheme is scheme) and len(code.code) == digits:
                        known = codes.in_use if code.period.end is None else codes.retired
                        known.add(code.code)
        codes.retired -= codes.in_use
        return codes

    def current(self, division: Division) -> str | None:
        """The code in force of a division."""
        return code_in(division, self.scheme)

    def may_keep(self, operation: Operation, code: str | None, approved_on: date) -> bool:
        """Whether CD-3 lets an operation keep a code."""
        if code is None:
            return False
        case = CodeChange(operation, code, code, approved_on, approved_on)
        return not check_case(case, self.facts, (kept_or_retired.RULE,))

    def propose(self, county_code: str, kind: DivisionKind) -> str:
        """The next code of a kind in a county that CD-1 and CD-2 find nothing against; it is then in use.

        Below a prefecture, by its four digits, the next county code in the range of the kind.
        """
        if len(county_code) < _COUNTY_DIGITS:
            return self._propose_county(county_code, kind)
        for number in _NUMBERS:
            code = f"{county_code}{number:03d}"
            if not self.findings(code, kind):
                self.in_use.add(code)
                return code
        raise InvalidInputError(
            f"no code is left for a {kind} in county {county_code}: name one in the body",
            zh=f"县级区划 {county_code} 已无可用的 {kind} 代码：请在请求中指定",
            field="to",
        )

    def _propose_county(self, prefecture_code: str, kind: DivisionKind) -> str:
        numbers = COUNTY_NUMBERS[kind]
        given = {int(code[4:]) for code in (*self.in_use, *self.retired) if code[:4] == prefecture_code}
        taken = [number for number in numbers if number in given]
        free = [number for number in numbers if number not in given and number > 1]
        # The next in order; where the range has run to its end, the first that nobody ever bore.
        following = [number for number in free if number > max(taken, default=0)]
        if not free:
            raise InvalidInputError(
                f"no code is left for a {kind} in {prefecture_code}: none is given twice",
                zh=f"{prefecture_code} 之下已无可用的 {kind} 代码：代码不得复用",
                field="to",
            )
        code = f"{prefecture_code}{(following or free)[0]:02d}"
        self.in_use.add(code)
        return code

    def findings(self, code: str, kind: DivisionKind) -> tuple[Finding, ...]:
        """What CD-1, over codes of townships, and CD-2 find against giving a code to a division of a kind."""
        ranges = () if kind in COUNTY_NUMBERS else (township_range.RULE,)
        return (
            *check_case(TownshipCode(code, kind), self.facts, ranges),
            *check_case(
                NewCode(code, _beside(code, self.in_use), _beside(code, self.retired)),
                self.facts,
                (never_reused.RULE,),
            ),
        )


def code_in(division: Division, scheme: Scheme) -> str | None:
    """The code in force of a division in a scheme."""
    codes = (code for code in division.codes if code.scheme is scheme)
    return next((code.code for code in codes if code.period.end is None), None)


def _beside(code: str, codes: Iterable[str]) -> frozenset[str]:
    """Those of the same county."""
    return frozenset(each for each in codes if each[:6] == code[:6])


def retired_in(codes: Codes, codes_above: Iterable[str]) -> frozenset[str]:
    """The codes that were given before in the divisions of these codes and are not in use."""
    starts = tuple(codes_above)
    return frozenset(code for code in codes.retired if code.startswith(starts))
