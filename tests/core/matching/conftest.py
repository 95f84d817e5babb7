"""The matcher over the shipped register, built once without a database."""

import pytest

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.successions import Successions
from geoname.core.names.readings import EMPTY_TABLE
from geoname.formats.shipped_data import (
    read_division_events,
    read_divisions,
    read_former_divisions,
    read_neighbours,
    read_successions,
)
from geoname.service.live_matcher import build_matcher
from geoname.service.matcher_rows import NameRow
from geoname.service.shipped_records import division_records


class Register:
    """Everything from which the shipped matcher is built."""

    def __init__(self):
        shipped = [*read_divisions(), *read_neighbours(), *read_former_divisions()]
        self.atlas = DivisionAtlas([one.division for one in shipped])
        self.successions = Successions(read_division_events(), read_successions())
        self.rows = []
        for records in division_records(shipped, EMPTY_TABLE, {}).values():
            held = {place.id: place.division_id for place in records.places}
            for name in records.names:
                within = held[name.place_id]
                position = -1 if within is None else self.atlas.position(within)
                self.rows.append(
                    NameRow(
                        name.id,
                        name.place_id,
                        name.text,
                        name.romanization,
                        len(name.specific),
                        position,
                        name.kind,
                        name.status,
                    )
                )

    def build(self, rows=(), former=()):
        return build_matcher([*self.rows, *rows], self.atlas, self.successions, former)

    def position(self, *path):
        """The preorder position of a division by its path of names from the province down."""
        below = self.atlas.children(None)
        for name in path:
            division = next(one for one in below if one.name == name)
            below = self.atlas.children(division.id)
        return self.atlas.position(division.id)


@pytest.fixture(scope="session")
def register():
    return Register()


@pytest.fixture(scope="session")
def matcher(register):
    return register.build()


@pytest.fixture(scope="session")
def villages(matcher):
    """The entries of all villages."""
    entries = matcher.entries
    return [row for row in range(len(entries)) if entries.depth[row] == 4 and entries.kind[row] == 0]
