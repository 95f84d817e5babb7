"""Holds what is kept of inspections against what their audit chains tell (案卷核对)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, select

from geoname.core.inspections.inspection import Inspection
from geoname.errors import DatabaseError
from geoname.store.protocols import StoreFault
from geoname.store.rows.inspections import inspection_row, read_content
from geoname.store.schema import (
    audit,
    inspection,
    inspection_finding,
    inspection_paper,
    inspection_record,
    inspection_signature,
    peace_record,
)

_PART = re.compile(r"(record|finding|paper|signature|peace record) (added|changed) (\S+)")
_TABLES = {
    "record": inspection_record,
    "finding": inspection_finding,
    "paper": inspection_paper,
    "signature": inspection_signature,
    "peace record": peace_record,
}
CASE = ("case", "")
_ADDED_LATER: dict[str, Any] = {"papers_returned": 0}
"""What a case says in a field that it was kept without, being older than the field."""
Told = dict[tuple[str, str], dict[str, Any]]


def case_faults(connection: Connection) -> list[StoreFault]:
    """Cases and their parts that were changed, added or taken away past the audit chains."""
    told = _told(connection)
    kept, faults = _kept(connection)
    for id_ in sorted(told.keys() | kept.keys()):
        for part in sorted(told[id_].keys() | kept[id_].keys()):
            if told[id_].get(part) != kept[id_].get(part):
                what = " ".join(part).strip()
                text = f"its {what} is not what the audit chain tells: it was altered from outside"
                faults.append(StoreFault("inspection", f"inspection:{id_}", text))
    return faults


def _told(connection: Connection) -> dict[str, Told]:
    """The content of every case and part as the chains tell it, change by change."""
    asked = (
        select(audit.c.subject, audit.c.action, audit.c.before, audit.c.after)
        .where(audit.c.subject.startswith("inspection:"))
        .order_by(audit.c.subject, audit.c.position)
    )
    told: dict[str, Told] = defaultdict(dict)
    for subject, action, before, after in connection.execute(asked):
        case = told[subject.removeprefix("inspection:")]
        part = _PART.fullmatch(action)
        if action == "generated case removed":
            case.clear()
        elif action == "opened":
            case[CASE] = _ADDED_LATER | json.loads(after)
        elif part is not None:
            key = (part[1], part[3])
            case[key] = {**case.get(key, {}), **json.loads(after)}
        elif before and "version" in json.loads(before):
            # The other entries tell of materials, which have their own tables.
            case[CASE] = {**case.get(CASE, {}), **json.loads(after)}
    return told


def _kept(connection: Connection) -> tuple[dict[str, Told], list[StoreFault]]:
    kept: dict[str, Told] = defaultdict(dict)
    faults = []
    for row in connection.execute(select(inspection)).mappings():
        kept[row["id"]][CASE] = _ADDED_LATER | json.loads(row["content"])
        try:
            columns = inspection_row(read_content(Inspection, row["content"]))
        except DatabaseError as error:
            faults.append(StoreFault("inspection", f"inspection:{row['id']}", error.message))
            continue
        content = json.loads(columns.pop("content"))
        if content != kept[row["id"]][CASE] or any(row[name] != value for name, value in columns.items()):
            text = "its columns do not say what its content says"
            faults.append(StoreFault("inspection", f"inspection:{row['id']}", text))
    for name, table in _TABLES.items():
        asked = select(table.c.id, table.c.inspection_id, table.c.content)
        for id_, inspection_id, content in connection.execute(
            asked.where(table.c.inspection_id.is_not(None))
        ):
            kept[inspection_id][name, id_] = json.loads(content)
    return kept, faults
