"""What a proposed name is for (申请地名的对象): class, division, point, or a place that is there already."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from geoname.core.coordinates.convert import check_coordinates, to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.names.feature_class import parse_class
from geoname.core.register.naming_lifecycle import NamingStep, check_status
from geoname.core.register.place import Account, Exactness, Location, Place
from geoname.core.rules.case import ExceptionKind
from geoname.core.rules.kinds import PlaceKind, kind_of_place
from geoname.core.rules.procedure_cases import Paper, RenamingCause
from geoname.errors import InvalidInputError, OutOfOrderError
from geoname.service.browse_divisions import find_division
from geoname.service.live_index import LiveIndex
from geoname.service.rule_answers import TextShown
from geoname.store.protocols import NameEntry

_OWN = "register"


@dataclass(frozen=True, slots=True)
class Proposing:
    """What is proposed. With `replaces`, the id of the name to be given up, class and division are its own.

    Coordinates are degrees in `crs`; `position` is the description that an announcement needs.
    """

    name: str
    reason: str
    feature_class: str | None = None
    within: str | None = None
    scheme: str | None = None
    lon: float | None = None
    lat: float | None = None
    crs: Crs = Crs.WGS84
    exactness: Exactness = Exactness.REPRESENTATIVE_POINT
    position: str = ""
    romanization: str = ""
    origin: str = ""
    meaning: str = ""
    papers: tuple[Paper, ...] = ()
    replaces: str | None = None
    cause: RenamingCause | None = None
    exception: ExceptionKind | None = None
    exception_reason: str = ""
    on: date | None = None


def new_place(index: LiveIndex, asked: Proposing) -> tuple[str, str]:
    """The class and the division of a place that is not registered yet; divisions are not named here."""
    if asked.feature_class is None or asked.within is None:
        lacks = "feature_class" if asked.feature_class is None else "within"
        raise InvalidInputError(
            "a new name needs a class and the division that holds it: give both",
            zh="新地名须给出类别和所在区划：请补上",
            field=lacks,
        )
    feature_class = parse_class(asked.feature_class, field="feature_class")
    if kind_of_place(feature_class) is PlaceKind.DIVISION:
        raise InvalidInputError(
            f"{feature_class} is a class of divisions: they are named by a division change",
            zh=f"{feature_class} 是行政区划的类别：区划名称请按区划变更办理",
            field="feature_class",
        )
    return feature_class, find_division(index, asked.within, asked.scheme, None, field="within").division.id


def same_place(index: LiveIndex, asked: Proposing, replaced: NameEntry) -> tuple[str, str | None]:
    """The class and the division of a place that is to have another name."""
    check_status(NamingStep.RENAME, replaced.name)
    refuse_division(index, replaced)
    place = replaced.place
    for field, given in (
        ("feature_class", asked.feature_class), ("within", asked.within), ("lon", asked.lon),
        ("lat", asked.lat),
    ):  # fmt: skip
        if given is not None:
            raise InvalidInputError(
                f"a new name for {replaced.name.text} is for the same place: leave {field} out",
                zh=f"“{replaced.name.text}”更名后仍是同一地：请不要再给 {field}",
                field=field,
            )
    return place.feature_class, place.division_id


def refuse_division(index: LiveIndex, entry: NameEntry) -> None:
    """OutOfOrderError for the name of a division, which changes with the division alone."""
    if entry.place.id in index.atlas:
        raise OutOfOrderError(
            f"{entry.name.text} is the name of a division: rename or dissolve it by a division change",
            zh=f"“{entry.name.text}”是区划名称：更名、撤销请按区划变更办理",
        )


def place_of_proposal(asked: Proposing, feature_class: str, division_id: str | None) -> Place:
    """The place that a new name is for."""
    id_ = secrets.token_hex(6)
    account = Account(asked.origin.strip(), asked.meaning.strip(), description=asked.position.strip())
    return Place(id_, feature_class, division_id, f"{_OWN}:{id_}", location_of(asked), account)


def location_of(asked: Proposing) -> Location:
    """The point in WGS 84, or none; InvalidInputError for half a point or one that is nowhere."""
    if asked.lon is None and asked.lat is None:
        return Location()
    if asked.lon is None or asked.lat is None:
        missing = "lon" if asked.lon is None else "lat"
        raise InvalidInputError(
            f"{missing} is missing: give both lon and lat, or neither",
            zh=f"缺少 {missing}：经度、纬度须同时给出或都不给",
            field=missing,
        )
    check_coordinates(asked.lon, asked.lat)
    lon, lat = to_wgs84(asked.lon, asked.lat, asked.crs)
    basis = f"given in {asked.crs} with the proposal"
    return Location(round(lon, 8), round(lat, 8), asked.exactness, basis)


def notes_on(index: LiveIndex, place: Place | None) -> tuple[TextShown, ...]:
    """That a point lies outside its stated division, by the edition in use."""
    if place is None or place.location.lon is None or place.location.lat is None or not place.division_id:
        return ()
    position = index.boundaries.lookup.one(place.location.lon, place.location.lat)
    chain = index.boundaries.chains[position] if position >= 0 else ()
    stated = [step.id for step in index.chain(place.division_id)]
    if chain and (chain[-1].id in stated or place.division_id in [step.id for step in chain]):
        return ()
    where_zh = "".join(step.name for step in chain) or "界线版本之外"
    where = "".join(step.name for step in chain) or "no division of the edition"
    return (
        TextShown(
            f"坐标落在{where_zh}，不在所称区划之内：请核对",
            f"the point lies in {where}, not in the stated division: look at it again",
        ),
    )
