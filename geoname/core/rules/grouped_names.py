"""Standard names grouped by scope, text, specific element and sound (重名分组): a register in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from geoname.core.divisions.division import Division
from geoname.core.names.feature_class import class_of_division
from geoname.core.names.keys import name_key
from geoname.core.names.place_name import split_name
from geoname.core.rules.case import ProposedName
from geoname.core.rules.scopes import (
    DIVISION_LEVEL,
    Comparison,
    Namesake,
    Scope,
    ScopeLevel,
    comparison_of,
)
from geoname.core.rules.sound import toneless

Chain = Callable[[str], Sequence[Division]]
_Group = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RegisteredName:
    """One standard name in force; `sound` is that of its specific element, None when it cannot be told."""

    name_id: str
    place_id: str
    text: str
    specific: str
    feature_class: str
    division_id: str | None
    sound: tuple[str, ...] | None


class GroupedNames:
    """Answers what rules ask of the register; right for judging many names against each other."""

    def __init__(self, names: Iterable[RegisteredName], chain: Chain) -> None:
        """Group the names; `chain` gives the divisions from the province down to one."""
        self._chain = cache(chain)
        self._texts: dict[_Group, list[RegisteredName]] = defaultdict(list)
        self._specifics: dict[_Group, list[RegisteredName]] = defaultdict(list)
        self._sounds: dict[_Group, list[RegisteredName]] = defaultdict(list)
        self._of_place: dict[str, list[str]] = defaultdict(list)
        self._borne: set[tuple[str, str]] = set()
        for name in names:
            self._add(name)

    def _add(self, name: RegisteredName) -> None:
        self._of_place[name.place_id].append(name.text)
        compared = comparison_of(name.feature_class)
        scope = self._scope(compared, name.division_id) if compared else None
        if compared is not None and scope is not None:
            at = compared.rank, scope.division_id or ""
            self._texts[(*at, name_key(name.text))].append(name)
            self._specifics[(*at, name_key(name.specific))].append(name)
            if name.sound:
                self._sounds[(*at, " ".join(toneless(name.sound)))].append(name)
        if name.feature_class.startswith("21") and name.division_id is not None:
            specific = name_key(name.specific)
            for step in self._chain(name.division_id):
                self._borne.add((step.id, specific))
            self._borne.add((name.place_id, specific))

    def scope_of(self, case: ProposedName) -> Scope | None:
        """The lawful scope of a case; None when its division is not told or lies too high to say."""
        compared = comparison_of(case.feature_class)
        return None if compared is None else self._scope(compared, case.division_id)

    def _scope(self, compared: Comparison, division_id: str | None) -> Scope | None:
        return scope_in(compared.level, self._chain(division_id) if division_id else ())

    def same_text(self, text: str, case: ProposedName, scope: Scope) -> tuple[Namesake, ...]:
        """Names that are this text, the case's own place left out."""
        return self._found(self._texts, name_key(text), case, scope)

    def same_specific(self, specific: str, case: ProposedName, scope: Scope) -> tuple[Namesake, ...]:
        """Names with this specific element, whatever their generic."""
        return self._found(self._specifics, name_key(specific), case, scope)

    def same_sound(
        self, sound: tuple[str, ...], case: ProposedName, scope: Scope, *, toned: bool
    ) -> tuple[Namesake, ...]:
        """Names whose specific element is written otherwise and sounds so, or so but for the tones."""
        own = name_key(case.name.specific)
        found = self._group(self._sounds, " ".join(toneless(sound)), case, scope)
        alike = [each for each in found if (each.sound == sound) is toned and name_key(each.specific) != own]
        return self._shown(alike, case)

    def bears(self, specific: str, case: ProposedName) -> bool:
        """Whether a division that holds the case, or one below its county, has this specific element."""
        if case.division_id is None:
            return False
        chain = self._chain(case.division_id)
        wanted = name_key(specific)
        if any(name_key(_specific_of(step)) == wanted for step in chain):
            return True
        return any((step.id, wanted) in self._borne for step in chain[2:])

    def current_names(self, place_id: str) -> tuple[str, ...]:
        """The standard names in force of one place."""
        return tuple(dict.fromkeys(self._of_place.get(place_id, ())))

    def _group(
        self, groups: dict[_Group, list[RegisteredName]], key: str, case: ProposedName, scope: Scope
    ) -> Sequence[RegisteredName]:
        compared = comparison_of(case.feature_class)
        return groups.get((compared.rank, scope.division_id or "", key), ()) if compared and key else ()

    def _found(
        self, groups: dict[_Group, list[RegisteredName]], key: str, case: ProposedName, scope: Scope
    ) -> tuple[Namesake, ...]:
        return self._shown(self._group(groups, key, case, scope), case)

    def _shown(self, names: Iterable[RegisteredName], case: ProposedName) -> tuple[Namesake, ...]:
        return tuple(
            Namesake(name.name_id, name.place_id, name.text, self._where(name.division_id))
            for name in names
            if name.place_id != case.place_id
            and not is_kin(self._chain, case, name.place_id, name.division_id)
        )

    def _where(self, division_id: str | None) -> str:
        return "" if division_id is None else "".join(step.name for step in self._chain(division_id))


def is_kin(chain: Chain, case: ProposedName, place_id: str, division_id: str | None) -> bool:
    """Whether one of the two lies in the other, as 大理市 in 大理白族自治州: they may share a name."""
    compared = comparison_of(case.feature_class)
    if compared is None or compared.level is not ScopeLevel.NATION:
        return False
    if case.division_id is not None and any(step.id == place_id for step in chain(case.division_id)):
        return True
    return division_id is not None and any(step.id == case.place_id for step in chain(division_id))


def scope_in(level: ScopeLevel, chain: Sequence[Division]) -> Scope | None:
    """The scope of this width that a chain of divisions lies in; None when the chain ends above it."""
    if level is ScopeLevel.NATION:
        return Scope(level, None, "", complete=False)
    for step in chain:
        if step.level is DIVISION_LEVEL[level]:
            return Scope(level, step.id, step.name, complete=level is not ScopeLevel.BUILT_UP_AREA)
    return None


def _specific_of(division: Division) -> str:
    return split_name(division.name, class_of_division(division.kind)).specific
