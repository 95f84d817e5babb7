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
from geoname.service.fold_names import Folding
from geoname.service.live_index import LiveIndex, needs_new_base, open_live_index
from geoname.service.live_names import BasePlace, NameBase, newer_base, newest_place
from geoname.service.uncollected import uncollected
from geoname.store.attachments import Attachments
from geoname.store.index_files import IndexFiles
from geoname.store.open_store import open_store
from geoname.store.protocols import Store

_LOG = logging.getLogger("geoname.watch")
FOLD_AT = 10_000
"""With more names than this in memory a new base is made: each is told again to every process that starts."""
_LOOK_S = 0.1
_TURN_S = 0.0001
"""For so long one thread may keep the others waiting: a question is answered in less, changes take longer."""
_LEAST_REST = 0.2
_PAUSE_S = 0.01
"""Between parts of what a new base has to catch up with, so that questions come first."""


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
        folding: Folding | None = None,
        inspection_terms: Path | None = None,
    ) -> None:
        """Take an open store; the index is opened, or built, when it is first asked for.

        Without `folding` what is written since is not folded into a new base while this one is open.
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
        self._preparing: threading.Thread | None = None
        self._prepared: NameBase | None = None
        self._tried: BasePlace | None = None
        self._folding = folding
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

    def watch(self, seconds: float = 0.25) -> None:
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
        for thread in (self._watcher, self._preparing):
            if thread is not None:
                thread.join()
        if self._folding is not None:
            self._folding.stop()
        self.store.close()

    def _follow(self, seconds: float) -> None:
        rest = seconds
        while not self._closed.wait(rest):
            begun = time.monotonic()
            live = self._live
            if live is None:
                continue
            try:
                if live.data_version != self.store.data_version():
                    if self._folding is not None and needs_new_base(self.store, live):
                        self._wait_for_base(live)
                    live = self.refresh()
                if live.register.came_since > self.fold_at:
                    self._renew(live)
            except GeonameError as error:
                # The index already open goes on answering; the next round tries again.
                _LOG.warning("new data cannot be followed yet: %s", error)
            # What was written while this took in the last is late already.
            rest = max(_LEAST_REST * seconds, seconds - (time.monotonic() - begun))

    def _wait_for_base(self, live: LiveIndex) -> None:
        """Let another process build what this one then only opens; meanwhile the old answers go on."""
        assert self._folding is not None
        self._folding.begin(live.register.place.text())
        while self._folding.is_working() and not self._closed.wait(_LOOK_S):
            pass

    def _renew(self, live: LiveIndex) -> None:
        """Go over to a newer base when there is one, else have one made."""
        if self._preparing is not None and self._preparing.is_alive():
            return
        newer, self._prepared = self._prepared, None
        used = live.register.place
        newest = newest_place(self.files, live.grounds.divisions_version)
        if newer is not None and newer.place.position > used.position:
            with self._opening:
                self._live = open_live_index(self.store, self.files, self._live, newer=newer)
        elif newest is not None and newest.position > used.position and newest != self._tried:
            self._tried = newest
            self._preparing = threading.Thread(
                target=self._prepare, args=(live,), name="geoname-prepare", daemon=True
            )
            self._preparing.start()
        elif self._folding is not None:
            self._folding.begin((newest or used).text())

    def _prepare(self, live: LiveIndex) -> None:
        """Bring a newer base up to what was written since, while the watcher follows on the old one."""
        try:
            self._prepared = newer_base(
                self.store,
                self.files,
                live.grounds.atlas,
                live.register.place,
                lambda: self._closed.wait(_PAUSE_S),
            )
        except GeonameError as error:
            _LOG.warning("a new base cannot be opened yet: %s", error)


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
    folding = Folding(address, cache)
    return Geoname(
        store, cache, attachments, word_lists, practice, field, naming_rules, folding, inspection_terms
    )
