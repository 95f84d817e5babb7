"""Roles are ordered, and a token acts for its own divisions and what lies within them."""

import pytest

from geoname.core.register.token import ANYONE, KEEPER, Caller
from geoname.core.register.visibility import Role


def test_a_role_has_what_the_weaker_ones_have():
    order = [Role.PUBLIC, Role.READER, Role.RECORDER, Role.OFFICER, Role.ADMINISTRATOR]
    for rank, role in enumerate(order):
        assert [Caller(role).has(least) for least in order] == [i <= rank for i in range(5)]


@pytest.mark.parametrize(
    ("own", "code", "acts"),
    [
        (("5203",), "520304", True),
        (("5203",), "5203", True),
        (("5203",), "520403", False),
        (("520304",), "5203", False),
        (("5203", "5226"), "522626", True),
        ((), "52", False),
    ],
)
def test_an_officer_acts_for_their_own_side_only(own, code, acts):
    assert Caller(Role.OFFICER, "t", own).acts_for(code) is acts


def test_an_administrator_acts_for_all_unless_divisions_are_named():
    assert KEEPER.acts_for("520304")
    assert not Caller(Role.ADMINISTRATOR, "t", ("5226",)).acts_for("520304")
    assert not ANYONE.acts_for("520304")


def test_whoever_works_on_the_database_is_its_keeper_by_any_account():
    assert Caller(Role.ADMINISTRATOR, account="root") == KEEPER
    assert Caller(Role.ADMINISTRATOR, "t1") != KEEPER
