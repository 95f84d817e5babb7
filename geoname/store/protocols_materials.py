"""What a store must do with field materials (外业资料)."""

from __future__ import annotations

from typing import Protocol

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.field_form import FieldForm
from geoname.core.inspections.track_record import TrackRecord


class MaterialStore(Protocol):
    """Photographs, scans, tracks and forms; each change goes on the chain `inspection:ID` with its write.

    Nothing is removed: what was handed in by mistake is withdrawn, with a reason.
    """

    def add_attachment(self, attachment: Attachment) -> Attachment:
        """Keep a new attachment; the one kept already when the same content belongs to the same subject."""
        ...

    def withdraw_attachment(self, attachment_id: str, actor: str, reason: str) -> Attachment:
        """Withdraw an attachment; one withdrawn already stays as it is. NotFoundError for an unknown id."""
        ...

    def attachment(self, attachment_id: str) -> Attachment | None:
        """One attachment, None for an unknown id."""
        ...

    def attachments(self, inspection_id: str) -> list[Attachment]:
        """Those of an inspection, oldest first, withdrawn ones too."""
        ...

    def add_track(self, track: TrackRecord) -> TrackRecord:
        """Keep a new track; the one kept already when the same file belongs to the inspection."""
        ...

    def withdraw_track(self, track_id: str, actor: str, reason: str) -> TrackRecord:
        """Withdraw a track; one withdrawn already stays as it is. NotFoundError for an unknown id."""
        ...

    def track(self, track_id: str) -> TrackRecord | None:
        """One track, None for an unknown id."""
        ...

    def tracks(self, inspection_id: str) -> list[TrackRecord]:
        """Those of an inspection, oldest first, withdrawn ones too."""
        ...

    def add_form(self, form: FieldForm) -> None:
        """Keep a form as it is given out."""
        ...

    def form(self, form_id: str) -> FieldForm | None:
        """One form, None for an unknown id."""
        ...

    def log_given(self, inspection_id: str, actor: str, what: str) -> None:
        """Record that something of an inspection was handed out: a report, an archive set, a photograph."""
        ...
