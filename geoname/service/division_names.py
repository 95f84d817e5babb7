"""Which name is the standard name of each division (标准地名), while names are written."""

from __future__ import annotations

from collections.abc import Mapping

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.register.name import NameKind, NameStatus
from geoname.core.register.name_index.delta import NamePiece
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.name_index.live_names import LiveNames

_DIVISIONS = "21"


class DivisionNames:
    """The standard name of every division: the one in force, or else the last there was."""

    def __init__(self, base: NameIndex) -> None:
        """Take the names of the base."""
        rows = base.standard_rows(_DIVISIONS)
        self._base = base
        self._of_base = dict(zip(base.place_ids(rows), rows.tolist(), strict=True))
        self._touched: dict[str, set[str]] = {}
        """The ids of all standard names of each division of which one came since, or is no more."""

    def take_in(self, piece: NamePiece, atlas: DivisionAtlas) -> None:
        """Note which divisions the names of a piece are of."""
        names = piece.names
        rows = names.standard_rows(_DIVISIONS)
        places = names.place_ids(rows)
        touched = {place for place in (*places, *self._base.place_ids(piece.of_base)) if place in atlas}
        if touched - self._touched.keys():
            self._note_names_of_base(touched - self._touched.keys())
        for row, place in zip(rows.tolist(), places, strict=True):
            if place in touched:
                self._touched[place].add(names.row(row).name_id)

    def among(self, names: LiveNames) -> Mapping[str, int]:
        """The row of each division's standard name among those that hold now, by the division's id."""
        if not self._touched:
            return self._of_base
        rows = {id_: row for id_, row in self._of_base.items() if id_ not in self._touched}
        for division, ids in self._touched.items():
            held = (names.row(row) for id_ in ids if (row := names.position_of(id_)) is not None)
            standard = [name for name in held if name.kind is NameKind.STANDARD]
            if standard:
                rows[division] = max(
                    standard, key=lambda name: (name.status is NameStatus.CURRENT, names.order(name.row))
                ).row
        return rows

    def _note_names_of_base(self, divisions: set[str]) -> None:
        self._touched |= {division: set() for division in divisions}
        rows = self._base.standard_rows(_DIVISIONS)
        for row, place in zip(rows.tolist(), self._base.place_ids(rows), strict=True):
            if place in divisions:
                self._touched[place].add(self._base.row(row).name_id)
