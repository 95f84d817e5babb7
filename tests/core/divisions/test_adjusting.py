"""Random chains of legal changes: every village has one chain on every day, and no code comes back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.divisions.adjusting import Adjustment, UnitAfter, adjust, parts_of
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import DivisionEvent, Extent, Operation
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.codebook import CodeBook
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Held, Period
from geoname.errors import InvalidInputError

FIRST = date(2020, 1, 1)
KNOWN = Period(known_on=FIRST)
TOWN = DivisionKind.TOWN


def start():
    """A province, a prefecture, two counties, three towns of four villages each."""
    found = [
        Division("p", "某省", Level.PROVINCE, DivisionKind.PROVINCE, None, (Code(Scheme.MCA, "52"),), KNOWN),
        Division("f", "某市", Level.PREFECTURE, DivisionKind.PREFECTURE_CITY, "p", (), KNOWN),
    ]
    for county in ("520111", "520112"):
        code = (Code(Scheme.MCA, county),)
        found.append(Division(county, f"{county}县", Level.COUNTY, DivisionKind.COUNTY, "f", code, KNOWN))
    for number in range(3):
        code = f"520111{100 + number}"
        held = (Code(Scheme.MCA, code, FIRST, KNOWN),)
        found.append(Division(f"t{number}", f"镇{number}镇", Level.TOWNSHIP, TOWN, "520111", held, KNOWN))
        for village in range(4):
            id_ = f"v{number}{village}"
            kind = DivisionKind.VILLAGERS_COMMITTEE
            own = (Code(Scheme.MCA, f"{code}{200 + village}", FIRST, KNOWN),)
            found.append(Division(id_, f"{id_}村委会", Level.VILLAGE, kind, f"t{number}", own, KNOWN))
    return {(one.id, one.period.start): one for one in found}


def event(number, operation):
    day = PartialDate(FIRST + timedelta(days=30 * (number + 1)))
    return DivisionEvent(f"e{number}", operation, "", f"省函〔2020〕{number}号", None, day, day)


class Chain:
    """A register that changes step by step; codes are given from a counter, as the rules have them."""

    def __init__(self):
        self.states = start()
        self.next_code = 103
        self.next_county = 21
        self.edges = []

    @property
    def atlas(self):
        return DivisionAtlas(self.states.values())

    def towns(self):
        atlas = self.atlas
        return sorted(
            id_ for id_ in atlas.all_ids()
            if atlas.latest(id_).level is Level.TOWNSHIP and atlas.latest(id_).period.end is None
        )  # fmt: skip

    def counties(self):
        atlas = self.atlas
        return sorted(
            id_ for id_ in atlas.all_ids()
            if atlas.latest(id_).level is Level.COUNTY and atlas.latest(id_).period.end is None
        )  # fmt: skip

    def new_code(self, county):
        self.next_code += 1
        return f"{current(self.atlas, county)}{self.next_code:03d}"

    def new_county_code(self):
        self.next_county += 1
        return f"5201{self.next_county}"

    def do(self, number, operation, before, after, **more):
        wanted = event(number, operation)
        day = wanted.effective_on.first
        done = adjust(self.atlas, Adjustment(wanted, day, Scheme.MCA, tuple(before), tuple(after), **more))
        self.before = dict(self.states)
        for state in done.states:
            # What the store does: a state replaces the one that began with it.
            self.states[state.id, state.period.start] = state
        self.edges += done.edges
        return done


def current(atlas, id_):
    return next(code.code for code in atlas.latest(id_).codes if code.period.end is None)


def unit(atlas, id_, **changes):
    latest = atlas.latest(id_)
    return replace(UnitAfter(id_, latest.name, latest.kind, latest.parent_id, current(atlas, id_)), **changes)


def change_counties(chain, number, choice, draw):
    """A county replaced, split, joined with another, or given another code; what lies in it follows."""
    atlas, counties = chain.atlas, chain.counties()
    one = draw(st.sampled_from(counties))
    towns = parts_of(atlas, one)
    fresh = UnitAfter(
        f"c{number}", f"新{number}区", DivisionKind.DISTRICT, "f", chain.new_county_code(), towns
    )
    before, after, operation = [one], [fresh], Operation.REPLACE
    if choice == "new county code":
        after, operation = [unit(atlas, one, code=fresh.code, villages=towns)], Operation.RECODE
    elif choice == "split county" and towns:
        cut = draw(st.integers(1, len(towns)))
        after = [replace(fresh, villages=towns[:cut]), unit(atlas, one, villages=towns[cut:])]
        operation = Operation.ESTABLISH
    elif choice == "join county" and len(counties) > 1:
        other = next(each for each in counties if each != one)
        before, after = [one, other], [unit(atlas, other, villages=(*parts_of(atlas, other), *towns))]
        operation = Operation.ABOLISH
    recoded = {}
    for each in after:
        for town in each.villages:
            if not current(atlas, town).startswith(each.code):
                for id_ in (town, *parts_of(atlas, town)):
                    recoded[id_] = {Scheme.MCA: each.code + current(atlas, id_)[6:]}
    return chain.do(number, operation, before, after, level=Level.COUNTY, recoded=recoded)


def step(chain, number, draw):
    """One legal change, drawn at random."""
    atlas, towns = chain.atlas, chain.towns()
    one = draw(st.sampled_from(towns))
    choice = draw(
        st.sampled_from(
            ["rename", "replace", "merge", "split", "transfer", "boundary", "establish",
             "county", "split county", "join county", "new county code"]
        )
    )  # fmt: skip
    if "county" in choice:
        return change_counties(chain, number, choice, draw)
    held = parts_of(atlas, one)
    county = atlas.latest(one).parent_id
    fresh = UnitAfter(f"n{number}", f"新{number}镇", TOWN, county, chain.new_code(county))
    if choice == "rename":
        return chain.do(number, Operation.RENAME, [one], [unit(atlas, one, name=f"改{number}镇")])
    if choice == "replace":
        return chain.do(number, Operation.REPLACE, [one], [replace(fresh, villages=held)])
    elsewhere = [each for each in chain.counties() if each != county]
    if choice == "transfer" and elsewhere:
        other = elsewhere[0]
        moved = unit(atlas, one, parent_id=other, code=chain.new_code(other))
        return chain.do(number, Operation.TRANSFER, [one], [moved])
    if choice in ("split", "establish") and len(held) > 1:
        cut = draw(st.integers(1, len(held) - 1))
        rest = unit(atlas, one, villages=held[cut:])
        operation = Operation.SPLIT if choice == "split" else Operation.ESTABLISH
        return chain.do(number, operation, [one], [replace(fresh, villages=held[:cut]), rest])
    others = [town for town in towns if town != one]
    if not others:
        return chain.do(number, Operation.REPLACE, [one], [replace(fresh, villages=held)])
    other = draw(st.sampled_from(others))
    taken = parts_of(atlas, other)
    if choice == "boundary":
        after = [unit(atlas, one, villages=held[1:]), unit(atlas, other, villages=(*taken, *held[:1]))]
        return chain.do(number, Operation.BOUNDARY, [one, other], after)
    return chain.do(number, Operation.MERGE, [one, other], [replace(fresh, villages=(*held, *taken))])


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 8))
def test_after_any_chain_every_village_has_one_parent_on_each_day(data, steps):
    chain = Chain()
    for number in range(steps):
        step(chain, number, data.draw)
    atlas = chain.atlas
    days = [FIRST + timedelta(days=15 * half) for half in range(2 * steps + 4)]
    for id_ in atlas.all_ids():
        if atlas.latest(id_).level is not Level.VILLAGE:
            continue
        for day in days:
            holding = [state for state in atlas.states(id_) if state.period.held_on(day) is Held.YES]
            assert len(holding) == 1, (id_, day)
            parent, held = atlas.state_on(holding[0].parent_id, day)
            assert held is Held.YES
            assert parent.level is Level.TOWNSHIP
            above = atlas.chain(id_, day)
            assert [one.level.depth for one in above] == [0, 1, 2, 3, 4]
            assert all(one.period.held_on(day) is Held.YES for one in above)
            assert len([code for code in holding[0].codes if code.period.held_on(day) is Held.YES]) == 1
    for day in days:
        listed = Counter(
            village.id
            for town in atlas.all_ids() if atlas.latest(town).level is Level.TOWNSHIP
            for village in atlas.children(town, day) if village.level is Level.VILLAGE
        )  # fmt: skip
        assert len(listed) == 12
        assert set(listed) <= atlas.within("f", day)
        assert set(listed.values()) == {1}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 8))
def test_after_any_chain_no_code_was_given_twice(data, steps):
    chain = Chain()
    for number in range(steps):
        step(chain, number, data.draw)
    atlas = chain.atlas
    bearers = {}
    for id_ in atlas.all_ids():
        for state in atlas.states(id_):
            for code in state.codes:
                assert bearers.setdefault(code.code, id_) == id_
    book = CodeBook(atlas)
    last = FIRST + timedelta(days=30 * (steps + 2))
    for id_ in chain.towns():
        code = atlas.code_of(atlas.latest(id_))
        assert book.find(code, Scheme.MCA, last).division.id == id_


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 8))
def test_every_edge_leads_on_and_what_ended_has_one(data, steps):
    chain = Chain()
    for number in range(steps):
        done = step(chain, number, data.draw)
        ended = set(done.ended)
        assert ended <= {edge.from_id for edge in done.edges}
        assert set(done.began) <= {edge.to_id for edge in done.edges}
        for id_ in ended:
            heirs = [edge for edge in done.edges if edge.from_id == id_]
            assert (len(heirs) == 1) == (heirs[0].extent is Extent.WHOLE)


def test_a_kept_code_stays_open_in_the_new_state():
    chain = Chain()
    chain.do(0, Operation.RENAME, ["t0"], [unit(chain.atlas, "t0", name="新名镇")])
    first, second = chain.atlas.states("t0")
    assert (first.name, second.name) == ("镇0镇", "新名镇")
    assert [code.code for code in second.codes if code.period.end is None] == ["520111100"]
    assert CodeBook(chain.atlas).find("520111100").division.name == "新名镇"
    assert CodeBook(chain.atlas).find("520111100", day=FIRST).division.name == "镇0镇"


def test_a_change_before_what_it_changes_began_is_refused():
    chain = Chain()
    fresh = UnitAfter("n", "新镇", TOWN, "520111", "520111110", parts_of(chain.atlas, "t0"))
    chain.do(3, Operation.REPLACE, ["t0"], [fresh])
    again = replace(fresh, id="m", name="更新镇", code="520111111")
    with pytest.raises(InvalidInputError) as raised:
        chain.do(2, Operation.REPLACE, ["n"], [again])
    assert raised.value.field == "effective_on"


def test_what_has_ended_is_not_changed_again():
    chain = Chain()
    fresh = UnitAfter("n", "新镇", TOWN, "520111", "520111110", parts_of(chain.atlas, "t0"))
    chain.do(0, Operation.REPLACE, ["t0"], [fresh])
    with pytest.raises(InvalidInputError):
        chain.do(1, Operation.REPLACE, ["t0"], [replace(fresh, id="m", code="520111111")])
