"""A division is called by its standard name in force, whatever is written of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geoname.core.register.name import Name, NameKind, NameStatus


@pytest.fixture
def renamed(guizhou_copy):
    """Write names of Huaxi; what the division is called then."""
    live = guizhou_copy.live()
    division = live.codebook.bearer("520111", "花溪区")
    row = live.division_names[division]
    entry = guizhou_copy.store.name_entry(live.names.row(row).name_id)

    def write(*names: Name) -> str:
        with guizhou_copy.store.writing("officer", "by hand") as writer:
            writer.put_names(names, entry.release_id)
        now = guizhou_copy.refresh()
        others = {id_ for id_ in live.division_names if id_ != division}
        assert all(now.division_names[id_] == live.division_names[id_] for id_ in others)
        return now.names.row(now.division_names[division]).text

    write.name = entry.name
    return write


def test_the_one_in_force_goes_before_the_one_that_was(renamed):
    old = renamed.name
    retired = replace(old, status=NameStatus.HISTORICAL)
    assert renamed(retired) == "花溪区"
    new = replace(old, id="zn0000000001", text="花溪新区", generic="新区")
    assert renamed(new) == "花溪新区"
    assert renamed(replace(new, status=NameStatus.HISTORICAL), old) == "花溪区"


def test_another_kind_of_name_changes_nothing(renamed):
    alias = replace(renamed.name, id="zn0000000001", text="花仡佬", kind=NameKind.ALIAS)
    assert renamed(alias) == "花溪区"
