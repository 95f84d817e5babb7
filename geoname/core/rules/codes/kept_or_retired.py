"""What a change of a division does to its code (变更与代码)."""

from __future__ import annotations

from datetime import date

from geoname.core.divisions.changes import Operation
from geoname.core.rules.code_cases import CodeChange
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, CodeRule, Example
from geoname.core.rules.statutes import DIVISION_CODES

_KEEP = (Operation.BOUNDARY, Operation.MOVE_SEAT, Operation.RENAME)
_RETIRE_AND_NEW = (Operation.TRANSFER, Operation.REPLACE)


def check(case: CodeChange, facts: Facts) -> tuple[Hit, ...]:
    """Find a code that is kept, given or retired against the operation."""
    old, new = case.old_code, case.new_code
    if case.operation in _KEEP and old != new:
        return (
            Hit(
                Words(
                    "界线变更、驻地迁移、更名不改代码",
                    "boundary changes, moved seats and new names keep the code",
                )
            ),
        )
    if case.operation is Operation.ESTABLISH and (old is not None or new is None):
        return (Hit(Words("设立的区划给新代码", "an established division gets a new code")),)
    if case.operation is Operation.ABOLISH and (old is None or new is not None):
        return (Hit(Words("撤销的区划注销代码", "the code of an abolished division is retired")),)
    if case.operation in _RETIRE_AND_NEW and (old is None or new is None or old == new):
        return (Hit(Words("旧代码注销，另给新代码", "the old code is retired and a new one given")),)
    return NONE


def _change(operation: Operation, old: str | None, new: str | None) -> Example[CodeChange]:
    return Example(CodeChange(operation, old, new, date(2021, 3, 1), date(2021, 3, 20)))


RULE = CodeRule(
    code="CD-3",
    title=Words("变更与代码", "Changes and codes"),
    criterion=Words(
        "界线、驻地、名称变更保留代码；设立给新码，撤销注销；隶属变更、改设注销旧码给新码。",
        "New boundaries, seats and names keep the code; what is established gets one, what is "
        "abolished loses "
        "it; a transfer or replacement retires the old and gives a new one.",
    ),
    basis=(DIVISION_CODES(),),
    severity=Severity.BLOCKS,
    takes=CodeChange,
    check=check,
    accepts=(
        _change(Operation.RENAME, "520425101", "520425101"),
        _change(Operation.REPLACE, "520111103", "520111009"),
        _change(Operation.ESTABLISH, None, "520327003"),
        _change(Operation.ABOLISH, "520327201", None),
        _change(Operation.TRANSFER, "522635102", "522601108"),
    ),
    rejects=(
        _change(Operation.RENAME, "520425101", "520425109"),
        _change(Operation.REPLACE, "520111103", "520111103"),
        _change(Operation.ESTABLISH, None, None),
        _change(Operation.ABOLISH, "520327201", "520327202"),
    ),
)
