"""Several columns as one text (合并列): a driver hands over one cell instead of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_BETWEEN = "\x1f"


class JoinedText(FunctionElement[str]):
    """The texts of some columns, one after the other, "" for what is not there; `parts` takes them apart.

    Only the last one may be any text: the others hold no control characters.
    """

    inherit_cache = True
    name = "joined_text"
    type = Text()

    def __init__(self, *columns: ColumnElement[Any]) -> None:
        """Take the columns."""
        super().__init__(literal(_BETWEEN.join(["%s"] * len(columns))), *columns)


def parts(text: str, count: int) -> Sequence[str]:
    """What stands in the `count` columns of a joined text."""
    return text.split(_BETWEEN, count - 1)


@compiles(JoinedText, "sqlite")
def _in_sqlite(element: JoinedText, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"printf({compiler.process(element.clauses, **options)})"


@compiles(JoinedText, "postgresql")
def _in_postgresql(element: JoinedText, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"format({compiler.process(element.clauses, **options)})"
