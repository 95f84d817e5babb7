"""A load of a list of divisions or of a table of changes is taken back whole, or not at all."""

from dataclasses import replace

import pytest

from geoname.errors import ConflictError
from geoname.service.load_changes import load_changes
from geoname.service.load_divisions import load_divisions
from geoname.service.load_kinds import KINDS, LoadRequest
from geoname.service.load_undo import undo_load

DEFINITION = """
title = "名录"
authority = "某市民政局"
source = "来文附件"
licence = "内部使用"
scheme = "mca"
as_of = 2025-12-31
"""
LIST = "code,name\n520111,花溪区\n520111009,党武街道\n520111006,平桥街道\n520111199,虚构镇\n"
CHANGES = (
    "year,old_code,old_name,reason,new_code,new_name,approval_doc\n"
    "2021,520111103,党武镇,撤镇设街道,520111009,党武街道,黔府函〔2021〕27号\n"
    "2020,,,新设街道,520111001,贵筑街道,筑府发〔2020〕2号\n"
)
KIND = {
    "divisions": (load_divisions, LIST, "add_missing = true\n"),
    "changes": (load_changes, CHANGES, 'known = "full_text"\n'),
}


def everything(geoname):
    store = geoname.store
    names = (e for batch in store.name_entries() for e in batch)
    return (
        sorted(map(repr, store.divisions())),
        sorted(map(repr, store.division_events())),
        sorted(map(repr, store.successions())),
        sorted(repr((replace(e.name, version=1), e.place, e.release_id)) for e in names),
    )


@pytest.fixture
def register(small):
    return small(villages="none")


@pytest.fixture(params=sorted(KIND))
def load(request, register, tmp_path):
    """What loads the list, or the table, into the register; gives back the report."""
    loader, text, more = KIND[request.param]
    file = tmp_path / f"{request.param}.csv"
    file.write_text(text, encoding="utf-8")
    file.with_name(f"{file.name}.toml").write_text(DEFINITION + more, encoding="utf-8")
    return lambda: loader(register, LoadRequest(file, None, "tester"))


def test_undone_everything_is_as_before_and_it_can_be_loaded_again(register, load):
    before = everything(register)
    report = load()
    loaded = everything(register)
    assert (report.status, loaded != before) == ("loaded", True)
    undone = undo_load(register, report.release, "officer")
    assert undone.gone + undone.restored > 0
    assert everything(register) == before
    assert register.store.verify() == []
    with pytest.raises(ConflictError, match="not published"):
        undo_load(register, report.release, "officer")
    again = load()
    assert again.status == "loaded"
    assert again.release == f"{report.release}.2"
    assert len(everything(register)[0]) == len(loaded[0])
    assert load().status == "unchanged"
    undo_load(register, again.release, "officer")
    assert everything(register) == before


def test_what_was_changed_since_is_in_the_way(register, load):
    before = everything(register)
    report = load()
    release = next(one for one in register.store.releases() if one.id == report.release)
    touched = [each for each in register.store.divisions() if each.name == "党武街道"]
    with register.store.writing("officer", "corrected") as writer:
        writer.put_divisions([replace(each, name="党武大街道") for each in touched], report.release)
    now = everything(register)
    with pytest.raises(ConflictError, match="division"):
        undo_load(register, release.id, "officer")
    assert everything(register) == now
    with register.store.writing("officer", "corrected") as writer:
        writer.put_divisions(touched, report.release)
    undo_load(register, release.id, "officer")
    assert everything(register) == before


def test_a_name_given_since_to_a_division_that_came_is_in_the_way(register, load):
    before = everything(register)
    known = {each.id for each in register.store.divisions()}
    report = load()
    (brought,) = {each.id for each in register.store.divisions()} - known
    (name,) = register.store.names_of(brought)
    with register.store.writing("officer", "a name") as writer:
        writer.put_names([replace(name, id="a23456789abc", text="别名")], report.release)
    with pytest.raises(ConflictError, match="name"):
        undo_load(register, report.release, "officer")
    assert everything(register) != before


def test_every_kind_that_writes_under_a_release_can_be_undone():
    assert [kind.name for kind in KINDS.values() if kind.undo is not None] == [
        "names", "boundaries", "divisions", "changes",
    ]  # fmt: skip
