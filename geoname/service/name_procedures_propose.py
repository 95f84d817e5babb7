"""Proposes a name (命名申请): checked against the rules, kept with its reasons, shown to tokens alone."""

from __future__ import annotations

from datetime import date

from geoname.core.register.token import Caller
from geoname.service.name_procedures import show_procedure
from geoname.service.name_procedures_answers import ProcedureShown
from geoname.service.name_procedures_draft import draft_of, write_draft
from geoname.service.name_procedures_office import (
    office_release,
    today_here,
)
from geoname.service.name_procedures_place import Proposing
from geoname.service.opened import Geoname


def propose_name(
    geoname: Geoname, asked: Proposing, caller: Caller, today: date | None = None
) -> ProcedureShown:
    """Keep a proposal and show where it stands.

    AgainstRulesError when findings block it; ForbiddenError when the caller does not act for the division;
    InvalidInputError, NotFoundError and AmbiguousCodeError for what cannot be right.
    """
    day = today or today_here()
    draft = draft_of(geoname, asked, caller, day)
    with geoname.store.writing(caller.actor, draft.proposal.reason) as writer:
        write_draft(writer, draft, office_release(writer, geoname.store, caller.actor), day)
    geoname.refresh()
    return show_procedure(
        geoname, draft.name.id, caller, findings=draft.findings, notes=draft.notes, today=day
    )
