"""Counts over a validated file (核查统计): by status, by kind of fault, by county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_EXAMPLES = 10
_MOST_COUNTIES = 10_000


@dataclass(slots=True)
class Tally:
    """How many rows there are of each status, kind and county; the first rows of each kind of fault."""

    rows: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    counties: dict[str, list[int]] = field(default_factory=dict)
    """Of each county, how many rows lie there, and how many of them were not standard."""
    examples: dict[str, list[int]] = field(default_factory=dict)
    """Of each kind of finding, the numbers of the first rows that have it."""

    def add_rows(self, statuses: Sequence[str], counties: Sequence[str]) -> None:
        """Count rows by status and county."""
        self.rows += len(statuses)
        self.statuses.update(statuses)
        for (county, status), rows in Counter(zip(counties, statuses, strict=True)).items():
            if county:
                counts = self._county(county)
                counts[0] += rows
                counts[1] += 0 if status == "standard" else rows

    def add_findings(self, row: int, kinds: Iterable[str]) -> None:
        """Count what was found in a row."""
        for kind in kinds:
            self.findings[kind] += 1
            first = self.examples.setdefault(kind, [])
            if len(first) < MOST_EXAMPLES:
                first.append(row)

    def add(self, other: Tally) -> None:
        """Take in the counts of later rows."""
        self.rows += other.rows
        self.statuses.update(other.statuses)
        self.steps.update(other.steps)
        self.findings.update(other.findings)
        for county, counts in other.counties.items():
            mine = self._county(county)
            mine[0] += counts[0]
            mine[1] += counts[1]
        for kind, rows in other.examples.items():
            first = self.examples.setdefault(kind, [])
            first += rows[: MOST_EXAMPLES - len(first)]

    @property
    def clean(self) -> bool:
        """Whether every row is standard already and nothing was found."""
        return self.statuses["standard"] == self.rows and not self.findings

    def to_json(self) -> dict[str, Any]:
        """The counts as they are shown and kept, the greatest first."""
        return {
            "rows": self.rows,
            "statuses": dict(self.statuses.most_common()),
            "steps": dict(self.steps.most_common()),
            "findings": dict(self.findings.most_common()),
            "first_rows": {kind: list(rows) for kind, rows in self.examples.items()},
            "divisions": [
                {"path": county, "rows": rows, "not_standard": wrong}
                for county, (rows, wrong) in sorted(
                    self.counties.items(), key=lambda item: (-item[1][1], -item[1][0], item[0])
                )
            ],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Tally:
        """The counts that `to_json` wrote."""
        return cls(
            kept["rows"],
            Counter(kept["statuses"]),
            Counter(kept["steps"]),
            Counter(kept["findings"]),
            {each["path"]: [each["rows"], each["not_standard"]] for each in kept["divisions"]},
            {kind: list(rows) for kind, rows in kept["first_rows"].items()},
        )

    def _county(self, county: str) -> list[int]:
        # What divisions a file names is bounded by the register, but the register need not be a small one.
        if county not in self.counties and len(self.counties) >= _MOST_COUNTIES:
            county = ""
        return self.counties.setdefault(county, [0, 0])
