from dataclasses import replace

import pytest

from geoname.core.divisions.change_record import ChangeRecord
from geoname.core.divisions.changes import DivisionEvent, Extent, Operation, Succession
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.register.name import Name, NameStatus
from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.place import Place
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import ConflictError, NotFoundError

DAY = PartialDate.parse("2026-03-01")
EVENT = DivisionEvent("e9", Operation.REPLACE, "撤区设市", "国函〔2026〕1号", None, DAY)


def everything(store):
    return (
        sorted(map(repr, store.divisions())),
        sorted(map(repr, store.division_events())),
        sorted(map(repr, store.successions())),
        sorted(repr((replace(e.name, version=1), e.place)) for batch in store.name_entries() for e in batch),
        sorted(map(repr, store.places(["p52", "pzy", "pbz", "pvi", "new"]))),
    )


def do(store, sample, change_id="c1"):
    """播州区 becomes another division, its village comes under it."""
    old = next(one for one in sample.divisions if one.id == "pbz")
    ended = replace(old, period=Period(old.period.start, DAY), codes=old.codes)
    code = Code(Scheme.GB2260, "520399", None, Period(DAY))
    new = Division("new", "播州市", Level.COUNTY, DivisionKind.COUNTY_CITY, "p52", (code,), Period(DAY))
    place, village = Place("new", "21400", "p52", "own:1"), next(p for p in sample.places if p.id == "pvi")
    name = Name("n9", "new", "播州市", "播州", "市", period=Period(DAY))
    gone = next(one for one in sample.names if one.id == "n3")
    gone = replace(gone, status=NameStatus.HISTORICAL, period=Period(gone.period.start, DAY))
    with store.writing("officer", "change") as writer:
        watched = writer.watch_records(["pbz", "pvi", "new"], [EVENT.id])
        writer.put_places([place, replace(village, division_id="new")], "r1")
        writer.put_names([name, gone], "r1")
        writer.put_divisions([ended, new], "r1")
        writer.put_division_changes([EVENT], [Succession("e9", "pbz", "new", Extent.WHOLE)], "r1")
        writer.put_name_events([NameEvent("ne9", "n9", NameEventKind.NAMED, DAY)], "r1")
        writer.keep_division_change(
            ChangeRecord(change_id, "e9", '{"a": 1}', '{"b": "㵲"}', "2026-03-02T00:00:00+00:00", "officer"),
            watched,
        )


def undo(store, change_id="c1"):
    with store.writing("officer", "undo") as writer:
        return writer.undo_division_change(change_id, "2026-03-03T00:00:00+00:00", "chief")


def withdraw(store, release):
    return store.withdraw(release, actor="officer", reason=f"undo {release.id}")


def test_undoing_puts_everything_back(filled, sample):
    before = everything(filled)
    do(filled, sample)
    assert everything(filled) != before
    assert [place.id for place in filled.places_in("new")] == ["pvi"]
    undone = undo(filled)
    assert everything(filled) == before
    assert filled.verify() == []
    assert (undone.stands, undone.undone_by) == (False, "chief")
    assert filled.division_changes() == [undone]
    assert undone.report == '{"b": "㵲"}'


def test_a_load_is_withdrawn_with_all_that_it_wrote(filled, sample, make_release):
    before, release = everything(filled), make_release("r2")
    street = Division("pvi", "村街道", Level.TOWNSHIP, DivisionKind.SUBDISTRICT, "pbz", (), Period(DAY))
    with filled.writing("officer", "load divisions") as writer:
        writer.put_release(release)
        watched = writer.watch_records(["pvi"], [EVENT.id])
        writer.put_divisions([street], "r2")
        writer.put_names([replace(sample.names[3], text="村街道")], "r2")
        writer.put_division_changes([EVENT], [Succession("e9", None, "pvi", Extent.WHOLE)], "r2")
        writer.keep_load_undo("r2", watched)
    assert everything(filled) != before
    written = withdraw(filled, release)
    assert (written.added, written.changed) == (2, 1)
    assert everything(filled) == before
    assert filled.audit("division:pvi")[-1].action == "removed"
    assert filled.info().rows["load_undo"] == 0
    assert filled.verify() == []


def test_a_load_of_divisions_that_kept_nothing_cannot_be_withdrawn(filled, sample, make_release):
    before = everything(filled)
    with pytest.raises(ConflictError, match="backup"):
        withdraw(filled, make_release())
    assert everything(filled) == before


def test_names_put_back_are_a_later_version(filled, sample):
    do(filled, sample)
    undo(filled)
    assert filled.name_entry("n3").name.version == 3
    assert filled.name_entry("n9") is None


def test_both_stay_in_the_audit(filled, sample):
    do(filled, sample)
    undo(filled)
    assert [record.action for record in filled.audit("division_change:c1")] == ["done", "undone"]
    assert [record.action for record in filled.audit("place:new")] == ["removed"]
    assert [record.action for record in filled.audit("division:pbz")][-2:] == ["changed", "changed"]
    assert list(filled.verify_audit()) == []


def test_what_is_not_there_or_undone_already_is_refused(filled, sample):
    with pytest.raises(NotFoundError):
        undo(filled)
    do(filled, sample)
    undo(filled)
    with pytest.raises(ConflictError, match="already"):
        undo(filled)


def test_only_the_newest_is_undone(filled, sample):
    do(filled, sample)
    with filled.writing("officer", "another") as writer:
        watched = writer.watch_records(["p52"], ["e10"])
        record = ChangeRecord("c2", "e10", "{}", "{}", "2026-03-02T00:00:00+00:00", "officer")
        writer.keep_division_change(record, watched)
    with pytest.raises(ConflictError, match="c2"):
        undo(filled)
    undo(filled, "c2")
    undo(filled)


@pytest.mark.parametrize(
    "build",
    [
        lambda writer: writer.put_places([Place("hill", "13400", "new", "own:2")], "r1"),
        lambda writer: writer.put_names([Name("n10", "new", "播州", "播州", "")], "r1"),
        lambda writer: writer.put_names([Name("n9", "new", "播州市", "播", "州市")], "r1"),
        lambda writer: writer.put_division_changes(
            [replace(EVENT, id="e11")], [Succession("e11", "new", None, Extent.WHOLE)], "r1"
        ),
    ],
    ids=["a place in it", "a name of it", "its name changed", "an event of it"],
)
def test_nothing_is_undone_on_which_something_was_built(filled, sample, build):
    do(filled, sample)
    with filled.writing("somebody else", "build") as writer:
        build(writer)
    before = everything(filled)
    with pytest.raises(ConflictError, match="built"):
        undo(filled)
    assert everything(filled) == before
    assert filled.division_changes()[0].stands


def test_a_change_elsewhere_does_not_stand_in_the_way(filled, sample):
    do(filled, sample)
    with filled.writing("somebody else", "elsewhere") as writer:
        writer.put_names([Name("n10", "pvi", "小村", "小", "村")], "r1")
    undo(filled)
    assert filled.name_entry("n10").name.text == "小村"
