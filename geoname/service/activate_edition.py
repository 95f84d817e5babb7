"""Choose the boundary edition that answers are given from."""

from __future__ import annotations

from geoname.service.opened import Geoname


def activate_edition(geoname: Geoname, edition_id: str, actor: str) -> None:
    """Switch to another loaded edition in one transaction; NotFoundError when it is not loaded."""
    with geoname.store.writing(actor, f"activate edition {edition_id}") as writer:
        writer.activate_edition(edition_id)
    geoname.refresh()
