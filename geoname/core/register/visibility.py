"""The one rule of who sees what (公开范围): publication and secrecy against the reader's role."""

from __future__ import annotations

from enum import StrEnum

from geoname.core.register.name import Publication
from geoname.core.register.place import Secrecy


class Role(StrEnum):
    """What a reader or writer may do; PUBLIC is anyone without a token."""

    PUBLIC = "public"
    READER = "reader"
    RECORDER = "recorder"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


def sees_name(role: Role, publication: Publication) -> bool:
    """Whether a name is shown: public to anyone, internal to any token, withdrawn to officers."""
    if publication is Publication.PUBLIC:
        return True
    if publication is Publication.INTERNAL:
        return role is not Role.PUBLIC
    return role in (Role.OFFICER, Role.ADMINISTRATOR)


def sees_location(role: Role, secrecy: Secrecy) -> bool:
    """Whether a place's coordinates are shown to this role."""
    if secrecy is Secrecy.OPEN:
        return True
    if secrecy is Secrecy.RESTRICTED:
        return role is not Role.PUBLIC
    return role is Role.ADMINISTRATOR


def sees_marker_locations(role: Role, acts_for_a_side: bool) -> bool:
    """Whether coordinates of boundary markers and surveyed courses are shown: to a side alone."""
    return role is not Role.PUBLIC and acts_for_a_side
