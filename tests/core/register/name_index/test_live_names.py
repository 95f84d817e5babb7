"""After any edits the index with its changes answers as one built anew over all, page by page."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.names.keys import name_key
from geoname.core.register.name import Name, NameKind, NameStatus, Publication
from geoname.core.register.name_index import NameFilter, NameIndex, PinyinForm, columns_of, keys_of
from geoname.core.register.name_index.delta import CameNames, NameDelta
from geoname.core.register.name_index.live_names import LiveNames
from geoname.core.register.place import Location, Place
from geoname.core.register.point_index import LivePoints, PointIndex
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError

CHARACTERS = "花青岩桥𠅤"
SOUNDS = ("", "Huā", "Qīng Yán", "Qíng Yán", "Huāqiáo")
CLASSES = ("21600", "22200", "21400")
FILTERS = (
    None,
    NameFilter(),
    NameFilter(audience=Role.READER),
    NameFilter(feature_class="21"),
    NameFilter(division=(1, 3)),
    NameFilter(bbox=(106.0, 26.0, 106.2, 26.2)),
    NameFilter(statuses=frozenset([NameStatus.HISTORICAL])),
)
QUERIES = ("花", "青岩", "岩青", "花桥", "青花岩", "𠅤", "桥桥桥", "龙", "青龙")
RECORD = ("花桥", "", "21600", 1.0, 0, None, Publication.PUBLIC, NameStatus.CURRENT, NameKind.STANDARD, 0)

texts = st.text(CHARACTERS, min_size=1, max_size=4)
records = st.builds(
    lambda *cells: cells,
    texts,
    st.sampled_from(SOUNDS),
    st.sampled_from(CLASSES),
    st.sampled_from((0.5, 1.0, 2.0)),
    st.integers(-1, 3),
    st.sampled_from((None, (106.0, 26.0), (106.1, 26.1), (107.0, 27.0))),
    st.sampled_from(Publication),
    st.sampled_from((NameStatus.CURRENT, NameStatus.HISTORICAL)),
    st.sampled_from((NameKind.STANDARD, NameKind.ALIAS)),
    st.integers(0, 4),
)
ids = st.integers(0, 30)
change = st.tuples(st.dictionaries(ids, records, max_size=6), st.sets(ids, max_size=4))


def entry(number: int, cells):
    text, sound, feature_class, _, division, point, publication, status, kind, place = cells
    place_id = f"p{place:011d}"
    name = Name(
        f"{number:012d}", place_id, text, text[:1], text[1:], kind, status, publication, sound
    )  # fmt: skip
    located = Location(*point) if point else Location()
    return name, Place(place_id, feature_class, str(division) if division >= 0 else None, "", located)


def built(register: dict):
    """Columns and keys of these records."""
    weights = {f"{number:012d}": cells[3] for number, cells in register.items()}
    columns = columns_of(
        [entry(number, cells) for number, cells in register.items()],
        division_of=int,
        code_of=lambda name, place: None,
        weight_of=lambda name, place: weights[name.id],
    )
    return columns, keys_of(columns, text_key=name_key)


def index_of(register: dict) -> NameIndex:
    return NameIndex.from_arrays(NameIndex.build(*built(register)).to_arrays())


class Live:
    """An index with changes, its points, and the same register to build another from."""

    def __init__(self, register: dict) -> None:
        self.register = dict(register)
        self.base = index_of(register)
        self.delta = NameDelta()

    def apply(self, put: dict, gone: set[int]) -> LiveNames:
        put = {number: cells for number, cells in put.items() if number not in gone}
        self.register = {n: c for n, c in self.register.items() if n not in gone} | put
        came = CameNames(*built(put), frozenset(f"{number:012d}" for number in gone))
        self.delta = self.delta.and_then(self.base, came)
        return self.names()

    def names(self) -> LiveNames:
        return LiveNames(self.base, self.delta.pieces)

    def points(self, names: LiveNames) -> LivePoints:
        parts, first = [(0, PointIndex.build(*self.base.locations()))], len(self.base)
        for piece in names.pieces:
            parts.append((first, piece.points))
            first += len(piece.names)
        return LivePoints(parts)


def pages(index, ask, limit: int) -> list[str]:
    """The ids of all answers, page after page."""
    found, after = [], -1
    while True:
        page = ask(index, after, limit)
        found += [index.row(row).name_id for row in page.rows]
        assert len(page.rows) <= limit
        if not page.more:
            return found
        assert page.rows
        after = page.rows[-1]


def asks(wanted):
    for query in QUERIES:
        for mode in ("exact", "prefix", "specific", "contains", "fuzzy"):
            yield lambda index, after, limit, q=query, m=mode: getattr(index, m)(q, wanted, after, limit)
    yield lambda index, after, limit: index.prefix("", wanted, after, limit)
    yield lambda index, after, limit: index.contains("花 岩", wanted, after, limit)
    yield lambda index, after, limit: index.browse(wanted, after, limit)
    for key, form in (
        ("qingyan", PinyinForm.PLAIN),
        ("qing1yan2", PinyinForm.TONED),
        ("q", PinyinForm.INITIALS),
    ):
        for prefix in (False, True):
            yield lambda index, after, limit, k=key, f=form, p=prefix: index.pinyin(
                k, f, prefix=p, filter=wanted, after=after, limit=limit
            )


def check_equal(live: LiveNames, fresh: NameIndex, points: LivePoints, limit: int) -> None:
    assert len(live) == len(fresh) == len(live.rows())
    for wanted in FILTERS:
        for ask in asks(wanted):
            assert pages(live, ask, limit) == pages(fresh, ask, limit)
    for number in range(31):
        row, expected = (index.position_of(f"{number:012d}") for index in (live, fresh))
        assert (row is None) == (expected is None)
        if row is not None:
            assert live.row(row)._replace(row=0) == fresh.row(expected)._replace(row=0)
    anew = PointIndex.build(*fresh.locations())
    for wanted in (None, NameFilter(feature_class="21")):
        near = points.nearest(
            106.05, 26.04, limit, keeps=live.keeping_located(wanted, Role.PUBLIC), order=live.order
        )
        expected = anew.nearest(106.05, 26.04, limit, keep=fresh.keeping_located(wanted, Role.PUBLIC))
        assert [(live.row(row).name_id, metres) for row, metres in near] == [
            (fresh.row(row).name_id, metres) for row, metres in expected
        ]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(ids, records, max_size=12), st.lists(change, max_size=4), st.integers(1, 5))
def test_answers_are_those_of_an_index_built_anew(register, changes, limit):
    live = Live(register)
    seen = live.names()
    for put, gone in changes:
        seen = live.apply(put, gone)
    check_equal(seen, index_of(live.register), live.points(seen), limit)


def test_what_comes_later_does_not_show_in_what_was_opened_before():
    live = Live({0: RECORD, 1: RECORD})
    before = live.names()
    other = ("青岩", *RECORD[1:6], Publication.INTERNAL, *RECORD[7:])
    after = live.apply({0: other, 2: RECORD}, {1})
    assert [before.row(row).name_id for row in before.exact("花桥").rows] == ["000000000000", "000000000001"]
    assert [after.row(row).name_id for row in after.exact("花桥").rows] == ["000000000002"]
    assert (before.exact("青岩").rows, len(before), len(after)) == ([], 2, 2)
    assert before.position_of("000000000002") is None
    assert after.position_of("000000000001") is None
    assert (before.all_public(), after.all_public()) == (True, False)
    assert after.exact("青岩", NameFilter()).rows == []
    with pytest.raises(IndexError):
        before.row(2)


def test_a_change_that_does_not_fit_changes_nothing():
    live = Live({0: RECORD})
    columns, keys = built({0: RECORD, 1: RECORD})
    unfit = dataclasses.replace(columns, name_id=np.array(["short", "shorter"], dtype=np.bytes_))
    with pytest.raises(InvalidInputError):
        live.delta.and_then(live.base, CameNames(unfit, keys, frozenset(["000000000000"])))
    assert len(live.names().exact("花桥").rows) == 1
    assert len(live.apply({1: RECORD}, set()).exact("花桥").rows) == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 40), max_size=30))
def test_pieces_stay_few_and_none_is_lost(sizes):
    live, number = Live({}), 0
    for size in sizes:
        live.apply(dict.fromkeys(range(number, number + size), RECORD), set())
        number += size
    lengths = [len(piece.names) for piece in live.delta.pieces]
    assert all(older >= 4 * newer for older, newer in pairwise(lengths))
    assert sum(lengths) == len(live.delta) == len(live.names()) == number
    assert live.names().exact("花桥", limit=2000).rows == sorted(live.names().rows(), key=live.names().order)
