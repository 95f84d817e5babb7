"""The shipped data set in PostgreSQL is the same as in its file, and gives the same answers."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from geoname.core.divisions.division import Level
from geoname.service.browse_divisions import division_history, neighbours, show_division
from geoname.service.find_names import NameQuery, find_names
from geoname.service.list_divisions import children
from geoname.service.locate import locate, locate_many
from geoname.service.move_database import move_database
from geoname.service.nearby import nearby
from geoname.service.opened import open_geoname
from geoname.service.show_name import show_name
from geoname.service.suggest import suggest

# One process runs them all, so that the data is moved once.
pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgis")]


@pytest.fixture(scope="module")
def served(on_server, tmp_path_factory):
    """The data on the server, with index files of its own folder."""
    geoname = open_geoname(on_server.address, tmp_path_factory.mktemp("cache"))
    yield geoname
    geoname.close()


def test_a_role_that_owns_nothing_but_its_schema_suffices(on_server, guizhou):
    assert {one.table: one.rows for one in on_server.moved.tables} == guizhou.store.info().rows
    assert on_server.moved.rows > 80_000
    done = [step[1] for step in on_server.steps]
    assert done == sorted(done)
    assert done[-1] == on_server.steps[-1][2] == 3 * on_server.moved.rows


def test_every_table_is_the_same_there_and_after_the_way_back(on_server, tmp_path):
    back = move_database(on_server.address, str(tmp_path / "back.gpkg"))
    assert back.tables == on_server.moved.tables
    assert len({one.sha256 for one in back.tables if one.rows}) == len(
        [one for one in back.tables if one.rows]
    )


def plain(value):
    """An answer without what names the database it came from."""
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name != "next_cursor"}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def questions(guizhou):
    """200 questions: what is asked, and of which function."""
    random = np.random.default_rng(20)
    index = guizhou.live()
    divisions = [index.atlas.at(i) for i in range(len(index.atlas))]
    divisions = [one for one in divisions if one.level is not Level.VILLAGE]
    some = [divisions[i] for i in random.choice(len(divisions), 60, replace=False)]
    codes = [code.code for one in some for code in one.codes[:1]]
    points = np.column_stack([random.uniform(103.6, 109.6, 40), random.uniform(24.6, 29.2, 40)]).tolist()
    asked = [(find_names, NameQuery(q=one.name[:2])) for one in some[:30]]
    asked += [
        (find_names, NameQuery(q=text)) for text in ("huaxi", "gy", "qing1yan2", "大方 县", "㵲阳", "桴㯊")
    ]
    asked += [(find_names, NameQuery(q="龙", mode="contains", within=code)) for code in codes[:14]]
    asked += [(suggest, text) for text in ("贵", "青岩", "zunyi", "播州", "遵义县")]
    asked += [(show_division, code) for code in codes[:25]] + [(children, code) for code in codes[:15]]
    asked += [(division_history, code) for code in codes[15:25]]
    asked += [(neighbours, code) for code in ("520102", "520304", "520524", "522722", "520323")]
    names = [index.division_names[one.id] for one in some[30:50] if one.id in index.division_names]
    asked += [(show_name, index.names.row(row).name_id) for row in names]
    asked += [(locate, *point) for point in points] + [(nearby, *point, 20_000) for point in points[:30]]
    return [*asked, (locate_many, points and [p[0] for p in points], [p[1] for p in points])][-200:]


def test_two_hundred_questions_have_the_same_answers(served, guizhou):
    asked = questions(guizhou)
    assert len(asked) == 200
    answered = 0
    for function, *about in asked:
        here, there = plain(function(guizhou, *about)), plain(function(served, *about))
        assert here == there, (function.__name__, about)
        answered += bool(here.get("items") or here.get("chain") or len(here) > 2)
    assert answered > 150


def test_the_server_s_index_files_are_kept_here_under_its_own_id(served, guizhou):
    served.live()
    assert served.store.database_id() != guizhou.store.database_id()
    assert served.files.folder.name == served.store.database_id()
    assert served.files.generations("names") == [served.live().base_generation.partition("-")[2]]
    assert served.store.verify() == []
