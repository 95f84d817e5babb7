"""What one process lays down in pieces is answered by all as if each had read it itself."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from functools import partial

import pytest

from geoname.core.register.name import Name, NameStatus
from geoname.core.register.place import Exactness, Location, Place
from geoname.core.register.provenance import Release, ReleaseState
from geoname.service import follow_names as follow_names_module
from geoname.service.find_names import NameQuery, find_names
from geoname.service.fold_names import fold_names
from geoname.service.follow_names import PieceMaker, follow_names
from geoname.service.live_index import index_of_pieces
from geoname.service.live_names import newest_place, open_base
from geoname.service.name_pieces import SINCE, are_pieces_made, chain_over, making_pieces, pieces_over
from geoname.service.opened import open_geoname

STAMP = "2026-01-01T00:00:00Z"


class Office:
    """Writes names of a release of its own, in Huaxi."""

    def __init__(self, geoname) -> None:
        self.store = geoname.store
        self.division = geoname.live().codebook.bearer("520111", "花溪区")
        self.release = Release(
            "office", self.store.sources()[0].id, ReleaseState.PUBLISHED, "officer", STAMP, STAMP
        )
        with self.store.writing("officer", "own release") as writer:
            writer.put_release(self.release)

    def put(self, *numbers: int, text: str = "㵲龙洞寨", **more) -> None:
        places = [
            Place(f"zp{n:010d}", "22200", self.division, f"o:{n}", Location(106.7, 26.5, Exactness.SURVEYED))
            for n in numbers
        ]
        names = [
            Name(f"zn{n:010d}", f"zp{n:010d}", text, text[:-1], text[-1:], romanization="Lóng", **more)
            for n in numbers
        ]
        with self.store.writing("officer", "by hand") as writer:
            writer.put_places(places, "office")
            writer.put_names(names, "office")


@pytest.fixture
def office(guizhou_copy):
    return Office(guizhou_copy)


@pytest.fixture
def maker(guizhou_copy, office):
    """One who makes pieces over the base in use."""
    live = guizhou_copy.live()
    base = open_base(guizhou_copy.files, live.register.place)
    return PieceMaker(guizhou_copy.store, guizhou_copy.files, live.atlas, base)


@pytest.fixture
def reader(guizhou_copy, tmp_path, monkeypatch):
    """Another worker, which reads no name of the database."""
    other = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    other.live()

    def never(*_args):
        raise AssertionError("read of the database")

    monkeypatch.setattr(other.store, "served_entries", never)
    monkeypatch.setattr(other.store, "changes_after", never)
    yield other
    other.close()


def adopt(reader):
    reader._live = index_of_pieces(reader.store, reader.files, reader._live)
    return reader.live()


def found(geoname, q: str, mode: str = "exact") -> list[str]:
    return [item.id for item in find_names(geoname, NameQuery(q, mode, limit=100)).items]


def is_there(geoname, number: int) -> bool:
    return geoname.live().names.position_of(f"zn{number:010d}") is not None


def wait_until(holds) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def shown(live) -> dict[str, tuple]:
    """All names that came since, those of the base that are no more, what divisions are called."""
    changed = live.changed_since_base()
    return (
        {name.name_id: name._replace(row=0) for name in changed.names},
        changed.gone,
        {id_: live.names.row(row).name_id for id_, row in live.division_names.items()},
    )


def test_pieces_answer_as_names_taken_in_one_by_one(guizhou_copy, office, maker, reader):
    chosen = random.Random(4)
    entry = guizhou_copy.live().names
    row = guizhou_copy.live().division_names[office.division]
    huaxi = guizhou_copy.store.name_entry(entry.row(row).name_id)
    for step in range(12):
        if step == 5:
            with guizhou_copy.store.writing("officer", "rename") as writer:
                writer.put_names([replace(huaxi.name, text="花溪新区", generic="新区")], huaxi.release_id)
        state = ReleaseState.WITHDRAWN if step == 8 else ReleaseState.PUBLISHED
        with guizhou_copy.store.writing("officer", "withdraw, or serve again") as writer:
            writer.put_release(replace(office.release, state=state))
        if step != 8:
            office.put(
                *chosen.sample(range(40), chosen.choice((1, 2, 9))),
                text=chosen.choice(("㵲龙洞", "㵲凤", "花溪")) + "甲乙丙丁戊己庚辛壬癸子丑"[step],
                status=chosen.choice((NameStatus.CURRENT, NameStatus.HISTORICAL)),
            )
        assert maker.follow()
        assert not maker.follow()
        live, expected = adopt(reader), guizhou_copy.refresh()
        assert shown(live) == shown(expected)
        assert (live.data_version, live.generation, live.followed, live.base_generation) == (
            expected.data_version, expected.generation, expected.followed, expected.base_generation,
        )  # fmt: skip
        for q, mode in (("花溪", "prefix"), ("㵲龙洞", "fuzzy"), ("long", "pinyin")):
            assert found(reader, q, mode) == found(guizhou_copy, q, mode)
    assert index_of_pieces(reader.store, reader.files, live) is live


def test_another_edition_is_told_with_the_names(guizhou_copy, office, maker, reader):
    other = next(
        one.id for one in guizhou_copy.store.editions() if one.id != reader.live().boundaries.dated.id
    )
    with guizhou_copy.store.writing("officer", "activate") as writer:
        writer.activate_edition(other)
    assert not maker.follow()
    office.put(1)
    assert maker.follow()
    assert adopt(reader).boundaries.dated.id == other


def test_own_writes_are_found_at_once_over_pieces(guizhou_copy, office, maker, tmp_path):
    other = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    other.live()
    office.put(1)
    maker.follow()
    adopt(other)
    Office(other).put(2)
    other.refresh()
    assert found(other, "㵲龙洞寨") == ["zn0000000001", "zn0000000002"]
    # What is laid down is older than what this one knows.
    assert adopt(other).followed == other.store.changes_after(None).position
    maker.follow()
    office.put(3)
    maker.follow()
    assert len(adopt(other).names.pieces) == 1
    assert found(other, "㵲龙洞寨") == ["zn0000000001", "zn0000000002", "zn0000000003"]
    other.close()


def test_who_opens_the_index_takes_what_is_laid_down(guizhou_copy, office, maker, tmp_path):
    office.put(1, 2)
    maker.follow()
    office.put(3)
    other = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    assert len(found(other, "㵲龙洞寨")) == 3
    assert [len(piece.names) for piece in other.live().names.pieces] == [2, 1]
    other.close()


def test_a_newer_base_gets_pieces_of_what_came_after_it_alone(guizhou_copy, office, maker, monkeypatch):
    office.put(1, 2, 3)
    maker.follow()
    made = fold_names(guizhou_copy.store, guizhou_copy.files, guizhou_copy.live().register.place.text())
    office.put(3, 4, text="㵲凤洞寨")
    maker.follow()
    base = open_base(guizhou_copy.files, made)
    with monkeypatch.context() as patched:
        patched.setattr(guizhou_copy.store, "served_entries", None)
        newer = maker.moved_to(base)
    (place,) = chain_over(guizhou_copy.files, made.text(), made.position)
    assert place.position == guizhou_copy.store.changes_after(None).position
    over = base.with_pieces(guizhou_copy.files, [place], guizhou_copy.live().atlas)
    assert [piece.ids.tolist() for piece in over.delta.pieces] == [[b"zn0000000003", b"zn0000000004"]]
    office.put(5)
    assert newer.follow()
    assert chain_over(guizhou_copy.files, made.text(), made.position)[-1].position > place.position


def test_what_is_too_much_is_left_to_a_new_base(guizhou_copy, office, maker, monkeypatch):
    office.put(1, 2, 3)
    monkeypatch.setattr("geoname.service.live_names.MOST_CHANGES", 2)
    assert maker.follow() is None


def test_old_pieces_are_removed_but_not_under_a_reader(guizhou_copy, office, maker, reader, monkeypatch):
    office.put(1)
    maker.follow()
    before = adopt(reader)
    old = pieces_over(guizhou_copy.files, before.register.place.text())
    office.put(2)
    maker.follow()
    maker.clear()
    assert len(pieces_over(guizhou_copy.files, before.register.place.text())) == 2
    monkeypatch.setattr(follow_names_module, "_KEPT_S", 0.0)
    maker.clear()
    (left,) = pieces_over(guizhou_copy.files, before.register.place.text())
    assert left not in old
    assert before.names.row(before.names.exact("㵲龙洞寨").rows[0]).name_id == "zn0000000001"
    assert found(reader, "㵲龙洞寨") == ["zn0000000001"]
    adopt(reader)
    assert len(found(reader, "㵲龙洞寨")) == 2


def test_a_piece_that_is_damaged_or_gone_changes_nothing(guizhou_copy, office, maker, reader):
    office.put(1)
    maker.follow()
    before = reader.live()
    (place,) = pieces_over(guizhou_copy.files, before.register.place.text())
    file = guizhou_copy.files.folder / SINCE / place.text() / "packed.npy"
    content = file.read_bytes()
    file.write_bytes(content[:-10])
    assert adopt(reader) is before
    file.unlink()
    assert adopt(reader) is before


def test_there_is_one_maker_and_it_ends_when_nothing_is_written(guizhou_copy, office):
    store, files = guizhou_copy.store, guizhou_copy.files
    with making_pieces(files) as free:
        assert free
        assert are_pieces_made(files)
        follow_names(store, files, threading.Event())
    assert not are_pieces_made(files)
    office.put(1)
    follow_names(store, files, threading.Event(), idle_s=0.05)
    assert len(pieces_over(files, guizhou_copy.live().register.place.text())) == 1


def test_it_goes_over_to_a_newer_base(guizhou_copy, office):
    store, files = guizhou_copy.store, guizhou_copy.files
    old = guizhou_copy.live().register.place
    ended = threading.Event()
    following = threading.Thread(target=follow_names, args=(store, files, ended))
    following.start()
    try:
        office.put(1)
        wait_until(lambda: pieces_over(files, old.text()))
        made = fold_names(store, files, old.text())
        office.put(2)
        wait_until(lambda: pieces_over(files, made.text()))
    finally:
        ended.set()
        following.join()
    assert newest_place(files, old.divisions_version) == made


def follow(folder) -> subprocess.Popen[bytes]:
    told = {"address": str(folder / "geoname.gpkg"), "cache": str(folder / "cache")}
    process = subprocess.Popen([sys.executable, "-m", "geoname.service.follow_names"], stdin=subprocess.PIPE)
    process.stdin.write(json.dumps(told).encode() + b"\n")
    process.stdin.flush()
    return process


def test_killed_at_any_moment_nothing_is_lost(guizhou_copy, office, tmp_path):
    files, base = guizhou_copy.files, guizhou_copy.live().register.place.text()
    chosen, number = random.Random(1), 0
    for _ in range(3):
        process = follow(tmp_path)
        wait_until(lambda: are_pieces_made(files))
        end = time.monotonic() + chosen.uniform(0.3, 1.2)
        while time.monotonic() < end or not (pieces_over(files, base) or number > 2_000):
            office.put(number, number + 1)
            number += 2
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        assert not are_pieces_made(files)
        other = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
        names = other.live().names
        held = {names.row(row).name_id for row in names.exact("㵲龙洞寨", limit=10_000).rows}
        assert held == {f"zn{n:010d}" for n in range(number)}
        other.close()
    assert pieces_over(files, base)
    fold_names(guizhou_copy.store, files, base)
    assert not [each for each in (files.folder / SINCE).iterdir() if each.name.startswith("begun-")]


def test_a_worker_has_many_names_made_ready_and_follows_alone_when_the_maker_dies(
    guizhou_copy, office, tmp_path
):
    watching = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    try:
        watching.live()
        watching.watch(0.05)
        office.put(*range(300))
        wait_until(lambda: len(found(watching, "㵲龙洞寨")) == 100)
        wait_until(lambda: are_pieces_made(watching.files))
        number = 300
        while not watching.live().register.opened:
            office.put(number)
            wait_until(partial(is_there, watching, number))
            number += 1
        os.kill(watching._beside.following._process.pid, signal.SIGKILL)
        office.put(number)
        wait_until(lambda: is_there(watching, number))
    finally:
        watching.close()
