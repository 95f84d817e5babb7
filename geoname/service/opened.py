"""An opened database with its live index: what every service function is given."""

from __future__ import annotations

import logging
import sys
import threading
import time
from pathlib import Path

from geoname.core.boundaries.line_practice import USUAL, LinePractice
from geoname.core.inspections.field_practice import USUAL_FIELD, FieldPractice
from geoname.errors import GeonameError
from geoname.service.beside import Beside, ProcessesBeside
from geoname.service.live_index import LiveIndex, count_changed, index_of_pieces, open_live_index
from geoname.service.live_names import base_with_pieces, newest_place
from geoname.service.name_pieces import are_pieces_made, chain_over
from geoname.service.uncollected import uncollected
from geoname.store.attachments import Attachments
from geoname.store.index_files import IndexFiles
from geoname.store.open_store import open_store
from geoname.store.protocols import Store

_LOG = logging.getLogger("geoname.watch")
FOLD_AT = 20_000
"""With more names than this since a base a new one is made: no process that starts need take in more."""
_LOOK_S = 0.1
_TURN_S = 0.0001
"""For so long one thread may keep the others waiting: a question is answered in less, changes take longer."""
_LEAST_REST = 0.2
_FEW, _MANY = 100, 8_000
"""More than so few changes at once are left to the process beside, and so many waited for."""
_PATIENCE_S, _LONG_PATIENCE_S = 0.5, 10.0
"""For so long what that process makes is waited for: what was written is to be found within a second."""


class Geoname:
    """A database, its index files, and the index that answers are given from at this moment."""

    def __init__(
        self,
        store: Store,
        cache: Path,
        attachments: Path | None = None,
        word_lists: Path | None = None,
        practice: LinePractice = USUAL,
        field: FieldPractice = USUAL_FIELD,
        naming_rules: Path | None = None,
        beside: ProcessesBeside | None = None,
        inspection_terms: Path | None = None,
    ) -> None:
        """Take an open store; the index is opened, or built, when it is first asked for.

        Without `beside` this one follows alone, and folds nothing into a new base.
        """
        self.store = store
        self.word_lists = word_lists
        self.naming_rules = naming_rules
        self.inspection_terms = inspection_terms
        self.practice = practice
        self.field = field
        self.attachments = Attachments(attachments or cache.parent / "files")
        self.files = IndexFiles(cache / store.database_id())
        self._live: LiveIndex | None = None
        self._opening = threading.Lock()
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        self._late_since: float | None = None
        self._beside = beside
        self.fold_at = FOLD_AT

    def live(self) -> LiveIndex:
        """The index; NotReadyError when nothing is loaded yet."""
        live = self._live
        return live if live is not None else self.refresh()

    @property
    def generation(self) -> str:
        """What answers are made from; it changes whenever an answer could."""
        return self.live().generation

    def refresh(self) -> LiveIndex:
        """Take in what the store's data has become; whoever wrote calls this, and finds what they wrote."""
        with self._opening:
            if self._live is None:
                with uncollected(stays=True):
                    self._live = open_live_index(self.store, self.files)
            else:
                self._live = open_live_index(self.store, self.files, self._live)
            return self._live

    def watch(self, seconds: float = 0.15) -> None:
        """From now on, follow what other processes publish, in a thread of its own."""
        if self._watcher is None:
            sys.setswitchinterval(_TURN_S)
            self._watcher = threading.Thread(
                target=self._follow, args=(seconds,), name="geoname-watch", daemon=True
            )
            self._watcher.start()

    def close(self) -> None:
        """Stop watching and give back what is open."""
        self._closed.set()
        if self._watcher is not None:
            self._watcher.join()
        if self._beside is not None:
            self._beside.stop()
        self.store.close()

    def _follow(self, seconds: float) -> None:
        rest = seconds
        while not self._closed.wait(rest):
            begun = time.monotonic()
            live = self._live
            if live is None:
                continue
            try:
                live = self._take_in(live, begun)
                if live.register.came_since > self.fold_at:
                    self._renew(live)
            except GeonameError as error:
                # The index already open goes on answering; the next round tries again.
                _LOG.warning("new data cannot be followed yet: %s", error)
            # What was written while this took in the last is late already.
            rest = max(_LEAST_REST * seconds, seconds - (time.monotonic() - begun))

    def _take_in(self, live: LiveIndex, now: float) -> LiveIndex:
        """What others wrote: from pieces where a process makes them, else name by name."""
        if live.data_version == self.store.data_version():
            self._late_since = None
            return live
        with self._opening:
            assert self._live is not None
            self._live = made = index_of_pieces(self.store, self.files, self._live)
        if made is not live:
            self._late_since = now
            return made
        self._late_since = self._late_since or now
        is_made = are_pieces_made(self.files)
        if is_made and now - self._late_since < _PATIENCE_S:
            return live
        beside = self._beside
        count = count_changed(self.store, live)
        if beside is not None and count is None:
            self._wait_for_base(live, beside.folding)
        elif beside is not None and count is not None and count > _FEW:
            if not is_made:
                beside.following.begin()
            if count > _MANY and now - self._late_since < _LONG_PATIENCE_S:
                return live
        # What is made ready needs time to overtake what was taken in here.
        self._late_since = None
        return self.refresh()

    def _wait_for_base(self, live: LiveIndex, folding: Beside) -> None:
        """Let another process build what this one then only opens; meanwhile the old answers go on."""
        folding.begin(beyond=live.register.place.text())
        while folding.is_working() and not self._closed.wait(_LOOK_S):
            pass

    def _renew(self, live: LiveIndex) -> None:
        """Go over to a newer base when there is one, else have one made."""
        used = live.register.place
        newest = newest_place(self.files, used.divisions_version)
        if newest is None or newest.position <= used.position:
            if self._beside is not None:
                self._beside.folding.begin(beyond=used.text())
            return
        chain = chain_over(self.files, newest.text(), newest.position)
        if live.followed - (chain[-1] if chain else newest).position <= _MANY:
            newer = base_with_pieces(self.files, live.atlas, newest)
            with self._opening:
                self._live = open_live_index(self.store, self.files, self._live, newer=newer)
        elif self._beside is not None and not are_pieces_made(self.files):
            self._beside.following.begin()


def open_geoname(
    address: str,
    cache: Path,
    attachments: Path | None = None,
    word_lists: Path | None = None,
    practice: LinePractice = USUAL,
    field: FieldPractice = USUAL_FIELD,
    naming_rules: Path | None = None,
    *,
    inspection_terms: Path | None = None,
    create: bool = False,
) -> Geoname:
    """Open a database by its address (a path or a database URL) and the folders of its index files.

    `attachments` holds the files that people hand in; beside the index files unless it is given.
    `word_lists` is a file of the office's own lists for the naming rules, `practice` its own way with lines,
    `field` with work in the field. `naming_rules` is its table of who approves by the province's own rules,
    `inspection_terms` of the days of joint inspections.
    """
    store = open_store(address, create=create)
    beside = ProcessesBeside(address, cache)
    return Geoname(
        store, cache, attachments, word_lists, practice, field, naming_rules, beside, inspection_terms
    )
