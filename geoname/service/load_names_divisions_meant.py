"""Which records of a file stand for a division that the register has (区划自身的记录)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.names.feature_class import class_of_division
from geoname.service.load_names_cells import where
from geoname.service.load_names_values import Column

_CLASSES = ("212", "213", "214", "215", "216")
"""How the classes of divisions and of self-governing bodies begin."""
_LEVEL_DIGITS = 3
_KEPT = 100_000


class DivisionsMeant:
    """Tells which records stand for a division of the register, which must not come to be there twice."""

    def __init__(self, atlas: DivisionAtlas) -> None:
        """Take the divisions as they are before the load."""
        self._atlas = atlas
        self._named = lru_cache(_KEPT)(self._named_at)

    def find(self, columns: Mapping[str, Column]) -> dict[int, str]:
        """The division that each such row stands for.

        It is the stated one or one next below it, by the name of today or, unless the record says that it is
        gone, by an earlier one; of the stated one's own level it is one beside it of this name, or else the
        stated one, whatever its name.
        """
        classes, divisions = columns["feature_class"], columns["division_id"]
        of_divisions = {each for each in set(classes) if each and each.startswith(_CLASSES)}
        found = {}
        for offset in where(classes, of_divisions):
            stated, name = divisions[offset], columns["name"][offset]
            if stated is None or name is None:
                continue
            today, before = self._named(stated)
            meant = today.get(name)
            if meant is None and columns["end"][offset] is None:
                meant = before.get(name) or self._of_own_level(stated, name, str(classes[offset]))
            if meant is not None:
                found[offset] = meant
        return found

    def _of_own_level(self, stated: str, name: str, feature_class: str) -> str | None:
        division = self._atlas.latest(stated)
        if not feature_class.startswith(class_of_division(division.kind)[:_LEVEL_DIGITS]):
            return None
        beside = {} if division.parent_id is None else self._named(division.parent_id)[0]
        return beside.get(name, stated)

    def _named_at(self, division_id: str) -> tuple[dict[str, str], dict[str, str]]:
        """A division and those next below it, by name: by that of today, and by those they had before."""
        ids = [division_id, *(child.id for child in self._atlas.children(division_id))]
        today = {self._atlas.latest(id_).name: id_ for id_ in reversed(ids)}
        before = {state.name: id_ for id_ in reversed(ids) for state in self._atlas.states(id_)}
        return today, before
