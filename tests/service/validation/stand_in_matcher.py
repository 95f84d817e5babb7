"""A matcher that knows a handful of names, for tests of what is around it, in whatever process."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geoname.formats.tables.csv_source import CsvSource
from geoname.service.validation_rows import Answers, FindingRow, StepColumns, StepRow

KNOWN = {
    "贵州省贵阳市花溪区": ("standard", "花溪区", "520111", "贵州省/贵阳市/花溪区"),
    "花溪区": ("corrected", "花溪区", "520111", "贵州省/贵阳市/花溪区"),
    "遵义县南白镇": ("corrected", "南白街道", "520304001", "贵州省/遵义市/播州区/南白街道"),
    "龙场镇": ("ambiguous", None, None, None),
}
STEPS = {
    "花溪区": [StepRow("missing_parent", "花溪区", "贵阳市花溪区")],
    "遵义县南白镇": [
        StepRow("former_division", "遵义县", "播州区", "2016-03-20", "国函〔2016〕56号"),
        StepRow("former_name", "南白镇", "南白街道"),
    ],
}
DIVISIONS = {"520111", "520304", "52"}


def chunks_of(rows, put=dict.__setitem__):
    """Let text tables be read in chunks of so many rows."""
    put(CsvSource.__init__.__kwdefaults__, "chunk_rows", rows)


class FakeMatcher:
    """Exact texts only; a slow one waits for each chunk."""

    def __init__(self, generation="1", pause=0.0):
        self.generation = generation
        self.pause = pause
        self.calls = 0

    def check_within(self, code):
        return code in DIVISIONS

    def match_many(self, texts, *, within, points, on):
        self.calls += 1
        time.sleep(self.pause)
        answers = [KNOWN.get(text, ("unknown" if text else "invalid", None, None, None)) for text in texts]
        findings = {}
        for offset, (text, answer) in enumerate(zip(texts, answers, strict=True)):
            said = []
            if (
                within is not None
                and within[offset]
                and answer[2]
                and not answer[2].startswith(within[offset])
            ):
                said.append(FindingRow("outside_within", within[offset]))
            if points is not None and answer[2] == "520111" and points[offset][0] > 107:
                said.append(FindingRow("point_elsewhere", "播州区"))
            if not text:
                said.append(FindingRow("no_name"))
            if said:
                findings[offset] = said
        return Answers(
            [answer[0] for answer in answers],
            [answer[1] for answer in answers],
            [answer[2] for answer in answers],
            [answer[3] for answer in answers],
            [1.0 if answer[1] else 0.0 for answer in answers],
            np.zeros(len(texts)).tolist(),
            ["/".join((answer[3] or "").split("/")[:3]) for answer in answers],
            StepColumns.of({offset: STEPS[text] for offset, text in enumerate(texts) if text in STEPS}),
            findings,
        )


@dataclass(frozen=True)
class Opener:
    """Opens the fake; leaves a mark for each opening where asked to."""

    generation: str = "1"
    pause: float = 0.0
    marks: str = ""

    def __call__(self):
        if self.marks:
            (Path(self.marks) / f"opened-{os.getpid()}-{time.monotonic_ns()}").touch()
        return FakeMatcher(self.generation, self.pause)
