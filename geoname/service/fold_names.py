"""Folds what was written since into a new base of the name index (合并增量), in a process of its own.

A serving process would answer slowly while it builds: Python lets one thread at a time do its work.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from pathlib import Path

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.successions import Successions
from geoname.core.register.name_index.index import NameIndex
from geoname.errors import ConflictError, GeonameError
from geoname.service.beside import told_by_starter
from geoname.service.live_divisions import open_divisions
from geoname.service.live_matcher import MATCHER, LiveMatcher
from geoname.service.live_names import NAMES, POINTS, BasePlace, build_base, changed_ids, newest_place
from geoname.service.name_pieces import SINCE, pieces_over
from geoname.store.index_files import IndexFiles
from geoname.store.open_store import open_store
from geoname.store.protocols import Store

_KEPT = 2
"""Bases that stay: the newest, and the one before, which other processes may be about to open."""
_POLITE = 10


def fold_names(store: Store, files: IndexFiles, beyond: str) -> BasePlace:
    """Make a base newer than the one named `beyond`, unless there is one already; which is the newest then.

    What an end by force leaves behind is no base, and is cleared away the next time.
    """
    divisions_version = store.changes_after(None).divisions_version
    atlas = DivisionAtlas(open_divisions(store, files, divisions_version))
    with files.building(NAMES, str(divisions_version)):
        newest = newest_place(files, divisions_version)
        if newest is None or newest.text() == beyond or not _can_follow(store, newest):
            successions = Successions(store.division_events(), store.successions())

            def with_matcher(names: NameIndex, place: BasePlace) -> None:
                # Where nobody ever matched, nobody waits for it.
                if files.generations(MATCHER):
                    LiveMatcher(names, atlas, successions, files, place.text()).build_files()

            newest = build_base(store, files, atlas, with_matcher).place
        _sweep(store, files)
    return newest


def _can_follow(store: Store, place: BasePlace) -> bool:
    changes = store.changes_after(place.position)
    return changes.reaches_back and changed_ids(store, changes) is not None


def _sweep(store: Store, files: IndexFiles) -> None:
    """Remove bases that nobody opens any more, and what the log holds for them alone; no other builds now."""
    kept = {kind.name: set(files.generations(kind.name)) for kind in files.folder.glob("*") if kind.is_dir()}
    places = [place for text in kept.get(POINTS, ()) if (place := BasePlace.parse(text)) is not None]
    places.sort(key=lambda place: (place.data_version, place.position))
    for place in places[:-_KEPT]:
        for kind in (NAMES, POINTS, MATCHER):
            kept.get(kind, set()).discard(place.text())
        kept.get(SINCE, set()).difference_update(each.text() for each in pieces_over(files, place.text()))
    # What a builder left that was killed between the two.
    kept.get(NAMES, set()).intersection_update(kept.get(POINTS, ()))
    files.prune([(kind, generation) for kind, generations in kept.items() for generation in generations])
    if len(places) >= _KEPT:
        # Whoever writes just now comes first: what is not removed today is removed the next time.
        with suppress(ConflictError):
            store.forget_changes(places[-_KEPT].position)


def main() -> int:
    """Fold as standard input tells; what goes wrong is told in one line."""
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    told, _ = told_by_starter()
    try:
        with closing(open_store(told["address"])) as store:
            fold_names(store, IndexFiles(Path(told["cache"]) / store.database_id()), told["beyond"])
    except GeonameError as error:
        sys.stderr.write(f"the name index cannot be folded: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
