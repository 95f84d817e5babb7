"""Records of a division that is no more (已撤销的政区): put where it went, as their places tell."""

from __future__ import annotations

from collections import Counter

import numpy as np

from geoname.service.load_names_cells import Rows, where
from geoname.service.load_names_divisions import DivisionFinder
from geoname.service.load_names_places import Located
from geoname.service.load_names_troubles import Trouble
from geoname.service.load_names_values import Column
from geoname.service.load_names_where import DivisionCheck


class RetiredDivisions:
    """Settles which of the heirs of a division holds a record, and counts them by (name it had, heir)."""

    def __init__(
        self, divisions: DivisionFinder, where: DivisionCheck, followed: Counter[tuple[str, str]]
    ) -> None:
        """Take what finds divisions and places, and where to count."""
        self._divisions = divisions
        self._where = where
        self._followed = followed

    def settle(self, rows: Rows, ids: Column, located: Located) -> None:
        """Fill in the ids of records whose place lies in one heir, and take their trouble away."""
        written = rows.texts["division"]
        retired = {text: found for text in set(written) if text and (found := self._divisions.find(text)).was}
        settled = set()
        for offset in where(written, retired):
            found, id_ = retired[written[offset]], ids[offset]
            if id_ is None and not np.isnan(located.lon[offset]):
                id_ = self._of_place(located, offset, found.heirs)
                if id_ is not None:
                    ids[offset] = id_
                    settled.add(rows.batch.first_row + offset)
            if id_ is not None:
                self._followed[found.was, id_] += 1
        if settled:
            rows.troubles = [
                one
                for one in rows.troubles
                if one.trouble is not Trouble.RETIRED_DIVISION or one.row not in settled
            ]

    def _of_place(self, located: Located, offset: int, heirs: tuple[str, ...]) -> str | None:
        """The heir in which a place lies; where none is recorded, the division there."""
        (there,) = self._where.located_in(located.lon[offset : offset + 1], located.lat[offset : offset + 1])
        if there is None or not heirs:
            return there
        chain = {step.id for step in self._where.atlas.chain(there)}
        within = [heir for heir in heirs if heir in chain]
        return within[0] if len(within) == 1 else None
