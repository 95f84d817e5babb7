"""Choose the boundary edition that answers are given from."""

from __future__ import annotations

from geoname.service.keep_drafts import publish_draft
from geoname.service.opened import Geoname


def activate_edition(geoname: Geoname, edition_id: str, actor: str) -> None:
    """Switch to another loaded edition in one transaction, publishing it first when it is a draft.

    NotFoundError when it is not loaded.
    """
    with geoname.store.writing(actor, f"activate edition {edition_id}") as writer:
        publish_draft(writer, geoname.store, edition_id)
        writer.activate_edition(edition_id)
    geoname.refresh()
