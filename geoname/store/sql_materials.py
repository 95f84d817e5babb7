"""Field materials (外业资料) over any of the databases; each write is audited in its transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection, Table, insert, select, update

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.field_form import FieldForm
from geoname.core.inspections.track_record import TrackRecord
from geoname.errors import NotFoundError
from geoname.store.dialect import Dialect
from geoname.store.rows.cells import check_cells
from geoname.store.rows.inspections import read_content
from geoname.store.rows.materials import material_row
from geoname.store.schema import attachment as attachment_table
from geoname.store.schema import field_form as form_table
from geoname.store.schema import track as track_table
from geoname.store.writing.audit_log import AuditLog, Entry, as_json

Kept = TypeVar("Kept", Attachment, TrackRecord, FieldForm)
File = TypeVar("File", Attachment, TrackRecord)


class SqlMaterials(ABC):
    """What `MaterialStore` says."""

    _dialect: Dialect
    _clock: Callable[[], str]

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction, over a current schema."""

    def add_attachment(self, attachment: Attachment) -> Attachment:
        """Keep a new attachment; the one kept already when the same content belongs to the same subject."""
        table = attachment_table
        same = (
            (table.c.inspection_id == attachment.inspection_id)
            & (table.c.sha256 == attachment.sha256)
            & (table.c.subject == attachment.subject)
        )
        with self._changing() as connection:
            found = connection.execute(select(table.c.content).where(same).order_by(table.c.fid)).scalars()
            known = [read_content(Attachment, content) for content in found]
            for one in known:
                if one.withdrawn_at is None:
                    return one
            self._insert(connection, table, attachment, "attachment added", attachment.actor)
        return attachment

    def withdraw_attachment(self, attachment_id: str, actor: str, reason: str) -> Attachment:
        """Withdraw an attachment; one withdrawn already stays as it is. NotFoundError for an unknown id."""
        return self._withdraw(attachment_table, Attachment, attachment_id, actor, reason)

    def attachment(self, attachment_id: str) -> Attachment | None:
        """One attachment, None for an unknown id."""
        with self._reading() as connection:
            return _found(connection, attachment_table, Attachment, attachment_id)

    def attachments(self, inspection_id: str) -> list[Attachment]:
        """Those of an inspection, oldest first, withdrawn ones too."""
        with self._reading() as connection:
            return _of(connection, attachment_table, Attachment, inspection_id)

    def add_track(self, track: TrackRecord) -> TrackRecord:
        """Keep a new track; the one kept already when the same file belongs to the inspection."""
        with self._changing() as connection:
            for one in _of(connection, track_table, TrackRecord, track.inspection_id):
                if (one.sha256, one.crs, one.withdrawn_at) == (track.sha256, track.crs, None):
                    return one
            self._insert(connection, track_table, track, "track added", track.actor)
        return track

    def withdraw_track(self, track_id: str, actor: str, reason: str) -> TrackRecord:
        """Withdraw a track; one withdrawn already stays as it is. NotFoundError for an unknown id."""
        return self._withdraw(track_table, TrackRecord, track_id, actor, reason)

    def track(self, track_id: str) -> TrackRecord | None:
        """One track, None for an unknown id."""
        with self._reading() as connection:
            return _found(connection, track_table, TrackRecord, track_id)

    def tracks(self, inspection_id: str) -> list[TrackRecord]:
        """Those of an inspection, oldest first, withdrawn ones too."""
        with self._reading() as connection:
            return _of(connection, track_table, TrackRecord, inspection_id)

    def add_form(self, form: FieldForm) -> None:
        """Keep a form as it is given out."""
        with self._changing() as connection:
            self._insert(connection, form_table, form, "form given out", form.actor)

    def form(self, form_id: str) -> FieldForm | None:
        """One form, None for an unknown id."""
        with self._reading() as connection:
            return _found(connection, form_table, FieldForm, form_id)

    def log_given(self, inspection_id: str, actor: str, what: str) -> None:
        """Record that something of an inspection was handed out: a report, an archive set, a photograph."""
        with self._changing() as connection:
            entry = Entry(f"inspection:{inspection_id}", "given out", after=as_json({"what": what}))
            AuditLog(connection, actor, "", self._clock).extend([entry])

    def _insert(
        self, connection: Connection, table: Table, kept: Attachment | TrackRecord | FieldForm,
        action: str, actor: str,
    ) -> None:  # fmt: skip
        row = material_row(kept)
        check_cells(row, table.name)
        connection.execute(insert(table), [row])
        # A form holds every record of the case as it was, which the chain has told already.
        told = as_json({"form": kept.id}) if isinstance(kept, FieldForm) else row["content"]
        entry = Entry(f"inspection:{kept.inspection_id}", action, after=told)
        AuditLog(connection, actor, "", self._clock).extend([entry])
        self._dialect.note_changes(connection, {table.name})

    def _withdraw(self, table: Table, kind: type[File], kept_id: str, actor: str, reason: str) -> File:
        with self._changing() as connection:
            kept = _found(connection, table, kind, kept_id)
            if kept is None:
                raise NotFoundError(
                    f"there is no {table.name} {kept_id!r}: look through those of the inspection",
                    zh=f"没有 {kept_id!r}：请在该联检的资料中查找",
                    field="id",
                )
            if kept.withdrawn_at is not None:
                return kept
            gone = replace(
                kept, withdrawn_at=self._clock(), withdrawn_by=actor, withdrawn_reason=reason
            )  # fmt: skip
            row = material_row(gone)
            check_cells(row, table.name)
            connection.execute(update(table).where(table.c.id == kept_id).values(row))
            entry = Entry(
                f"inspection:{kept.inspection_id}", f"{table.name} withdrawn {kept_id}",
                after=as_json({"reason": reason}),
            )  # fmt: skip
            AuditLog(connection, actor, reason, self._clock).extend([entry])
            self._dialect.note_changes(connection, {table.name})
            return gone


def _found(connection: Connection, table: Table, kind: type[Kept], kept_id: str) -> Kept | None:
    content = connection.execute(select(table.c.content).where(table.c.id == kept_id)).scalar_one_or_none()
    return None if content is None else read_content(kind, content)


def _of(connection: Connection, table: Table, kind: type[Kept], inspection_id: str) -> list[Kept]:
    asked = select(table.c.content).where(table.c.inspection_id == inspection_id).order_by(table.c.fid)
    return [read_content(kind, content) for content in connection.execute(asked).scalars()]
