"""An empty database with one case, and who acts on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_list import ListedMarker, field_list
from geoname.core.inspections.field_record import FieldRecord, MarkerDetails, Presence, SegmentDetails
from geoname.core.inspections.inspection import Inspection, InspectionKind, ItemKind
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.signature import PLAN, REPORT, Signature
from geoname.core.inspections.stages import Document, Stage, steps_from
from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.service.opened import Geoname
from geoname.store.open_store import open_store

A, B = "520102", "520103"
DAY = date(2026, 3, 2)
NUMBERS = count(1)
CALLERS = {
    "lead": (A,),
    "side": (B,),
    "above both": ("5201",),
    "province": ("52",),
    "neighbour": ("520111",),
    "within the lead": ("520102001",),
    "none": (),
}


@pytest.fixture(scope="module")
def geoname(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inspections")
    opened = Geoname(open_store(str(folder / "联检.gpkg"), create=True), folder / "cache")
    yield opened
    opened.close()


@pytest.fixture
def caller():
    """A bearer by role and divisions; `keeper` works on the file itself."""

    def make(role, who):
        if role == "keeper":
            return replace(KEEPER, account="库管")
        role = Role(role)
        return Caller(role, None if role is Role.PUBLIC else f"{role}-{who}", CALLERS[who])

    return make


@pytest.fixture
def put(geoname):
    """Opens a case at a stage that lacks nothing for any step out of it, or lacks the signatures."""

    def make(stage=Stage.DUE, *, signed=True, **changes):
        case = Inspection(
            f"i{next(NUMBERS)}", f"{A}-{B}", "南云线", InspectionKind.SPECIAL, 1, 2026, (A, B), A, Stage.DUE,
            DAY, items=field_list([ListedMarker("001Q", 1)]), plan_draft=1, report_draft=1,
        )  # fmt: skip
        file = full_file(replace(case, stage=stage, **changes), signed=signed)
        with geoname.store.changing_inspections("test") as writer:
            writer.open_case(file.inspection)
            return writer.save(writer.case(case.id), file, "prepared").inspection

    return make


def full_file(case, *, signed=True):
    records = []
    for item in case.items:
        marker = (
            MarkerDetails(item.from_marker, lon=106.7, lat=26.6) if item.kind is ItemKind.MARKER else None
        )
        segment = None if marker else SegmentDetails(item.from_marker, item.to_marker)
        present = tuple(Presence(side, "某") for side in case.sides)
        records.append(
            FieldRecord(f"{case.id}-{item.key}", case.id, item.key, DAY, present, A, "张", marker, segment)
        )
    needed = [row.documents for row in steps_from(case.stage)]
    papers = tuple(
        Paper(f"{case.id}-{kind}", case.id, kind, f"{kind}", DAY, A, "张", "2026-03-02T00:00:00Z")
        for kind in sorted({Document.FIELD_PLAN, Document.REPORT}.union(*needed))
    )
    file = CaseFile(case, tuple(records), papers=papers)
    if not signed:
        return file
    signatures = tuple(
        Signature(f"{case.id}-{subject}-{side}", case.id, subject, side, "张", "2026-03-02T00:00:00Z",
                  file.digest(subject))
        for subject in (PLAN, REPORT) for side in case.sides
    )  # fmt: skip
    return replace(file, signatures=signatures)
