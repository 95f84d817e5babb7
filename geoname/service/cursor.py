"""Opaque cursors: where a page ended, bound to its question and to the data it was answered from."""

from __future__ import annotations

import base64
import binascii
import hashlib

from geoname.errors import InvalidInputError


def write_cursor(position: int, question: str, generation: str) -> str:
    """A cursor that only the same question on the same data accepts."""
    return (
        base64.urlsafe_b64encode(f"{position}.{_bound(question, generation)}".encode()).decode().rstrip("=")
    )


def read_cursor(cursor: str | None, question: str, generation: str) -> int:
    """The position to go on from, 0 without a cursor; InvalidInputError for one of another question."""
    if cursor is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        position, bound = text.split(".")
        start = int(position)
    except (binascii.Error, ValueError):
        raise _refused() from None
    if bound != _bound(question, generation) or start < 0:
        raise _refused()
    return start


def _bound(question: str, generation: str) -> str:
    return hashlib.blake2b(
        f"{generation}\0{question}".encode(errors="surrogatepass"), digest_size=6
    ).hexdigest()


def _refused() -> InvalidInputError:
    return InvalidInputError(
        "this cursor belongs to another query, or the data has changed since: start again without cursor",
        zh="该游标属于另一查询，或数据已更新：请去掉 cursor 重新查询",
        field="cursor",
    )
