"""A generic of size fits the size (名实相符)."""

from __future__ import annotations

from geoname.core.rules.case import Circumstances, Extent, ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES

SQUARE = "26310"


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find an entity that has none of the figures its generic asks for, where figures are given."""
    measure, extent = facts.measures.get(case.name.generic), case.told.extent
    if measure is None or extent is None:
        return NONE
    pairs = (
        (extent.area_m2, measure.area_m2),
        (extent.floor_area_m2, measure.floor_area_m2),
        (extent.length_m, measure.length_m),
    )
    told = [(has, least) for has, least in pairs if has is not None and least is not None]
    if not told or any(has >= least for has, least in told):
        return NONE
    shown = "、".join(f"{has:g}（参照值 {least:g}）" for has, least in told)
    shown_en = ", ".join(f"{has:g} of {least:g}" for has, least in told)
    words = Words(
        f"规模小于通名“{case.name.generic}”的参照值：{shown}；参照值可在设置中更换",
        f"smaller than the measure for {case.name.generic}: {shown_en}",
    )
    return (Hit(words, (len(case.name.specific), len(case.name.text))),)


RULE = NameRule(
    code="A9-2",
    title=Words("名实相符", "True extent"),
    criterion=Words(
        "通名所表示的规模不大于实体的规模；参照值可配置，随附的是外省标准。",
        "The generic promises no more than there is; the measures can be set, the shipped one "
        "is another province's.",
    ),
    basis=(PLACE_NAMES(9, 2),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.ESTATE, PlaceKind.STREET}),
    needs=frozenset({Need.EXTENT}),
    check=check,
    accepts=(
        Example(propose("人民广场", SQUARE, told=Circumstances(Extent(area_m2=24_000)))),
        Example(
            propose("人民广场", SQUARE, told=Circumstances(Extent(area_m2=4_000, floor_area_m2=120_000)))
        ),
    ),
    rejects=(Example(propose("金阳广场", SQUARE, told=Circumstances(Extent(area_m2=900)))),),
)
