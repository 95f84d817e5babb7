"""An opened database with its live index: what every service function is given."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geoname.core.boundaries.line_practice import USUAL, LinePractice
from geoname.core.inspections.field_practice import USUAL_FIELD, FieldPractice
from geoname.errors import GeonameError
from geoname.service.live_index import LiveIndex, open_live_index
from geoname.store.attachments import Attachments
from geoname.store.index_files import IndexFiles
from geoname.store.open_store import open_store
from geoname.store.protocols import Store

_LOG = logging.getLogger("geoname.watch")


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
    ) -> None:
        """Take an open store; the index is opened, or built, when it is first asked for."""
        self.store = store
        self.word_lists = word_lists
        self.naming_rules = naming_rules
        self.practice = practice
        self.field = field
        self.attachments = Attachments(attachments or cache.parent / "files")
        self.files = IndexFiles(cache / store.database_id())
        self._live: LiveIndex | None = None
        self._opening = threading.Lock()
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None

    def live(self) -> LiveIndex:
        """The index; NotReadyError when nothing is loaded yet."""
        live = self._live
        return live if live is not None else self.refresh()

    @property
    def generation(self) -> str:
        """What answers are made from; it changes whenever an answer could."""
        return self.live().generation

    def refresh(self) -> LiveIndex:
        """Open the index of the store's present data, if it is not the one already open."""
        with self._opening:
            if self._live is None:
                with _uncollected():
                    self._live = open_live_index(self.store, self.files)
            else:
                self._live = open_live_index(self.store, self.files, self._live)
            return self._live

    def watch(self, seconds: float = 0.5) -> None:
        """From now on, follow what other processes publish, in a thread of its own."""
        if self._watcher is None:
            self._watcher = threading.Thread(
                target=self._follow, args=(seconds,), name="geoname-watch", daemon=True
            )
            self._watcher.start()

    def close(self) -> None:
        """Stop watching and give back what is open."""
        self._closed.set()
        if self._watcher is not None:
            self._watcher.join()
        self.store.close()

    def _follow(self, seconds: float) -> None:
        while not self._closed.wait(seconds):
            live = self._live
            try:
                if live is not None and live.data_version != self.store.data_version():
                    self.refresh()
            except GeonameError as error:
                # The index already open goes on answering; the next round tries again.
                _LOG.warning("new data cannot be followed yet: %s", error)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the garbage collector what is made here: it all stays, and searching it doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collecting:
            gc.enable()


def open_geoname(
    address: str,
    cache: Path,
    attachments: Path | None = None,
    word_lists: Path | None = None,
    practice: LinePractice = USUAL,
    field: FieldPractice = USUAL_FIELD,
    naming_rules: Path | None = None,
    *,
    create: bool = False,
) -> Geoname:
    """Open a database by its address (a path or a database URL) and the folders of its index files.

    `attachments` holds the files that people hand in; beside the index files unless it is given.
    `word_lists` is a file of the office's own lists for the naming rules, `practice` its own way with lines,
    `field` with work in the field. `naming_rules` is its table of who approves by the province's own rules.
    """
    store = open_store(address, create=create)
    return Geoname(store, cache, attachments, word_lists, practice, field, naming_rules)
