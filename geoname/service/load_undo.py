"""Take back a load (撤销载入): what it added is gone, what it changed is as before."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.register.provenance import ReleaseState
from geoname.errors import ConflictError, NotFoundError
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking back did: how many records are gone, how many are as they were before."""

    release: str
    gone: int
    restored: int


def undo_load(geoname: Geoname, release_id: str, actor: str) -> Undone:
    """Withdraw the release of a load; readers see it at once.

    NotFoundError for an unknown release; ConflictError when it is not published, is not the last of its
    source, when its records were changed since, or something was built on them: then nothing is changed.
    """
    releases = geoname.store.releases()
    release = next((one for one in releases if one.id == release_id), None)
    if release is None:
        raise NotFoundError(
            f"there is no release {release_id!r}: the report of the load names it",
            zh=f"没有批次 {release_id!r}：载入报告中写有批次",
            field="release",
        )
    if release.state is not ReleaseState.PUBLISHED:
        raise ConflictError(
            f"release {release_id} is {release.state}, not published: there is nothing to take back",
            zh=f"批次 {release_id} 未在发布状态：没有可撤销的内容",
            field="release",
        )
    later = [
        one.id
        for one in releases
        if one.source_id == release.source_id
        and one.state is ReleaseState.PUBLISHED
        and (one.published_at or "") > (release.published_at or "")
    ]
    if later:
        raise ConflictError(
            f"release {later[-1]} of the same source was published later: take that back first",
            zh=f"同一来源的批次 {later[-1]} 发布在后：请先撤销它",
            field="release",
        )
    written = geoname.store.withdraw(release, actor=actor, reason=f"undo {release_id}")
    geoname.refresh()
    return Undone(release_id, written.added, written.changed)
