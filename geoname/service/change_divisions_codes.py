"""Which codes a change keeps, retires and gives (变更与代码): asked of the rules, never decided here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import Operation
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Division, DivisionKind
from geoname.core.rules.code_cases import CodeChange, NewCode, TownshipCode
from geoname.core.rules.codes import kept_or_retired, never_reused, township_range
from geoname.core.rules.engine import check_case
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Finding
from geoname.errors import InvalidInputError

_NUMBERS = range(1, 600)
_TOWNSHIP_DIGITS = 9


@dataclass(slots=True)
class Codes:
    """The codes of one scheme that are in use and those that were given before; grows with each new one."""

    scheme: Scheme
    facts: Facts
    in_use: set[str] = field(default_factory=set)
    retired: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, atlas: DivisionAtlas, scheme: Scheme, facts: Facts) -> Codes:
        """Collect every township code of a scheme from all states of all divisions."""
        codes = cls(scheme, facts)
        for id_ in atlas.all_ids():
            for state in atlas.states(id_):
                for code in state.codes:
                    if code.scheme is scheme and len(code.code) == _TOWNSHIP_DIGITS:
                        known = codes.in_use if code.period.end is None else codes.retired
                        known.add(code.code)
        codes.retired -= codes.in_use
        return codes

    def current(self, division: Division) -> str | None:
        """The code in force of a division."""
        codes = (code for code in division.codes if code.scheme is self.scheme)
        return next((code.code for code in codes if code.period.end is None), None)

    def may_keep(self, operation: Operation, code: str | None, approved_on: date) -> bool:
        """Whether CD-3 lets an operation keep a code."""
        if code is None:
            return False
        case = CodeChange(operation, code, code, approved_on, approved_on)
        return not check_case(case, self.facts, (kept_or_retired.RULE,))

    def propose(self, county_code: str, kind: DivisionKind) -> str:
        """The next code of a kind in a county that CD-1 and CD-2 find nothing against; it is then in use."""
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

    def findings(self, code: str, kind: DivisionKind) -> tuple[Finding, ...]:
        """What CD-1 and CD-2 find against giving a code to a township of a kind."""
        return (
            *check_case(TownshipCode(code, kind), self.facts, (township_range.RULE,)),
            *check_case(
                NewCode(code, _beside(code, self.in_use), _beside(code, self.retired)),
                self.facts,
                (never_reused.RULE,),
            ),
        )


def _beside(code: str, codes: Iterable[str]) -> frozenset[str]:
    """Those of the same county."""
    return frozenset(each for each in codes if each[:6] == code[:6])


def retired_in(codes: Codes, county_codes: Iterable[str]) -> frozenset[str]:
    """The codes that were given before in these counties and are not in use."""
    starts = tuple(county_codes)
    return frozenset(code for code in codes.retired if code.startswith(starts))
