"""Which registered division a listed one is (名录对应): by parent and name, never by code alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Division, Level, kind_of
from geoname.core.divisions.listing import ListedDivision
from geoname.core.names.feature_class import class_of_division
from geoname.core.names.keys import name_key
from geoname.core.names.place_name import PlaceName, split_name
from geoname.core.validity.period import Held

Spellings = Mapping[str, Sequence[str]]
"""The other spellings of a division's name in official lists, by its id."""


class MatchedBy(StrEnum):
    """What told which division is meant."""

    CODE_AND_NAME = "code_and_name"
    """A county or above, whose codes all schemes share, under the same name."""
    NAME = "name"
    SPELLING = "spelling"
    """Another spelling of the table of spellings."""
    SPECIFIC = "specific"
    """The only two left below one parent with this specific element and kind; a person should look."""


class WhyNot(StrEnum):
    """Why a listed division is tied to none."""

    NOT_THERE = "not_there"
    PARENT_NOT_MATCHED = "parent_not_matched"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Matched:
    """A listed division and the registered one that it is."""

    listed: ListedDivision
    division: Division
    by: MatchedBy


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A listed division that is tied to none, and the parent's id where that is known."""

    listed: ListedDivision
    why: WhyNot
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class ListMatching:
    """What became of each row, and the registered divisions that the list should hold and does not."""

    matched: tuple[Matched, ...]
    unmatched: tuple[Unmatched, ...]
    not_listed: tuple[Division, ...]


def match_list(
    listed: Sequence[ListedDivision],
    atlas: DivisionAtlas,
    day: date,
    spellings: Spellings,
    outside: Mapping[str, str],
) -> ListMatching:
    """Tie the rows of a list of the day to divisions; parents come before their children.

    `outside` gives the ids of divisions that are parents without standing in the list, by code.
    """
    below: dict[str | None, list[ListedDivision]] = defaultdict(list)
    for one in listed:
        below[one.parent_code].append(one)
    ids: dict[str | None, str | None] = {None: None}
    ids.update(outside)
    matched: list[Matched] = []
    unmatched: list[Unmatched] = []
    not_listed: list[Division] = []
    for parent_code, rows in below.items():
        if parent_code not in ids:
            unmatched += [Unmatched(one, WhyNot.PARENT_NOT_MATCHED) for one in rows]
            continue
        parent_id = ids[parent_code]
        children = [state for state in atlas.children(parent_id, day) if _held(atlas, state, day)]
        found, left = _match_siblings(rows, children, spellings)
        matched += found
        unmatched += [Unmatched(one, why, parent_id) for one, why in left]
        ids |= {one.listed.code: one.division.id for one in found}
        levels = {one.level for one in rows}
        met = {one.division.id for one in found}
        if parent_code is not None:
            not_listed += [each for each in children if each.level in levels and each.id not in met]
    return ListMatching(tuple(matched), tuple(unmatched), tuple(not_listed))


def _held(atlas: DivisionAtlas, state: Division, day: date) -> bool:
    """Whether it is known to have been there, or nothing is known against it and it is there today."""
    held = state.period.held_on(day)
    return held is Held.YES or (held is not Held.NO and state.period.end is None)


def _match_siblings(
    rows: Sequence[ListedDivision], children: Sequence[Division], spellings: Spellings
) -> tuple[list[Matched], list[tuple[ListedDivision, WhyNot]]]:
    """By the same name, then by another spelling, then by the specific element where only two are left."""
    found: list[Matched] = []
    left = list(rows)
    free = {child.id: child for child in children}
    severally: set[int] = set()

    def names_of(child: Division) -> set[str]:
        return {name_key(child.name)}

    def spellings_of(child: Division) -> set[str]:
        return {name_key(text) for text in spellings.get(child.id, ())}

    for by, keys_of in ((MatchedBy.NAME, names_of), (MatchedBy.SPELLING, spellings_of)):
        bearers: dict[tuple[Level, str], list[Division]] = defaultdict(list)
        for child in free.values():
            for key in keys_of(child):
                bearers[child.level, key].append(child)
        still = []
        for one in left:
            candidates = bearers.get((one.level, name_key(one.name)), [])
            if len(candidates) == 1 and candidates[0].id in free:
                child = free.pop(candidates[0].id)
                found.append(Matched(one, child, _by(one, child) if by is MatchedBy.NAME else by))
            else:
                if len(candidates) > 1:
                    severally.add(one.row)
                still.append(one)
        left = still
    specific, left = _by_specific(left, list(free.values()))
    found += specific
    return found, [(one, WhyNot.SEVERAL if one.row in severally else WhyNot.NOT_THERE) for one in left]


def _by(one: ListedDivision, child: Division) -> MatchedBy:
    shared = one.level.depth <= Level.COUNTY.depth and any(
        code.code == one.code and code.scheme in (Scheme.GB2260, Scheme.NBS, Scheme.MCA)
        for code in child.codes
    )
    return MatchedBy.CODE_AND_NAME if shared else MatchedBy.NAME


def _by_specific(
    rows: Sequence[ListedDivision], children: Sequence[Division]
) -> tuple[list[Matched], list[ListedDivision]]:
    """Ethnic townships are listed with their peoples in another order, or with one fewer."""
    listed: dict[tuple[Level, str, str], list[ListedDivision]] = defaultdict(list)
    for one in rows:
        parts = _parts(one.name, one.level)
        if parts is not None and parts.ethnonyms:
            listed[one.level, name_key(parts.specific), parts.generic].append(one)
    registered: dict[tuple[Level, str, str], list[Division]] = defaultdict(list)
    for child in children:
        parts = _parts(child.name, child.level)
        if parts is not None and parts.ethnonyms:
            registered[child.level, name_key(parts.specific), parts.generic].append(child)
    found = [
        Matched(same[0], registered[key][0], MatchedBy.SPECIFIC)
        for key, same in listed.items()
        if len(same) == 1 and len(registered.get(key, ())) == 1
    ]
    met = {one.listed.row for one in found}
    return found, [one for one in rows if one.row not in met]


def _parts(name: str, level: Level) -> PlaceName | None:
    if level is not Level.TOWNSHIP:
        return None
    return split_name(name, class_of_division(kind_of(name, level)))
