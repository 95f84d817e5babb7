"""Opaque cursors: where a page ended, bound to its question and to the data it was answered from."""

from __future__ import annotations

import base64
import binascii
import hashlib

from geoname.errors import InvalidInputError


def write_cursor(position: int, question: str, generation: str) -> str:
    """A cursor that only the same question on the same data accepts."""
    return write_mark(str(position), question, generation)


def write_mark(mark: str, question: str, generation: str) -> str:
    """A cursor that holds any text in ASCII."""
    return base64.urlsafe_b64encode(f"{mark}.{_bound(question, generation)}".encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, question: str, generation: str) -> int:
    """The position to go on from, 0 without a cursor; InvalidInputError for one of another question."""
    if cursor is None:
        return 0
    try:
        start = int(read_mark(cursor, question, generation))
    except ValueError:
        raise refused() from None
    if start < 0:
        raise refused()
    return start


def read_mark(cursor: str, question: str, generation: str) -> str:
    """The text that a cursor holds; InvalidInputError for one of another question."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        raise refused() from None
    mark, _, bound = text.rpartition(".")
    if bound != _bound(question, generation):
        raise refused()
    return mark


def _bound(question: str, generation: str) -> str:
    return hashlib.blake2b(
        f"{generation}\0{question}".encode(errors="surrogatepass"), digest_size=6
    ).hexdigest()


def refused() -> InvalidInputError:
    """What a cursor is answered with that cannot be gone on from."""
    return InvalidInputError(
        "this cursor belongs to another query, or the data has changed since: start again without cursor",
        zh="该游标属于另一查询，或数据已更新：请去掉 cursor 重新查询",
        field="cursor",
    )
