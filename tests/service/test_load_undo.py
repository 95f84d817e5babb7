"""A load of names is taken back whole, or not at all."""

from dataclasses import replace

import pytest

from geoname.core.register.name import NameKind
from geoname.errors import ConflictError, NotFoundError
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.load_undo import undo_load


def load(geoname, file):
    return load_names(geoname, LoadRequest(file, None, "t"))


def served(geoname):
    """Everything served, names and places by value, versions apart."""
    return {
        (replace(entry.name, version=0), entry.place)
        for entries in geoname.store.name_entries()
        for entry in entries
    }


@pytest.fixture
def twice(guizhou_copy, tmp_path, table):
    """Two deliveries of one source; what was served before the first, and between them; their releases."""
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(3)))
    before = served(guizhou_copy)
    first = load(guizhou_copy, file).release
    between = served(guizhou_copy)
    made = table.rows(4)
    made[0]["标准名称"] = "新名寨"
    made[1]["东经"] += 0.002
    table.write_csv(file, made)
    second = load(guizhou_copy, file).release
    return file, before, first, between, second


def test_undone_in_turn_everything_is_as_before(guizhou_copy, twice):
    file, before, first, between, second = twice
    after = served(guizhou_copy)
    undone = undo_load(guizhou_copy, second, "officer")
    assert (undone.gone, undone.restored) == (3, 2)  # a place with its name, and a name; a place and a name
    assert served(guizhou_copy) == between
    assert undo_load(guizhou_copy, first, "officer").gone == 6
    assert served(guizhou_copy) == before
    assert guizhou_copy.store.verify() == []
    assert load(guizhou_copy, file).counts == {"added": 4}
    assert {name.text for name, _ in served(guizhou_copy) - before} == {
        name.text for name, _ in after - before if name.text != "虚构甲寨"
    }


def test_what_was_taken_back_loads_again_without_conflict(guizhou_copy, twice):
    file, *_, second = twice
    after = served(guizhou_copy)
    undo_load(guizhou_copy, second, "officer")
    assert load(guizhou_copy, file).counts == {"added": 1, "renamed": 1, "moved": 1, "unchanged": 1}
    assert served(guizhou_copy) == after


def test_only_the_last_load_of_a_source_can_be_undone(guizhou_copy, twice):
    _, _, first, _, second = twice
    with pytest.raises(ConflictError, match=second):
        undo_load(guizhou_copy, first, "officer")
    undo_load(guizhou_copy, second, "officer")
    with pytest.raises(ConflictError, match="not published"):
        undo_load(guizhou_copy, second, "officer")
    with pytest.raises(NotFoundError):
        undo_load(guizhou_copy, "nothing", "officer")


def test_what_was_changed_since_stands_in_the_way(guizhou_copy, twice):
    *_, second = twice
    kept = served(guizhou_copy)
    entry = next(
        entry
        for entries in guizhou_copy.store.name_entries()
        for entry in entries
        if entry.name.text == "新名寨" and entry.name.kind is NameKind.STANDARD
    )
    with guizhou_copy.store.writing("officer", "corrected") as writer:
        writer.put_names([replace(entry.name, romanization="Xīnmíng Zhài")], second)
    with pytest.raises(ConflictError, match=f"name:{entry.name.id}"):
        undo_load(guizhou_copy, second, "officer")
    assert len(served(guizhou_copy)) == len(kept)
