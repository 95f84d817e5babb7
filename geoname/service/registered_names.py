"""The register as the naming rules ask it (重名查询): one name through the index, or all names to group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from geoname.core.divisions.division import Division, DivisionKind
from geoname.core.names.feature_class import PREFECTURE, class_of_division
from geoname.core.names.keys import name_key
from geoname.core.names.place_name import split_name
from geoname.core.register.name import Name, NameKind, NameStatus
from geoname.core.register.name_index.filtering import NameFilter
from geoname.core.register.name_index.index import PinyinForm
from geoname.core.register.name_index.paging import Page
from geoname.core.register.name_index.records import IndexedName
from geoname.core.register.visibility import Role, sees_name
from geoname.core.rules.case import ProposedName
from geoname.core.rules.grouped_names import RegisteredName, is_kin, scope_in
from geoname.core.rules.scopes import Namesake, Scope, comparison_of
from geoname.core.rules.sound import sound_in_spelling, toneless
from geoname.service.live_index import LiveIndex

_PAGE = 500
_COUNTY_STEP = 2
Ask = Callable[[NameFilter, int], Page]


class IndexedNames:
    """Answers what rules ask of the register, one name at a time, from the index that is open."""

    def __init__(self, index: LiveIndex, names_of: Callable[[str], Sequence[Name]], role: Role) -> None:
        """Take the index, the names of a place as the store has them, and who asks."""
        self._index = index
        self._names_of = names_of
        self._role = role

    def scope_of(self, case: ProposedName) -> Scope | None:
        """The lawful scope of a case; None when its division is not told or lies too high to say."""
        compared = comparison_of(case.feature_class)
        return None if compared is None else scope_in(compared.level, self._chain(case.division_id))

    def same_text(self, text: str, case: ProposedName, scope: Scope) -> tuple[Namesake, ...]:
        """Names that are this text, the case's own place left out."""
        key = name_key(text)
        found = self._found(
            lambda wanted, after: self._index.names.exact(key, wanted, after, _PAGE), case, scope
        )
        return tuple(map(self._namesake, found))

    def same_specific(self, specific: str, case: ProposedName, scope: Scope) -> tuple[Namesake, ...]:
        """Names with this specific element, whatever their generic."""
        key = name_key(specific)
        found = self._found(
            lambda wanted, after: self._index.names.specific(key, wanted, after, _PAGE), case, scope
        )
        return tuple(self._namesake(name) for name in found if name_key(name.specific) == key)

    def same_sound(
        self, sound: tuple[str, ...], case: ProposedName, scope: Scope, *, toned: bool
    ) -> tuple[Namesake, ...]:
        """Names whose specific element is written otherwise and sounds so, or so but for the tones."""
        plain, own = toneless(sound), name_key(case.name.specific)
        key = "".join(plain)

        def ask(wanted: NameFilter, after: int) -> Page:
            return self._index.names.pinyin(
                key, PinyinForm.PLAIN, prefix=True, filter=wanted, after=after, limit=_PAGE
            )

        alike = []
        for name in self._found(ask, case, scope):
            heard = sound_in_spelling(name.romanization, len(name.specific))
            if heard is None or toneless(heard) != plain or name_key(name.specific) == own:
                continue
            if (heard == sound) is toned:
                alike.append(self._namesake(name))
        return tuple(alike)

    def bears(self, specific: str, case: ProposedName) -> bool:
        """Whether a division that holds the case, or one below its county, has this specific element."""
        chain, key = self._chain(case.division_id), name_key(specific)
        if any(name_key(_specific_of(step)) == key for step in chain):
            return True
        if len(chain) <= _COUNTY_STEP:
            return False
        wanted = self._filter(self._index.atlas.span(chain[_COUNTY_STEP].id), "21")
        page = self._index.names.specific(key, wanted, -1, _PAGE)
        return any(name_key(self._index.names.row(row).specific) == key for row in page.rows)

    def current_names(self, place_id: str) -> tuple[str, ...]:
        """The standard names in force of one place."""
        return tuple(
            dict.fromkeys(
                name.text
                for name in self._names_of(place_id)
                if name.kind is NameKind.STANDARD
                and name.status is NameStatus.CURRENT
                and sees_name(self._role, name.publication)
            )
        )

    def _chain(self, division_id: str | None) -> tuple[Division, ...]:
        return () if division_id is None else self._index.atlas.chain(division_id)

    def _filter(self, span: tuple[int, int] | None, feature_class: str) -> NameFilter:
        return NameFilter(feature_class, span, None, frozenset({NameStatus.CURRENT}), None, self._role)

    def _found(self, ask: Ask, case: ProposedName, scope: Scope) -> Iterator[IndexedName]:
        """The standard names of comparable classes in the scope, page by page."""
        compared = comparison_of(case.feature_class)
        if compared is None:
            return
        span = None if scope.division_id is None else self._index.atlas.span(scope.division_id)
        # One filter takes one class; of several the rest is left out below.
        wanted = self._filter(span, compared.classes[0] if len(compared.classes) == 1 else "")
        after, more = -1, True
        while more:
            page = ask(wanted, after)
            for row in page.rows:
                name = self._index.names.row(row)
                if (
                    name.kind is NameKind.STANDARD
                    and name.place_id != case.place_id
                    and name.feature_class.startswith(compared.classes)
                    and not is_kin(self._index.atlas.chain, case, name.place_id, _holder(self._index, name))
                    and is_own_name(self._index, name)
                ):
                    yield name
            more = page.more and bool(page.rows)
            after = page.rows[-1] if page.rows else after

    def _namesake(self, name: IndexedName) -> Namesake:
        return Namesake(name.name_id, name.place_id, name.text, where_of(self._index, name))


def where_of(index: LiveIndex, name: IndexedName) -> str:
    """The chain of divisions that holds a name, written together."""
    return "".join(index.names_above(name.division))


def registered_names(index: LiveIndex, role: Role) -> Iterator[tuple[IndexedName, RegisteredName]]:
    """Every standard name in force that may be shown, as the index has it and as groups take it."""
    for row in index.names.rows():
        name = index.names.row(row)
        if name.kind is not NameKind.STANDARD or name.status is not NameStatus.CURRENT:
            continue
        if not (sees_name(role, name.publication) and is_own_name(index, name)):
            continue
        yield (
            name,
            RegisteredName(
                name.name_id,
                name.place_id,
                name.text,
                name.specific,
                name.feature_class,
                _holder(index, name),
                sound_in_spelling(name.romanization, len(name.specific)),
            ),
        )


def is_own_name(index: LiveIndex, name: IndexedName) -> bool:
    """False for statistical groupings (市辖区, 县 under 重庆市), which are no divisions and bear no names."""
    if name.feature_class != PREFECTURE or name.place_id not in index.atlas:
        return True
    return index.atlas.latest(name.place_id).kind is not DivisionKind.DIRECT_UNITS


def _holder(index: LiveIndex, name: IndexedName) -> str | None:
    return index.atlas.at(name.division).id if name.division >= 0 else None


def _specific_of(division: Division) -> str:
    return split_name(division.name, class_of_division(division.kind)).specific
