"""Reads changes of divisions done over the interfaces (变更办理), over any of the databases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from geoname.core.divisions.change_record import ChangeRecord
from geoname.core.register.place import Place
from geoname.store.dialect import Dialect
from geoname.store.reading.records import chunks, served_rows
from geoname.store.rows.division_changes import change_of
from geoname.store.rows.kept import PLACES
from geoname.store.rows.register import place_of
from geoname.store.schema import division_change, place


class SqlDivisionChangeReader(ABC):
    """What `DivisionChangeReader` says."""

    _dialect: Dialect

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    def division_changes(self) -> list[ChangeRecord]:
        """Every change that was done here, oldest first, undone ones too."""
        asked = select(division_change).order_by(division_change.c.fid)
        with self._reading() as connection:
            return [change_of(dict(row)) for row in connection.execute(asked).mappings()]

    def places(self, ids: Collection[str]) -> list[Place]:
        """The places of these ids, those that are there."""
        with self._reading() as connection:
            return [
                place_of(row)
                for part in chunks(ids)
                for row in served_rows(connection, self._dialect, PLACES, place.c.id.in_(part))
            ]

    def places_in(self, division_id: str) -> list[Place]:
        """The places that a division holds itself, divisions among them."""
        with self._reading() as connection:
            rows = served_rows(connection, self._dialect, PLACES, place.c.division_id == division_id)
        return [place_of(row) for row in rows]
