"""Names that are the same or sound so within the lawful scope (重名、同音), as hits."""

from __future__ import annotations

from geoname.core.rules.case import ProposedName
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.scopes import Namesake, Scope, ScopeLevel
from geoname.core.rules.sound import specific_sound

_SHOWN = 5
_SHORTEST = 2
_CALLED_BY_SPECIFIC = (PlaceKind.DIVISION, PlaceKind.VILLAGE)


def identical(case: ProposedName, facts: Facts, severity: Severity | None = None) -> tuple[Hit, ...]:
    """One hit when other names in force in the scope are this very name."""
    scope = _scope(case, facts)
    if scope is None or facts.register is None:
        return ()
    return _hit(
        facts.register.same_text(case.name.text, case, scope),
        scope,
        Words("与{scope}内已有地名重名：{names}", "the same name is in use in {scope}: {names}"),
        (0, len(case.name.text)),
        severity,
    )


def same_specific(case: ProposedName, facts: Facts, severity: Severity | None = None) -> tuple[Hit, ...]:
    """One hit when other names in the scope have the same specific element and another generic."""
    scope = _scope(case, facts)
    if scope is None or facts.register is None:
        return ()
    found = {
        each.name_id: each
        for specific in _forms(case)
        for each in facts.register.same_specific(specific, case, scope)
    }
    identical_ids = {each.name_id for each in facts.register.same_text(case.name.text, case, scope)}
    return _hit(
        tuple(each for name_id, each in found.items() if name_id not in identical_ids),
        scope,
        Words(
            "专名与{scope}内已有地名相同、通名不同：{names}",
            "the specific element is in use in {scope}: {names}",
        ),
        (0, len(case.name.specific)),
        severity,
    )


def _forms(case: ProposedName) -> tuple[str, ...]:
    """The specific element, and of a village with and without its 村: 大坪村民委员会 sits in 大坪村."""
    specific = case.name.specific
    if case.kind is not PlaceKind.VILLAGE or len(specific) < _SHORTEST:
        return (specific,)
    return (specific, specific.removesuffix("村") if specific.endswith("村") else specific + "村")


def same_sound(
    case: ProposedName, facts: Facts, severity: Severity | None = None, *, toned: bool
) -> tuple[Hit, ...]:
    """One hit when other specifics in the scope sound the same (`toned`), or so but for their tones.

    Divisions and villages are called by their specific element alone and are compared by it; names of other
    kinds must have the same generic too.
    """
    scope = _scope(case, facts)
    sound = specific_sound(case.name, facts.readings)
    if scope is None or facts.register is None or not sound:
        return ()
    words = (
        Words("专名与{scope}内已有地名同音：{names}", "names in {scope} sound the same: {names}")
        if toned
        else Words(
            "专名与{scope}内已有地名仅声调不同：{names}", "names in {scope} differ in tones alone: {names}"
        )
    )
    found = facts.register.same_sound(sound, case, scope, toned=toned)
    if case.kind not in _CALLED_BY_SPECIFIC:
        found = tuple(each for each in found if each.text.endswith(case.name.generic))
    return _hit(found, scope, words, (0, len(case.name.specific)), severity)


def named_so(text: str, case: ProposedName, facts: Facts, words: Words) -> tuple[Hit, ...]:
    """One hit when other names in the scope are this text; `words` hold {scope} and {names}."""
    scope = _scope(case, facts)
    if scope is None or facts.register is None:
        return ()
    return _hit(facts.register.same_text(text, case, scope), scope, words, (0, len(case.name.specific)), None)


def scope_words(scope: Scope) -> Words:
    """A scope as messages name it, and what stands for it or is missing from it."""
    if scope.level is ScopeLevel.NATION:
        return Words(
            "全国（仅比对了已载入的省份）", "the whole country (only loaded provinces were compared)"
        )
    if scope.level is ScopeLevel.BUILT_UP_AREA:
        return Words(
            f"{scope.name}（未载入建成区范围，按县级行政区比对）",
            f"{scope.name} (no built-up area is loaded: the county stands for it)",
        )
    return Words(scope.name, scope.name)


def _scope(case: ProposedName, facts: Facts) -> Scope | None:
    return None if facts.register is None else facts.register.scope_of(case)


def _hit(
    others: tuple[Namesake, ...], scope: Scope, words: Words, span: tuple[int, int], severity: Severity | None
) -> tuple[Hit, ...]:
    if not others:
        return ()
    listed = [each.where + each.text for each in others[:_SHOWN]]
    more = len(others) - len(listed)
    within = scope_words(scope)
    zh = words.zh.format(scope=within.zh, names="、".join(listed) + (f" 等{len(others)}处" if more else ""))
    en = words.en.format(scope=within.en, names=", ".join(listed) + (f" and {more} more" if more else ""))
    return (Hit(Words(zh, en), span, severity, scope, others),)
