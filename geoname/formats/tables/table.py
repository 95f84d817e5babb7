"""What a table (表格) is to those who read and write it: chunks, faults of rows, columns to append."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

CHUNK_ROWS = 20_000
"""Most rows in one chunk: enough for the arrays to pay, few enough to fit into any memory."""
Cell = str | float | None
"""A cell as it is read: text, a number where the file itself says number, None where there is nothing."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row of the file itself: `offset` is its place in the chunk, from 0.

    `kind` is one of encoding, too_long, unclosed_quote, surplus_cells, wrong_type; `column` names the column
    where there is one; `detail` says what was found there.
    """

    offset: int
    kind: str
    column: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a table, in order.

    `first_row` is the number of the first one, counted from 1 without the heading. `cells` holds one list for
    each column asked for. `raw` is what a writer of the same format copies, where the format allows that.
    `position` is where the next chunk begins, `done` how far the reading is in the units of `Source.size`.
    """

    first_row: int
    rows: int
    cells: tuple[list[Cell], ...]
    faults: tuple[RowFault, ...]
    position: int
    done: int
    raw: object = None


@dataclass(frozen=True, slots=True)
class AppendedColumn:
    """A column to append: its heading, and whether it holds numbers (else text)."""

    name: str
    numeric: bool = False


Appended = tuple[Sequence[str | float | None], ...]
"""The appended cells of a chunk: one sequence for each appended column."""


class Source(Protocol):
    """A table to read."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings, in order; they may repeat."""
        ...

    @property
    def size(self) -> int:
        """How much there is to read: rows where they are known, else bytes."""
        ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """What each column holds: `text`, `number`, `other`, or `any` where each cell has its own kind."""
        ...

    def chunks(
        self, wanted: Sequence[int], position: int | None = None, first_row: int = 1
    ) -> Iterator[Chunk]:
        """The rows from a position on (None: from the first), with the cells of the columns wanted.

        `first_row` is the number of the row at that position.
        """
        ...

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows with all cells, typed as far as the file types them, for a writer of another format."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


class Target(Protocol):
    """A table to write: theirs as read, ours appended."""

    def append(self, chunk: Chunk, appended: Appended) -> None:
        """Take the next chunk with what is appended to its rows."""
        ...

    def sync(self) -> int:
        """Bring what was taken to the disk; the position from which another run may go on."""
        ...

    def finish(self) -> None:
        """Write what is still to write and put the file in its place."""
        ...

    def close(self) -> None:
        """Let go of what is open; what is written so far stays for the next run."""
        ...
