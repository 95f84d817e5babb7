"""Former names and divisions (旧名) as the matcher takes them: where each stood, and what it became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import Extent
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Division
from geoname.core.divisions.successions import Successions
from geoname.core.matching.columns import FormerName
from geoname.core.names.feature_class import class_of_division
from geoname.core.names.place_name import split_name
from geoname.formats.shipped_words import SpellingVariant

Heirs = tuple[tuple[int, bool], ...]


def former_divisions(atlas: DivisionAtlas, successions: Successions) -> Iterator[FormerName]:
    """The divisions that are gone, and the earlier names and parents of those that are not.

    Where no succession is recorded, a division that bears the same name and code now, or for a prefecture
    the one that holds all its counties now, is taken for the heir; such an heir has no document.
    """
    bearers = _bearers(atlas)
    moved = _children_of_old(atlas)
    for id_ in atlas.all_ids():
        states = atlas.states(id_)
        latest = states[-1]
        if latest.period.end is not None:
            heirs, basis = _recorded(atlas, successions, id_)
            if not heirs:
                heirs = _by_code(atlas, latest, bearers) or _by_children(atlas, id_, moved)
            yield _former(atlas, latest, atlas.position(id_), heirs, basis)
            yield from _beside_heir(atlas, latest, heirs, basis)
        for state in states[:-1]:
            if latest.period.end is None and state.parent_id is not None:
                own = ((atlas.position(id_), True),)
                document = _document(successions, id_, str(state.period.end or ""))
                yield _former(atlas, state, -1, own, document, state.name != latest.name)


def _beside_heir(atlas: DivisionAtlas, latest: Division, heirs: Heirs, basis: str) -> Iterator[FormerName]:
    """A former division is also looked for where its heir is: 铜仁市 (of the county level) in 铜仁市."""
    whole = [position for position, is_whole in heirs if is_whole]
    if len(whole) != 1:
        return
    parent = atlas.at(whole[0]).parent_id
    if parent is None or latest.parent_id is None:
        return
    low, high = atlas.span(parent)
    if not low <= atlas.position(latest.id) < high:
        yield replace(_former(atlas, latest, -1, heirs, basis), within=low)


def spellings(variants: Iterable[SpellingVariant], atlas: DivisionAtlas) -> Iterator[FormerName]:
    """The other spellings of divisions in official lists."""
    for variant in variants:
        if variant.division_id not in atlas:
            continue
        division = atlas.latest(variant.division_id)
        position = atlas.position(division.id)
        yield FormerName(
            variant.other_spelling,
            _specific_length(variant.other_spelling, division),
            division.level.depth,
            -1,
            position,
            ((position, True),),
            is_spelling=True,
        )


def _former(
    atlas: DivisionAtlas, state: Division, position: int, heirs: Heirs, basis: str, renamed: bool = False
) -> FormerName:
    within = atlas.position(state.parent_id) if state.parent_id is not None else position
    return FormerName(
        state.name,
        _specific_length(state.name, state),
        state.level.depth,
        position,
        within,
        heirs,
        is_rename=renamed,
        ended=str(state.period.end or ""),
        basis=basis,
    )


def _specific_length(text: str, division: Division) -> int:
    return len(split_name(text, class_of_division(division.kind)).specific)


def _recorded(atlas: DivisionAtlas, successions: Successions, id_: str) -> tuple[Heirs, str]:
    """What became of a division by the recorded edges, followed to what is there now."""
    found: dict[int, bool] = {}
    basis = ""
    todo, seen = [(id_, True)], {id_}
    while todo:
        at, whole = todo.pop()
        for edge in successions.successors(at):
            if edge.to_id in seen:
                continue
            if at == id_:
                basis = basis or (successions.event(edge.event_id).document or "")
            if edge.to_id is None:
                continue
            is_whole = whole and edge.extent is Extent.WHOLE
            if atlas.latest(edge.to_id).period.end is None:
                found[atlas.position(edge.to_id)] = is_whole
            else:
                seen.add(edge.to_id)
                todo.append((edge.to_id, is_whole))
    return tuple(found.items()), basis


def _document(successions: Successions, id_: str, day: str) -> str:
    for event in successions.events_of(id_):
        dates = (event.effective_on, event.approved_on, event.announced_on)
        if any(str(each) == day for each in dates if each is not None):
            return event.document or ""
    return ""


def _bearers(atlas: DivisionAtlas) -> dict[str, str]:
    """The present division of each present GB/T 2260 code."""
    return {
        code.code: id_
        for id_ in atlas.all_ids()
        for code in atlas.latest(id_).codes
        if code.scheme is Scheme.GB2260 and code.period.end is None and atlas.latest(id_).period.end is None
    }


def _by_code(atlas: DivisionAtlas, former: Division, bearers: dict[str, str]) -> Heirs:
    for code in former.codes:
        heir = bearers.get(code.code)
        if heir is not None and _stem(former) == _stem(atlas.latest(heir)):
            return ((atlas.position(heir), True),)
    return ()


def _stem(division: Division) -> str:
    return split_name(division.name, class_of_division(division.kind)).specific


def _children_of_old(atlas: DivisionAtlas) -> dict[str, list[str]]:
    """For each division those that once were right below it and are in force."""
    moved: dict[str, list[str]] = {}
    for id_ in atlas.all_ids():
        states: Sequence[Division] = atlas.states(id_)
        if states[-1].period.end is None:
            for state in states[:-1]:
                if state.parent_id is not None:
                    moved.setdefault(state.parent_id, []).append(id_)
    return moved


def _by_children(atlas: DivisionAtlas, id_: str, moved: dict[str, list[str]]) -> Heirs:
    parents = {atlas.latest(child).parent_id for child in moved.get(id_, ())}
    if len(parents) != 1:
        return ()
    [parent] = parents
    if parent is None or atlas.latest(parent).level is not atlas.latest(id_).level:
        return ()
    return ((atlas.position(parent), True),)
