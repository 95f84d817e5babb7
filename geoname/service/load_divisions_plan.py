"""What a list of divisions does to the register (名录方案): codes added, divisions added, rows refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geoname.core.divisions.code import Code
from geoname.core.divisions.code_merging import is_newer, merged_codes, other_code, succeeded_code
from geoname.core.divisions.division import Division, Level, kind_of
from geoname.core.divisions.list_matching import ListMatching, Matched, MatchedBy, Unmatched, WhyNot
from geoname.core.divisions.listing import ListedDivision, Reject
from geoname.core.register.provenance import Source
from geoname.core.validity.period import Period
from geoname.formats.division_definition import DivisionDefinition
from geoname.service.live_index import LiveIndex
from geoname.service.load_divisions_origin import kept_id
from geoname.service.load_divisions_records import NewDivision


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What is to be written: divisions with the list's codes added, and new ones."""

    divisions: tuple[Division, ...]
    aliases: tuple[Matched, ...]
    added: tuple[NewDivision, ...]
    rejects: tuple[Reject, ...]
    ended: int


def plan_list(
    index: LiveIndex, matching: ListMatching, definition: DivisionDefinition, source: Source
) -> ListPlan:
    """Give each division that is tied the list's code; reject the rows that are tied to none, or add them."""
    divisions, rejects, ended = [], [], 0
    aliases = tuple(one for one in matching.matched if one.by is MatchedBy.SPECIFIC)
    for one in matching.matched:
        code = _code(definition, one.listed.code)
        codes = one.division.codes
        before = other_code(codes, code)
        if before is not None:
            if not is_newer(code, before):
                rejects.append(_two_codes(one.listed, before))
                continue
            # Where nobody tells when the earlier code ended, it stays in the audit alone.
            over = succeeded_code(before, code)
            codes = tuple(each for each in (over if each == before else each for each in codes) if each)
            ended += 1
        divisions.append(replace(one.division, codes=merged_codes(codes, (code,))))
    if not definition.add_missing:
        rejects += [_not_tied(index, one) for one in matching.unmatched]
        return ListPlan(tuple(divisions), aliases, (), tuple(rejects), ended)
    added, more = _additions(index, matching.unmatched, definition, source)
    return ListPlan(tuple(divisions), aliases, added, (*rejects, *more), ended)


def _additions(
    index: LiveIndex, unmatched: tuple[Unmatched, ...], definition: DivisionDefinition, source: Source
) -> tuple[tuple[NewDivision, ...], list[Reject]]:
    """New divisions below those that are known; what several could be is still rejected."""
    known = Period(known_on=definition.as_of)
    ids: dict[str, str] = {}
    added, rejects = [], []
    for one in unmatched:
        listed = one.listed
        parent_id = one.parent_id or ids.get(listed.parent_code or "")
        if one.why is WhyNot.SEVERAL or (parent_id is None and listed.level is not Level.PROVINCE):
            rejects.append(_not_tied(index, one))
            continue
        ids[listed.code] = kept_id(source.id, f"division:{listed.code}:{listed.name}")
        added.append(
            NewDivision(
                ids[listed.code],
                kept_id(source.id, f"name:{listed.code}:{listed.name}"),
                listed.name,
                listed.level,
                kind_of(listed.name, listed.level),
                parent_id,
                (_code(definition, listed.code),),
                known,
                f"{source.id}:{listed.code}",
            )
        )
    return tuple(added), rejects


def _code(definition: DivisionDefinition, code: str) -> Code:
    return Code(definition.scheme, code, definition.as_of, Period(known_on=definition.as_of))


def _two_codes(listed: ListedDivision, before: Code) -> Reject:
    return Reject(
        listed.row,
        "code",
        listed.code,
        f"{listed.name} has the {before.scheme} code {before.code} of {before.as_of} already",
        f"“{listed.name}”已有 {before.as_of} 的 {before.scheme} 代码 {before.code}",
        "load the lists in the order of their years, oldest first",
        "请按年份先后载入名录，最早的在前",
    )


def _not_tied(index: LiveIndex, one: Unmatched) -> Reject:
    parent = index.atlas.latest(one.parent_id).name if one.parent_id else one.listed.parent_code or ""
    said = {
        WhyNot.NOT_THERE: (f"no division of this name lies in {parent}", f"“{parent}”内没有这个名称的区划"),
        WhyNot.SEVERAL: (
            f"several divisions of this name lie in {parent}",
            f"“{parent}”内有几个同名的区划",
        ),
        WhyNot.PARENT_NOT_MATCHED: (
            f"the division above, {parent}, is tied to none",
            f"上级 {parent} 未能对应",
        ),
    }[one.why]
    return Reject(
        one.listed.row,
        "name",
        one.listed.name,
        *said,
        "mend the name, load the change that made it, or set add_missing = true in the definition",
        "请改正名称、先载入设立它的变更，或在数据说明中写 add_missing = true",
    )
