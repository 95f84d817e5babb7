"""The frame of a load of lines or markers (界线、界桩载入): a file read row by row, told of, written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from geoname.core.divisions.listing import Reject
from geoname.core.register.provenance import Source
from geoname.formats.definition import Definition
from geoname.formats.division_rejects import write_rejects
from geoname.formats.line_fields import Headings
from geoname.formats.line_table import LineTable, Row, read_line_table
from geoname.service.line_files import CellError, provenance_of, source_of_file
from geoname.service.load_divisions import announcer
from geoname.service.load_divisions_report import RejectShown, reject_shown
from geoname.service.load_kinds import LoadRequest, Progress
from geoname.store.protocols import Written

_STEPS = ("read", "check", "write")


class LoadStatus(StrEnum):
    """What came of a load."""

    DRY_RUN = "dry_run"
    LOADED = "loaded"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFileReport:
    """What a load tells of its file, of the rows that were not taken, and of what was written."""

    file: str
    title: str
    source: str
    status: LoadStatus
    format: str
    encoding: str
    rows: int
    columns: dict[str, str]
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    rejects: tuple[RejectShown, ...]
    added: int = 0
    changed: int = 0
    same: int = 0

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return len(self.rejects)


class _Named(Protocol):
    @property
    def id(self) -> str:
        """By which a file may hold it once only."""


Given = TypeVar("Given")
Made = TypeVar("Made", bound=_Named)
Report = TypeVar("Report", bound=LineFileReport)


class LineLoad:
    """One file on its way into the register; `table` is what it holds, `definition` what is said of it."""

    def __init__(
        self,
        kind: str,
        headings: Headings,
        needed: Sequence[Sequence[str]],
        request: LoadRequest,
        progress: Progress | None,
    ) -> None:
        """Read the file; InvalidInputError for a definition or columns at fault, DataFileError if damaged."""
        self._kind = kind
        self._request = request
        self._announce = announcer(progress, _STEPS)
        self._announce("read")
        self.definition: Definition = provenance_of(request.file, request.definition)
        said = self.definition
        self.table: LineTable = read_line_table(
            request.file, headings, needed, said.fields, said.layer, said.encoding
        )
        self._source: Source = source_of_file(kind, request.file, said, self.table.sha256)
        self._rejects: list[Reject] = list(self.table.rejects)

    def read_rows(
        self,
        given: Iterable[Given | Reject],
        make: Callable[[Row, Given], Made],
        again: Callable[[Made], CellError],
    ) -> list[Made]:
        """What the rows hold that are right; the others are rejected with their reasons.

        `given` is what is known of each row's place, or why it cannot be used; `again` says what is wrong
        with a row that holds what an earlier one held.
        """
        self._announce("check")
        found: dict[str, Made] = {}
        for number, row, place in zip(self.table.numbers, self.table.rows, given, strict=True):
            if isinstance(place, Reject):
                self._rejects.append(place)
                continue
            try:
                made = make(row, place)
                if made.id in found:
                    raise again(made)
            except CellError as error:
                self._rejects.append(error.reject(number, row.get(error.field or "", "")))
            else:
                found[made.id] = made
        self._rejects.sort(key=lambda reject: reject.row)
        return list(found.values())

    def told(self) -> dict[str, Any]:
        """The fields of a LineFileReport, before anything is written."""
        return {
            "file": self._request.file.name,
            "title": self.definition.title,
            "source": self._source.id,
            "status": LoadStatus.DRY_RUN,
            "format": self.table.format,
            "encoding": self.table.encoding,
            "rows": len(self.table) + len(self.table.rejects),
            "columns": dict(self.table.columns),
            "unused": self.table.unused,
            "notes": self.table.notes,
            "rejects": tuple(map(reject_shown, self._rejects)),
        }

    def finish(self, report: Report, put: Callable[[Source, str, str], Written]) -> Report:
        """Write the rejects where they are wanted and, unless it is a dry run, what was read.

        `put` writes it under a source, an actor and a reason.
        """
        request = self._request
        if request.rejects is not None and self._rejects:
            write_rejects(request.rejects, self._rejects)
        if request.dry_run:
            return report
        self._announce("write")
        written = put(self._source, request.actor, f"load {self._kind} {self._source.id}")
        status = LoadStatus.LOADED if written.added or written.changed else LoadStatus.UNCHANGED
        return replace(report, status=status, added=written.added, changed=written.changed, same=written.same)
