"""Deadlines of lines and joint inspections stand in one list with those of names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from geoname.core.inspections.deadlines import Deadline, Urgency
from geoname.core.law.citation import Known
from geoname.core.register.token import KEEPER
from geoname.service import list_deadlines as listing


def due(known, day, inspection=None):
    return Deadline(
        "d1", "five_years", "五年一检", "every five years", day, Urgency.SOON, "520102-520103", "云岩—南明线",
        ("520103", "520102"), inspection, "《行政区域界线管理条例》第13条", "article 13", known,
    )  # fmt: skip


@dataclass
class Found:
    items: tuple[Deadline, ...]


@pytest.fixture
def with_lines(monkeypatch):
    def give(*found):
        monkeypatch.setattr(listing, "inspection_deadlines", lambda *_, **__: Found(found))

    return give


def test_a_line_and_its_inspection_are_told_apart(guizhou, with_lines):
    with_lines(due(Known.FULL_TEXT, date(2026, 3, 9)), due(Known.FULL_TEXT, date(2026, 3, 5), "i1"))
    found = listing.list_deadlines(guizhou, KEEPER, on=date(2026, 3, 1))
    assert [(one.subject, one.id, one.days_left) for one in found.items] == [
        ("inspection", "i1", 4),
        ("line", "520102-520103", 8),
    ]
    assert found.items[0].what.zh == "五年一检"
    assert found.items[0].citations[0].text == "《行政区域界线管理条例》第13条"
    assert found.counts == {"late": 0, "soon": 2, "open": 0}


def test_either_side_of_a_line_has_its_deadline(guizhou, with_lines):
    with_lines(due(Known.FULL_TEXT, date(2026, 3, 9)))
    for code, count in (("520102", 1), ("520103", 1), ("5201", 1), ("520111", 0)):
        found = listing.list_deadlines(guizhou, KEEPER, within=code, on=date(2026, 3, 1))
        assert len(found.items) == count, code
    assert listing.list_deadlines(guizhou, KEEPER, subjects=("name",)).items == ()


def test_what_is_known_from_memory_alone_is_no_law(guizhou, with_lines):
    with_lines(due(Known.MEMORY, date(2026, 3, 9)))
    (one,) = listing.list_deadlines(guizhou, KEEPER, on=date(2026, 3, 1)).items
    assert one.citations == ()
