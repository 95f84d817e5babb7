"""Tokens by command: the secret is shown once, and a revoked one is refused at once."""

import pytest

from geoname.errors import UnauthenticatedError
from geoname.service.keep_tokens import caller_of


def test_a_token_is_made_listed_and_revoked(own, guizhou_copy):
    made = own(
        "tokens", "add", "--role", "officer", "--divisions", "5203，520304", "--note", "播州 张", "--json"
    )
    assert (made.code, made.err) == (0, "")
    token, shown = made.json["token"], made.json["shown"]
    assert (shown["role"], shown["divisions"], shown["note"]) == ("officer", ["5203", "520304"], "播州 张")
    assert caller_of(guizhou_copy, token).acts_for("520304")
    listed = own("tokens", "list")
    assert shown["id"] in listed.out
    assert token.partition(".")[2] not in listed.out
    assert token.partition(".")[2] not in own("tokens", "list", "--json").out
    assert own("tokens", "revoke", shown["id"]).code == 0
    with pytest.raises(UnauthenticatedError):
        caller_of(guizhou_copy, token)
    assert own("tokens", "list", "--json").json["items"][0]["revoked_at"]


def test_for_people_it_says_to_keep_it_now(own):
    made = own("tokens", "add", "--role", "reader")
    assert "不再显示" in made.out
    assert "not shown again" in own("tokens", "add", "--role", "reader", "--language", "en").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "--role", "king"), 2, "king"),
        (("add", "--role", "public"), 2, "public"),
        (("add",), 2, "--role"),
        (("add", "--role", "officer", "--divisions", "52x"), 2, "52x"),
        (("add", "--role", "officer", "--divisions", "520399"), 3, "520399"),
        (("revoke", "nobody"), 3, "nobody"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(own, words, code, said):
    ran = own("tokens", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.count("\n") == 1
    assert said in ran.err
    assert own("tokens", "list").out.strip() == "还没有令牌"
