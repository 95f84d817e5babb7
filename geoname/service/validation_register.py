"""The register as a matcher in bulk (批量匹配): names, codes, paths in columns, points looked up together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.division import Level
from geoname.core.matching.answer import MatchStatus, Step
from geoname.core.matching.columns import OTHER_DEPTH
from geoname.core.matching.engine import Matcher
from geoname.core.matching.many import STATUSES, Matches
from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.service.answers import DivisionRef
from geoname.service.opened import Geoname, open_geoname
from geoname.service.validation_rows import Answers, FindingRow, StepColumns, StepGroup, StepRow
from geoname.service.validation_rules import ProposedNames

_STATUS_TEXTS = np.array([status.value for status in STATUSES], dtype=object)
_MOST_KEPT = 100_000
_MOST_CANDIDATES = 5
_COUNTY = Level.COUNTY.depth
Shown = tuple[str, str | None, str]
"""A name of the register as rows show it: name, code, path."""
_NOTHING: tuple[None, None, None] = (None, None, None)


@dataclass(frozen=True, slots=True)
class RegisterOpener:
    """Opens the register by its address and the folder of its index files, in any process."""

    database: str
    cache: Path
    feature_class: str | None = None
    language: str = "zh"

    def __call__(self) -> RegisterMatcher:
        """Open; the database stays open as long as the process."""
        geoname = open_geoname(self.database, self.cache)
        return RegisterMatcher(geoname, rules=self.rules(geoname))

    def rules(self, geoname: Geoname) -> ProposedNames | None:
        """The rules for names that the register does not hold, where a class is named."""
        if self.feature_class is None:
            return None
        return ProposedNames(geoname, self.feature_class, self.language)


class RegisterMatcher:
    """Answers from a register's matcher, its codes and its boundary edition."""

    def __init__(
        self, geoname: Geoname, matcher: Matcher | None = None, *, rules: ProposedNames | None = None
    ) -> None:
        """Take an opened register; its matcher is opened, or built once, unless it is given.

        With `rules`, a name that the register does not hold is held against them as a proposed one.
        """
        self._rules = rules
        self._live = geoname.live()
        self._matcher = matcher or self._live.matcher()
        self._teller = self._matcher.teller(_step_group)
        self._shown: dict[int, Shown] = {}
        self._counties: dict[int, str] = {-1: ""}
        atlas, boundaries = self._live.atlas, self._live.boundaries
        # One more at the end, for a point that lies in none.
        places = [_county_of(atlas, chain) for chain in boundaries.chains]
        self._point_places = np.array([*places, -1], dtype=np.int64)
        self._positions_of: dict[str, int] = {}

    @property
    def generation(self) -> str:
        """The state of the data, with the boundary edition that points are looked up in."""
        rules = f"-{self._rules.feature_class}" if self._rules else ""
        return f"{self._live.generation}-{self._live.boundaries.edition.id}{rules}"

    def check_within(self, code: str) -> bool:
        """Whether a code means one division."""
        return self._position(code) >= 0

    def match_many(
        self,
        texts: Sequence[str],
        *,
        within: Sequence[str | None] | None,
        points: NDArray[np.float64] | None,
        on: date | None,
    ) -> Answers:
        """The answer to each text, with its steps and findings."""
        places, findings = self._places(points)
        matches = self._matcher.match_many(
            texts,
            within=None if within is None else self._positions(within),
            point=None if places is None else places.tolist(),
            on=on,
        )
        statuses: list[str] = _STATUS_TEXTS[matches.status].tolist()
        for offset, said in matches.findings.items():
            findings.setdefault(offset, []).extend(FindingRow(kind.value, detail) for kind, detail in said)
        for offset, candidates in matches.candidates.items():
            best = "；".join(self._show(entry)[2] for entry, _ in candidates[:_MOST_CANDIDATES])
            findings.setdefault(offset, []).append(FindingRow("candidates", best))
        if self._rules is not None:
            self._judge_unknown(self._rules, texts, within, statuses, findings)
        names, codes, paths = self._shown_columns(matches.entry)
        return Answers(
            statuses,
            names,
            codes,
            paths,
            np.round(matches.confidence.astype(np.float64), 3).tolist(),
            np.round(matches.second_confidence.astype(np.float64), 3).tolist(),
            self._counties_of(matches.entry),
            self._steps(matches),
            findings,
        )

    def _steps(self, matches: Matches) -> StepColumns:
        told = self._teller.tell(matches)
        return StepColumns(told.rows, told.which, told.groups)

    def _judge_unknown(
        self,
        rules: ProposedNames,
        texts: Sequence[str],
        within: Sequence[str | None] | None,
        statuses: Sequence[str],
        findings: dict[int, list[FindingRow]],
    ) -> None:
        """Add what the rules find in names that the register does not hold."""
        for offset, status in enumerate(statuses):
            if status == MatchStatus.UNKNOWN and texts[offset]:
                code = within[offset] if within is not None else None
                at = self._position(code) if code is not None else -1
                division = self._live.atlas.at(at).id if at >= 0 else None
                found = rules.findings(texts[offset], division)
                if found:
                    findings.setdefault(offset, []).extend(found)

    def _places(
        self, points: NDArray[np.float64] | None
    ) -> tuple[NDArray[np.int64] | None, dict[int, list[FindingRow]]]:
        """The division of each point by position, -1 for none; a point outside all of them is a finding."""
        findings: dict[int, list[FindingRow]] = {}
        if points is None:
            return None, findings
        places = np.full(len(points), -1, dtype=np.int64)
        there = np.flatnonzero(~np.isnan(points[:, 0]))
        if len(there):
            found = self._live.boundaries.lookup.many(points[there, 0], points[there, 1])
            places[there] = self._point_places[found]
        for offset in there[places[there] < 0].tolist():
            lon, lat = points[offset].tolist()
            findings[offset] = [FindingRow("point_outside", f"{lon:.5f}, {lat:.5f}")]
        return places, findings

    def _positions(self, codes: Sequence[str | None]) -> list[int]:
        return [-1 if code is None else self._position(code) for code in codes]

    def _position(self, code: str) -> int:
        """The preorder position of the division that a code means, -1 when it means none or several."""
        known = self._positions_of.get(code)
        if known is None:
            try:
                known = self._live.atlas.position(self._live.codebook.find(code).division.id)
            except (NotFoundError, AmbiguousCodeError):
                known = -1
            if len(self._positions_of) < _MOST_KEPT:
                self._positions_of[code] = known
        return known

    def _shown_columns(self, entry: NDArray[np.int64]) -> list[list[Any]]:
        """Names, codes and paths; each entry is looked up once."""
        entries, which = np.unique(entry, return_inverse=True)
        shown = [self._show(one) if one >= 0 else _NOTHING for one in entries.tolist()]
        columns = np.array(shown, dtype=object).reshape(-1, len(_NOTHING))[which.reshape(-1)]
        return [columns[:, part].tolist() for part in range(len(_NOTHING))]

    def _show(self, entry: int) -> Shown:
        shown = self._shown.get(entry)
        if shown is None:
            entries, atlas = self._matcher.entries, self._live.atlas
            code = None
            if entries.depth[entry] < OTHER_DEPTH:
                code = atlas.code_of(atlas.at(int(entries.division[entry])))
            above, name = int(entries.parent[entry]), entries.text(entry)
            shown = name, code, f"{self._show(above)[2]}/{name}" if above >= 0 else name
            if len(self._shown) >= _MOST_KEPT:
                self._shown.clear()
            self._shown[entry] = shown
        return shown

    def _counties_of(self, entry: NDArray[np.int64]) -> list[str]:
        """The path of the county that each entry lies in, or of the prefecture or province that it is."""
        entries = self._matcher.entries
        rows = np.full(len(entry), -1, dtype=np.int64)
        there = np.flatnonzero(entry >= 0)
        for depth in range(_COUNTY + 1):
            found = entries.at_depth(entry[there], depth)
            rows[there] = np.where(found >= 0, found, rows[there])
        for row in np.unique(rows).tolist():
            if row not in self._counties:
                self._counties[row] = "/".join(entries.path(row))
        return [self._counties[row] for row in rows.tolist()]


def _step_group(steps: Sequence[Step]) -> StepGroup:
    return StepGroup(
        tuple([StepRow(step.kind.value, step.source, step.to, step.since, step.basis) for step in steps])
    )


def _county_of(atlas: DivisionAtlas, chain: Sequence[DivisionRef]) -> int:
    """The position of the county at the end of a chain, or of what is above where it ends earlier."""
    return next(
        (atlas.position(step.id) for step in reversed(chain) if Level(step.level).depth <= _COUNTY), -1
    )
