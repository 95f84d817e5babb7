"""A matcher over a handful of names: enough to tell statuses apart, and to offer candidates."""

from __future__ import annotations

import time
from collections.abc import Sequence

from geoname.service.validation_answers import CandidateShown
from geoname.service.validation_rows import Answers, FindingRow, StepColumns, StepRow

GUIZHOU = ("贵州省",)
NAMES = {
    "南明区": [("n1", "520102", (*GUIZHOU, "贵阳市", "南明区"))],
    "播州区": [("n2", "520304", (*GUIZHOU, "遵义市", "播州区"))],
    "龙场镇": [
        ("n3", "520123100", (*GUIZHOU, "贵阳市", "修文县", "龙场镇")),
        ("n4", "520221104", (*GUIZHOU, "六盘水市", "水城区", "龙场镇")),
    ],
}
FORMER = {"遵义县": "播州区"}


class FakeMatcher:
    """What `OfferingMatcher` says; `pause` slows each chunk down."""

    generation = "fake"

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause

    def check_within(self, code: str) -> bool:
        return code in ("52", "5201", "5202")

    def match_many(self, texts: Sequence[str], *, within, points, on) -> Answers:
        time.sleep(self.pause)
        rows = [self._one(text, within[i] if within else None) for i, text in enumerate(texts)]
        steps = {
            i: [StepRow("former_division", text, FORMER[text])]
            for i, text in enumerate(texts)
            if text in FORMER
        }
        findings = {i: [FindingRow("no_name")] for i, text in enumerate(texts) if not text}
        columns = list(zip(*rows, strict=True)) if rows else [()] * 7
        return Answers(*columns, StepColumns.of(steps), findings)

    def candidates(self, text, *, within, point):
        found = self._found(text, within)
        return tuple(
            CandidateShown(id_, path[-1], code, path, round(1 / len(found), 2)) for id_, code, path in found
        )

    def _found(self, text, within):
        named = NAMES.get(FORMER.get(text, text), [])
        return [one for one in named if within is None or one[1].startswith(within)]

    def _one(self, text, within):
        if not text:
            return "invalid", None, None, None, 0.0, 0.0, ""
        found = self._found(text, within)
        if len(found) == 1:
            _, code, path = found[0]
            status = "corrected" if text in FORMER else "standard"
            return status, path[-1], code, "/".join(path), 0.99, 0.0, "/".join(path[:3])
        if found:
            return "ambiguous", None, None, None, 0.5, 0.5, ""
        return "unknown", None, None, None, 0.0, 0.0, ""
