"""The log of changes (变更日志) over any of the databases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, func, select

from geoname.store.dialect import Dialect
from geoname.store.protocols import Served
from geoname.store.protocols_changes import Change, Changes, What
from geoname.store.reading.editions import (
    CHANGES_FORGOTTEN,
    DATA_VERSION,
    DIVISIONS_VERSION,
    read_setting,
)
from geoname.store.reading.name_entries import stream_name_entries
from geoname.store.reading.records import chunks
from geoname.store.reading.served_columns import served_names
from geoname.store.reading.standing import as_it_stands
from geoname.store.schema import live_change, name, place
from geoname.store.served_names import ServedNames
from geoname.store.writing.settings import write_setting


class SqlChanges(ABC):
    """What `ChangeLog` says."""

    _dialect: Dialect

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction."""

    def changes_after(self, position: int | None) -> Changes:
        """The state of the data and the changes after a position; none are listed for None."""
        listed = select(live_change.c.fid, live_change.c.what, live_change.c.key).order_by(live_change.c.fid)
        with self._reading() as connection:
            data_version, divisions_version, forgotten = (
                int(read_setting(connection, key) or "0")
                for key in (DATA_VERSION, DIVISIONS_VERSION, CHANGES_FORGOTTEN)
            )
            last = connection.execute(select(func.max(live_change.c.fid))).scalar_one_or_none()
            after = listed.where(live_change.c.fid > position) if position is not None else None
            found = connection.execute(after).all() if after is not None else ()
        return Changes(
            data_version,
            divisions_version,
            max(last or 0, forgotten),
            position is None or position >= forgotten,
            tuple([Change(What(row.what), row.key) for row in found]),
        )

    def served_entries(self, name_ids: Collection[str], place_ids: Collection[str]) -> Served:
        """Names of these ids and all names of these places: those that are served, the ids of the others."""
        asked = dict.fromkeys(name_ids)
        with self._reading() as connection:
            for part in chunks(place_ids):
                of_places = select(name.c.id).where(name.c.place_id.in_(part))
                standing = as_it_stands(connection, of_places)
                asked.update(dict.fromkeys(connection.execute(standing).scalars()))
            entries = [
                entry
                for part in chunks(asked)
                for batch in stream_name_entries(connection, self._dialect, len(part), name.c.id.in_(part))
                for entry in batch
            ]
        for entry in entries:
            del asked[entry.name.id]
        return Served(tuple(entries), tuple(asked))

    def served_names(self) -> ServedNames:
        """Every name that is served with its place, as columns."""
        with self._reading() as connection:
            return served_names(connection, self._dialect)

    def ids_of_release(self, release_id: str, most: int) -> tuple[list[str], list[str]] | None:
        """The ids of the names and places that belong to a release; None when there are more than `most`."""
        listed: list[list[str]] = []
        with self._reading() as connection:
            for table in (name, place):
                asked = select(table.c.id).where(table.c.release_id == release_id).limit(most + 1)
                listed.append([*connection.execute(as_it_stands(connection, asked)).scalars()])
        names, places = listed
        return (names, places) if max(len(names), len(places)) <= most else None

    def forget_changes(self, position: int) -> None:
        """Remove what the log holds up to a position."""
        with self._changing() as connection:
            forgotten = int(read_setting(connection, CHANGES_FORGOTTEN) or "0")
            if position > forgotten:
                connection.execute(delete(live_change).where(live_change.c.fid <= position))
                write_setting(connection, CHANGES_FORGOTTEN, str(position))
