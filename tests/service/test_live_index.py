"""What is written is found by its writer at once, by others soon, and nothing is rebuilt that need not be."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from geoname.core.register.name import Name, NameStatus
from geoname.core.register.place import Exactness, Location, Place
from geoname.core.register.provenance import Release, ReleaseState
from geoname.service import live_index as live_index_module
from geoname.service.find_names import NameQuery, find_names
from geoname.service.fold_names import fold_names
from geoname.service.live_names import NAMES, newest_place
from geoname.service.locate import locate
from geoname.service.nearby import nearby
from geoname.service.opened import open_geoname
from geoname.service.suggest import suggest


def officer(geoname):
    """A writing transaction, with a release of its own that is served."""
    source = geoname.store.sources()[0].id
    release = Release(
        "office", source, ReleaseState.PUBLISHED, "officer", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
    )
    with geoname.store.writing("officer", "own release") as writer:
        writer.put_release(release)
    return lambda: geoname.store.writing("officer", "by hand")


def put(geoname, number: int, text: str, *, lon: float = 106.7, lat: float = 26.5, **more) -> Name:
    """A name written in Huaxi, as the office does it."""
    place_id = f"zp{number:010d}"
    division = geoname.live().codebook.bearer("520111", "花溪区")
    name = Name(
        f"zn{number:010d}", place_id, text, text[:-1], text[-1:], romanization="Lóngdòng Zhài", **more
    )
    place = Place(
        place_id, "22200", division, f"office:{number}", Location(lon, lat, Exactness.SURVEYED, "x")
    )
    with officer(geoname)() as writer:
        writer.put_places([place], "office")
        writer.put_names([name], "office")
    return name


def found(geoname, q: str, mode: str | None = "exact", **more) -> list[str]:
    return [item.id for item in find_names(geoname, NameQuery(q, mode, **more)).items]


@pytest.fixture
def unbuilt(guizhou_copy, monkeypatch):
    """The shipped data, whose indexes nobody builds anew."""
    guizhou_copy.live()

    def never(*_args, **_more):
        raise AssertionError("built anew")

    for name in ("open_names", "_open_grounds", "_open_boundaries", "LiveMatcher"):
        monkeypatch.setattr(live_index_module, name, never)
    return guizhou_copy


def test_a_written_name_is_found_at_once_in_every_way(unbuilt):
    before = unbuilt.live()
    name = put(unbuilt, 1, "㵲龙洞寨")
    unbuilt.refresh()
    assert unbuilt.live().boundaries is before.boundaries
    for q, mode in (
        ("㵲龙洞寨", "exact"),
        ("㵲龙", "prefix"),
        ("龙洞寨", "contains"),
        ("㵲龙洞", "fuzzy"),
        ("longdongzhai", "pinyin"),
    ):
        assert name.id in found(unbuilt, q, mode, limit=100)
    assert found(unbuilt, "㵲龙洞寨", None, within="520111") == [name.id]
    assert found(unbuilt, "㵲龙洞寨", None, within="520115") == []
    assert [item.id for item in suggest(unbuilt, "㵲龙洞").items] == [name.id]
    near = nearby(unbuilt, 106.7, 26.5, radius_m=1.0)
    assert [item.name.id for item in near.items] == [name.id]
    assert len(unbuilt.live().names) == len(before.names) + 1
    # The index opened before does not know of it.
    assert before.names.exact("㵲龙洞寨").rows == []


def test_a_name_that_is_changed_moved_and_retired_is_answered_as_it_is_now(unbuilt):
    name = put(unbuilt, 1, "㵲龙洞寨")
    unbuilt.refresh()
    first = unbuilt.live().generation
    put(unbuilt, 1, "㵲凤洞寨", lon=106.8, status=NameStatus.HISTORICAL)
    unbuilt.refresh()
    assert unbuilt.live().generation != first
    assert found(unbuilt, "㵲龙洞寨") == []
    assert found(unbuilt, "㵲凤洞寨") == [name.id]
    assert found(unbuilt, "㵲凤洞寨", status=("current",)) == []
    assert nearby(unbuilt, 106.7, 26.5, radius_m=1.0).items == ()
    assert [item.name.id for item in nearby(unbuilt, 106.8, 26.5, radius_m=1.0).items] == [name.id]


def test_a_withdrawn_release_takes_its_names_along(unbuilt):
    put(unbuilt, 1, "㵲龙洞寨")
    unbuilt.refresh()
    release = next(one for one in unbuilt.store.releases() if one.id == "office")
    with unbuilt.store.writing("officer", "withdraw") as writer:
        writer.put_release(replace(release, state=ReleaseState.WITHDRAWN))
    unbuilt.refresh()
    assert found(unbuilt, "㵲龙洞寨") == []


def test_a_renamed_division_keeps_its_spelling_in_answers(guizhou_copy):
    live = guizhou_copy.live()
    division = live.codebook.bearer("520111", "花溪区")
    entry = next(each for each in guizhou_copy.store.names_of(division) if each.text == "花溪区")
    with officer(guizhou_copy)() as writer:
        writer.put_names([replace(entry, romanization="Huāxī QŪ")], "office")
    assert guizhou_copy.refresh().romanization_of(division) == "Huāxī QŪ"
    assert live.romanization_of(division) != "Huāxī QŪ" or live is guizhou_copy.live()


def test_an_activated_edition_opens_boundaries_and_nothing_else(province_copy, monkeypatch):
    before = province_copy.live()
    other = next(one.id for one in province_copy.store.editions() if one.id != before.boundaries.dated.id)
    monkeypatch.setattr(live_index_module, "open_names", None)
    monkeypatch.setattr(live_index_module, "_open_grounds", None)
    with province_copy.store.writing("officer", "activate") as writer:
        writer.activate_edition(other)
    after = province_copy.refresh()
    assert after.boundaries.dated.id == other
    assert after.register.base is before.register.base
    assert locate(province_copy, 106.7, 26.5).edition.id == other


def test_a_page_goes_on_while_names_are_written(guizhou_copy):
    put(guizhou_copy, 1, "花溪寨")
    guizhou_copy.refresh()
    pages, cursor, number = [], None, 2
    while True:
        page = find_names(guizhou_copy, NameQuery("花溪", "prefix", limit=3, cursor=cursor))
        pages += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
        put(guizhou_copy, number, "甲乙寨")
        guizhou_copy.refresh()
        number += 1
    assert pages == found(guizhou_copy, "花溪", "prefix", limit=100)
    assert "zn0000000001" in pages


def test_other_processes_see_it_within_a_second(guizhou_copy, tmp_path):
    other = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    try:
        other.live()
        other.watch(0.2)
        name = put(guizhou_copy, 1, "㵲龙洞寨")
        deadline = time.monotonic() + 20
        while found(other, "㵲龙洞寨") != [name.id]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert other.live().register.place == guizhou_copy.live().register.place
    finally:
        other.close()


def test_what_came_since_is_folded_into_a_new_base_by_a_process_of_its_own(guizhou_copy, tmp_path):
    watching = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    try:
        old = watching.live().register.place
        watching.fold_at = 2
        names = [put(guizhou_copy, number, "㵲龙洞寨").id for number in range(4)]
        watching.watch(0.1)
        deadline = time.monotonic() + 120
        while watching.live().register.place == old:
            assert time.monotonic() < deadline
            assert watching.live().names.exact("花溪区").rows
            time.sleep(0.05)
        assert found(watching, "㵲龙洞寨") == names
        assert watching.live().register.came_since == 0
        assert watching.files.generations(NAMES) == sorted(
            [old.text(), watching.live().register.place.text()]
        )
    finally:
        watching.close()


def wait_until(holds) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_folding_sweeps_away_what_nobody_opens_any_more(guizhou_copy):
    store, files = guizhou_copy.store, guizhou_copy.files
    version = guizhou_copy.live().grounds.divisions_version
    places = [guizhou_copy.live().register.place]
    for number in range(2):
        put(guizhou_copy, number, "㵲龙洞寨")
        places.append(fold_names(store, files, places[-1].text()))
    assert fold_names(store, files, places[0].text()) == places[-1] == newest_place(files, version)
    assert files.generations(NAMES) == sorted(place.text() for place in places[1:])
    assert not store.changes_after(places[0].position).reaches_back
    assert store.changes_after(places[1].position).reaches_back
    # Who held the first base cannot follow the log any more, and opens the newest.
    assert found(guizhou_copy, "㵲龙洞寨") == []
    guizhou_copy.refresh()
    assert len(found(guizhou_copy, "㵲龙洞寨")) == 2
    assert guizhou_copy.live().register.place == places[-1]
