"""Follows what is written, and makes pieces of it that all workers map (跟随增量), in a process of its own.

A worker that made the keys of a thousand names a second itself would keep those waiting who ask it.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.errors import GeonameError
from geoname.service.beside import told_by_starter
from geoname.service.live_divisions import open_divisions
from geoname.service.live_names import BasePlace, NameBase, newest_place, open_base
from geoname.service.name_pieces import SINCE, PiecePlace, making_pieces, pieces_over, save_piece
from geoname.store.index_files import IndexFiles
from geoname.store.open_store import open_store
from geoname.store.protocols import Store
from geoname.store.protocols_changes import What

_REST_S = 0.1
_IDLE_S = 60.0
"""When so long nothing was written, there is nothing to follow."""
_KEPT_S = 5.0
"""For so long a piece stays after a longer one took its place, for those who are about to open it."""


class PieceMaker:
    """Makes the pieces over one base."""

    def __init__(self, store: Store, files: IndexFiles, atlas: DivisionAtlas, base: NameBase) -> None:
        """Take a base; what another maker left over it is taken away."""
        self._store, self._files, self._atlas = store, files, atlas
        self._register = base
        self._places: list[PiecePlace] = []
        self._left = [(time.monotonic(), place) for place in pieces_over(files, base.place.text())]

    def follow(self) -> bool | None:
        """Lay down what was written since the last time; whether there was any, None when it is too much."""
        register = self._register
        state = self._store.changes_after(register.position)
        if state.divisions_version != register.place.divisions_version or not state.reaches_back:
            return None
        if state.position == register.position:
            return False
        followed = register.followed(self._store, self._atlas, state)
        if followed is None:
            return None
        # Where no piece tells of it, the next one begins where this would have.
        if followed.delta is not register.delta:
            editions = any(change.what is What.EDITIONS for change in state.changes)
            self._lay_down(followed, state.data_version, editions)
        return followed.delta is not register.delta

    def _lay_down(self, followed: NameBase, data_version: int, editions: bool) -> None:
        """Keep the last piece, which takes the place of those that are no more."""
        before = self._register
        kept = sum(piece in before.delta.pieces for piece in followed.delta.pieces)
        joined = self._places[kept:]
        made = PiecePlace(
            followed.place.text(),
            joined[0].after if joined else before.position,
            followed.position,
            data_version,
            editions or any(place.editions for place in joined),
        )
        save_piece(self._files, made, followed.delta.pieces[-1])
        self._register = followed
        self._places[kept:] = [made]
        self._left += [(time.monotonic(), place) for place in joined]

    def moved_to(self, base: NameBase) -> PieceMaker:
        """The maker of the pieces over a newer base, of which the first tells what came since that one."""
        newer = PieceMaker(self._store, self._files, self._atlas, base)
        moved = self._register.moved_to(base, self._store, self._atlas)
        if moved is not base:
            editions = any(place.editions for place in self._places)
            newer._lay_down(moved, self._places[-1].data_version, editions)
        return newer

    def clear(self) -> None:
        """Remove the pieces whose place others took a while ago."""
        now = time.monotonic()
        while self._left and now - self._left[0][0] >= _KEPT_S:
            self._files.remove(SINCE, self._left.pop(0)[1].text())


def follow_names(store: Store, files: IndexFiles, ended: threading.Event, idle_s: float = _IDLE_S) -> None:
    """Follow until `ended`, nothing was written for long, or what came is too much to be followed.

    Only one process does so; in any other this returns at once.
    """
    with making_pieces(files) as free:
        if not free:
            return
        divisions_version = store.changes_after(None).divisions_version
        atlas = DivisionAtlas(open_divisions(store, files, divisions_version))

        def newest_beyond(place: BasePlace | None) -> NameBase | None:
            newest = newest_place(files, divisions_version)
            return open_base(files, newest) if newest is not None and newest != place else None

        base = newest_beyond(None)
        if base is None:
            return
        maker, heard = PieceMaker(store, files, atlas, base), time.monotonic()
        while not ended.wait(_REST_S):
            came = maker.follow()
            maker.clear()
            if came:
                heard = time.monotonic()
            elif came is None or time.monotonic() - heard > idle_s:
                return
            newer = newest_beyond(base.place)
            if newer is not None:
                base, maker = newer, maker.moved_to(newer)


def main() -> int:
    """Follow as standard input tells; what goes wrong is told in one line."""
    told, ended = told_by_starter()
    try:
        with closing(open_store(told["address"])) as store:
            follow_names(store, IndexFiles(Path(told["cache"]) / store.database_id()), ended)
    except GeonameError as error:
        sys.stderr.write(f"what is written cannot be followed: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
