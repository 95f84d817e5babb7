"""What a signature covers: all of it, in one form, so that any change leaves the signature behind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.inspections.parties import party_of
from geoname.core.inspections.signature import PLAN, REPORT, Correction, canonical_json, content_digest
from geoname.core.inspections.stages import Document, Party, Stage

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), json_values))
def test_the_order_of_keys_makes_no_other_digest(value):
    assert content_digest(value) == content_digest(dict(reversed(value.items())))


def test_dates_and_kinds_are_written_as_text(case_of):
    written = canonical_json(case_of())
    assert '"stage":"due"' in written
    assert '"since":"2026-03-02"' in written
    assert "\\u" not in written


def test_what_is_no_json_is_refused():
    with pytest.raises(TypeError):
        canonical_json({"a": {1, 2}})


def test_a_report_covers_records_findings_and_papers(file_of, paper):
    file = file_of(Stage.REPORT_DRAFT)
    assert file.signed_sides(REPORT) == file.inspection.sides
    record = replace(file.records[0], weather="雨")
    for other in (
        replace(file, records=(record, *file.records[1:])),
        replace(file, records=file.records[1:]),
        replace(file, papers=(*file.papers, paper(Document.REPORT, id="p2"))),
        replace(file, inspection=replace(file.inspection, lead=file.inspection.sides[1])),
    ):
        assert other.signed_sides(REPORT) == ()


def test_a_letter_in_the_file_leaves_the_signatures_alone(file_of, paper):
    file = file_of(Stage.REPORT_DRAFT)
    more = replace(file, papers=(*file.papers, paper(Document.LETTER, id="p2")))
    assert more.signed_sides(REPORT) == file.inspection.sides


def test_a_correction_leaves_the_signed_record_signed(file_of, signed):
    file = file_of(Stage.FIELD)
    subject = file.records[0].subject
    file = signed(file, subject)
    correction = Correction("李", "520103", "2026-03-03T00:00:00Z", "笔误", "weather", "", "雨")
    corrected = replace(file.records[0], corrections=(correction,), version=2)
    after = replace(file, records=(corrected, *file.records[1:]))
    assert after.signed_sides(subject) == file.inspection.sides
    assert after.digest(REPORT) != file.digest(REPORT)


def test_what_is_not_there_cannot_be_signed(case_of, file_of):
    file = replace(file_of(), inspection=case_of(plan_draft=0, report_draft=0))
    assert file.digest(PLAN) == file.digest(REPORT) == file.digest("record:none") == ""
    assert PLAN not in file.subjects()


@pytest.mark.parametrize(
    ("own", "party"),
    [
        ((), None),
        (("a",), Party.LEAD),
        (("b",), Party.SIDE),
        (("a", "b"), None),
        (("a", "b", "c"), Party.ORGAN),
        (("x",), None),
    ],
)
def test_nobody_agrees_with_himself(own, party):
    assert party_of(("a", "b", "c"), "a", own) is party
