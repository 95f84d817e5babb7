"""A case with everything it needs to go on, for tests to take something away from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geoname.core.inspections.advance import CaseFacts
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_list import ListedMarker, field_list
from geoname.core.inspections.field_record import FieldRecord, MarkerDetails, Presence, SegmentDetails
from geoname.core.inspections.inspection import Inspection, InspectionKind, ItemKind
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.signature import PLAN, REPORT, Signature
from geoname.core.inspections.stages import OF_STEP, Document, Party, Stage

A, B = "520102", "520103"
DAY = date(2026, 3, 2)
MARKERS = (ListedMarker("001Q", 1), ListedMarker("002A", 2), ListedMarker("002B", 2), ListedMarker("003Q", 3))


def make_case(**changes):
    plain = Inspection(
        "i1", f"{A}-{B}", "南云线", InspectionKind.REGULAR, 1, 2026, (A, B), A, Stage.DUE, DAY,
        items=field_list(MARKERS), plan_draft=1, report_draft=1,
    )  # fmt: skip
    return replace(plain, **changes)


def make_record(item, sides=(A, B), **changes):
    marker = MarkerDetails(item.from_marker) if item.kind is ItemKind.MARKER else None
    segment = None if marker else SegmentDetails(item.from_marker, item.to_marker)
    present = tuple(Presence(side, f"{side} 某") for side in sides)
    plain = FieldRecord(f"r-{item.key}", "i1", item.key, DAY, present, A, "张", marker, segment)
    return replace(plain, **changes)


def make_paper(kind, **changes):
    return replace(Paper(f"p-{kind}", "i1", kind, f"{kind}", DAY, A, "张", "2026-03-02T00:00:00Z"), **changes)


def sign_all(file, subject, sides=None):
    made = tuple(
        Signature(
            f"s-{subject}-{side}", "i1", subject, side, "张", "2026-03-02T00:00:00Z", file.digest(subject)
        )
        for side in (sides or file.inspection.sides)
    )
    return replace(file, signatures=(*file.signatures, *made))


def make_file(stage=Stage.DUE, **changes):
    """A file that lacks nothing for any step."""
    case = make_case(stage=stage, **changes)
    file = CaseFile(
        case,
        tuple(make_record(item, case.sides) for item in case.items),
        papers=tuple(make_paper(kind) for kind in Document),
    )
    return sign_all(sign_all(file, PLAN), REPORT)


def facts_of(file, party=Party.LEAD, **changes):
    plain = CaseFacts(
        party, DAY, DAY, file.documents(), file.records, file.findings, file.signatures,
        {subject: file.digest(subject) for subject in (PLAN, REPORT)}, "补记录",
    )  # fmt: skip
    return replace(plain, **changes)


@pytest.fixture
def case_of():
    return make_case


@pytest.fixture
def file_of():
    return make_file


@pytest.fixture
def facts():
    return facts_of


@pytest.fixture
def record():
    return make_record


@pytest.fixture
def signed():
    return sign_all


@pytest.fixture
def paper():
    return make_paper


@pytest.fixture
def party_for():
    """A party that may take a step."""
    return lambda step: OF_STEP[step].parties[0]
