"""Opens the database (打开数据) for a serving process and keeps it open."""

from __future__ import annotations

import threading
import time

from geoname.core.boundaries.line_names import line_code
from geoname.core.boundaries.line_practice import LinePractice
from geoname.core.inspections.field_practice import FieldPractice
from geoname.core.inspections.track import TrackRules
from geoname.errors import GeonameError, InvalidInputError, NotReadyError
from geoname.service.opened import Geoname, open_geoname
from geoname.settings import Settings

_TRY_AGAIN_S = 1.0


def line_practice(settings: Settings) -> LinePractice:
    """What the settings say of practice about lines and markers; InvalidInputError for a scheme of no use."""
    try:
        line_code(("520102", "520103"), settings.county_line_code)
    except InvalidInputError as error:
        raise InvalidInputError(error.message, zh=error.zh, field="GEONAME_COUNTY_LINE_CODE") from None
    return LinePractice(
        shortest_m=settings.shortest_line_m,
        county_code=settings.county_line_code,
        marker_off_m=settings.marker_off_m,
    )


def field_practice(settings: Settings) -> FieldPractice:
    """What the settings say of practice about tracks, measurements and photographs."""
    rules = TrackRules(settings.track_tolerance_m, settings.track_step_m, settings.track_pause_s)
    limits = settings.limits
    return FieldPractice(rules, settings.survey_limit_m, limits.track_points, limits.photo_bytes)


class Opening:
    """The database of a process: opened with its index as soon as there is one to open."""

    def __init__(self, settings: Settings, geoname: Geoname | None = None) -> None:
        """Take what is open already, or open it at the first call of `get`."""
        self._settings = settings
        self._geoname = geoname
        self._lock = threading.Lock()
        self._failure: GeonameError | None = None
        self._failed_at = 0.0

    def get(self) -> Geoname:
        """The open database; the error that keeps it shut, tried again once a second."""
        geoname = self._geoname
        return geoname if geoname is not None else self._open()

    def _open(self) -> Geoname:
        with self._lock:
            if self._geoname is not None:
                return self._geoname
            if self._failure is not None and time.monotonic() - self._failed_at < _TRY_AGAIN_S:
                raise self._failure.with_traceback(None)
            try:
                self._geoname = self._warm()
            except GeonameError as error:
                self._failure, self._failed_at = error, time.monotonic()
                raise
            return self._geoname

    def warm_up(self) -> None:
        """Open now, so that the first request does not wait; data that is not there yet is waited for."""
        try:
            self.get()
        except NotReadyError:
            return

    def _warm(self) -> Geoname:
        given = self._settings
        practice, field = line_practice(given), field_practice(given)
        geoname = open_geoname(
            given.database, given.cache, given.files, given.word_lists, practice, field, given.naming_rules,
            inspection_terms=given.inspection_terms,
        )  # fmt: skip
        try:
            geoname.live()
        except GeonameError:
            geoname.close()
            raise
        geoname.watch()
        return geoname

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            if self._geoname is not None:
                self._geoname.close()
                self._geoname = None
