"""One name with everything the register holds of it, and the history of its changes."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.register.name import Name
from geoname.core.register.visibility import Role, sees_location, sees_name
from geoname.errors import NotFoundError
from geoname.service.answers import NameSummary, SourceShown
from geoname.service.name_answers import name_summary
from geoname.service.opened import Geoname
from geoname.service.showing import source_shown, written
from geoname.store.protocols import NameEntry


@dataclass(frozen=True, slots=True)
class AccountShown:
    """What is told of the place: 来历, 含义, 历史沿革, 典故, 实体概况; empty where nothing is recorded."""

    origin: str
    meaning: str
    history: str
    story: str
    description: str


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    """Approval, filing and announcement, each with its own day."""

    approved_by: str | None
    approver_kind: str | None
    approved_on: str | None
    document: str | None
    filed_on: str | None
    accepted_on: str | None
    announced_on: str | None


@dataclass(frozen=True, slots=True)
class NameDetail:
    """A name, the other names of its place, what is told of it, and where the record comes from."""

    name: NameSummary
    other_names: tuple[NameSummary, ...]
    language: str
    minority_writing: str
    place_code: str | None
    account: AccountShown
    approval: ApprovalShown
    provenance: SourceShown
    version: int


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change: an event of the name, or an edit of its record with the values before and after."""

    at: str | None
    kind: str
    actor: str
    reason: str
    document: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NameHistory:
    """Everything that happened to a name and to its record, oldest first."""

    id: str
    name: str
    entries: tuple[HistoryEntry, ...]


def show_name(geoname: Geoname, name_id: str, role: Role = Role.PUBLIC) -> NameDetail:
    """The name of an id; NotFoundError when there is none that this role may see."""
    index = geoname.live()
    row = index.names.position_of(name_id)
    entry = _entry(geoname, name_id, role)
    if row is None:
        raise _unknown(name_id)
    others = [
        index.names.position_of(other.id)
        for other in geoname.store.names_of(entry.place.id)
        if other.id != name_id and sees_name(role, other.publication)
    ]
    told = entry.place.account
    return NameDetail(
        name_summary(index, row, None, role),
        tuple(name_summary(index, other, None, role) for other in others if other is not None),
        entry.name.language,
        entry.name.minority_writing,
        entry.place.place_code,
        AccountShown(told.origin, told.meaning, told.history, told.story, told.description),
        _approval(entry.name),
        _provenance(geoname, entry.release_id),
        entry.name.version,
    )


def name_history(geoname: Geoname, name_id: str, role: Role = Role.PUBLIC) -> NameHistory:
    """The load or proposal of a name, its events, and every edit of it and its place with who and why."""
    entry = _entry(geoname, name_id, role)
    release = next(one for one in geoname.store.releases() if one.id == entry.release_id)
    source = _provenance(geoname, entry.release_id)
    entries = []
    if geoname.store.proposal(name_id) is None:
        entries.append(HistoryEntry(release.loaded_at, "loaded", release.actor, source.title, "", "", ""))
    for event in geoname.store.name_events(name_id):
        entries.append(
            HistoryEntry(written(event.on), event.kind, event.authority, event.note, event.document, "", "")
        )
    for record in (
        *geoname.store.audit(f"name:{name_id}"),
        # What was changed of the place, its point above all, is told to who may see it.
        *(geoname.store.audit(f"place:{entry.place.id}") if sees_location(role, entry.place.secrecy) else ()),
    ):
        entries.append(
            HistoryEntry(
                record.at, record.action, record.actor, record.reason, "", record.before, record.after
            )
        )
    return NameHistory(name_id, entry.name.text, tuple(sorted(entries, key=lambda one: one.at or "")))


def _entry(geoname: Geoname, name_id: str, role: Role) -> NameEntry:
    entry = geoname.store.name_entry(name_id)
    if entry is None or not sees_name(role, entry.name.publication):
        raise _unknown(name_id)
    return entry


def _unknown(name_id: str) -> NotFoundError:
    return NotFoundError(
        f"there is no name with the id {name_id!r}: search for it to get its id",
        zh=f"没有标识为 {name_id!r} 的地名：请先查询以取得标识",
        field="id",
    )


def _approval(name: Name) -> ApprovalShown:
    given = name.approval
    return ApprovalShown(
        given.approved_by,
        given.approver_kind,
        written(given.approved_on),
        given.document,
        written(given.filed_on),
        written(given.accepted_on),
        written(given.announced_on),
    )


def _provenance(geoname: Geoname, release_id: str) -> SourceShown:
    release = next(one for one in geoname.store.releases() if one.id == release_id)
    return source_shown(next(one for one in geoname.store.sources() if one.id == release.source_id))
