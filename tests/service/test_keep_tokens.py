"""A token is shown once, recognised by its digest, and refused when wrong or revoked."""

import hashlib
import hmac
import re

import pytest

from geoname.core.register.token import ANYONE
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError, InvalidInputError, NotFoundError, UnauthenticatedError
from geoname.service import keep_tokens
from geoname.service.keep_tokens import add_token, caller_of, demand, list_tokens, revoke_token
from geoname.service.opened import Geoname
from geoname.store.open_store import open_store


@pytest.fixture
def empty(tmp_path):
    geoname = Geoname(open_store(str(tmp_path / "geoname.gpkg"), create=True), tmp_path / "cache")
    yield geoname
    geoname.close()


def test_a_token_names_its_bearer(empty):
    made = add_token(empty, "reader", (), "统计局", "root")
    caller = caller_of(empty, made.token)
    assert (caller.role, caller.token_id, caller.divisions) == (Role.READER, made.shown.id, ())
    assert caller_of(empty, None) == ANYONE


def test_the_secret_is_of_256_bits_and_stands_nowhere(empty, tmp_path):
    tokens = [add_token(empty, "reader").token for _ in range(20)]
    assert len(set(tokens)) == 20
    for token in tokens:
        id_, _, secret = token.partition(".")
        assert re.fullmatch(r"[\w-]{43}", secret)
        assert empty.store.token(id_).secret_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    secrets = [token.partition(".")[2].encode() for token in tokens]
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert not any(secret in kept for secret in secrets)
    assert "secret" not in str(list_tokens(empty))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.partition(".")[0],
        lambda token: token.partition(".")[0] + ".",
        lambda token: "." + token.partition(".")[2],
        lambda token: "0" * 12 + "." + token.partition(".")[2],
        lambda token: token + "x" * 10_000,
        lambda token: token + "\0",
        lambda token: "令牌." + token.partition(".")[2],
        lambda token: "",
    ],
)
def test_a_token_that_is_not_exactly_right_is_refused(empty, spoil):
    made = add_token(empty, "administrator")
    with pytest.raises(UnauthenticatedError, match="wrong or was revoked") as refused:
        caller_of(empty, spoil(made.token))
    assert refused.value.given


def test_a_digest_is_compared_in_constant_time_even_when_the_id_is_unknown(empty, monkeypatch):
    compared = []
    monkeypatch.setattr(
        keep_tokens.hmac, "compare_digest", lambda a, b: compared.append((a, b)) or hmac_equal(a, b)
    )
    with pytest.raises(UnauthenticatedError):
        caller_of(empty, "unknown.secret")
    assert [(len(a), len(b)) for a, b in compared] == [(64, 64)]


hmac_equal = hmac.compare_digest


def test_a_revoked_token_says_no_more_than_a_wrong_one(empty):
    made = add_token(empty, "officer")
    revoke_token(empty, made.shown.id, "root")
    with pytest.raises(UnauthenticatedError) as revoked:
        caller_of(empty, made.token)
    with pytest.raises(UnauthenticatedError) as wrong:
        caller_of(empty, "nobody.nothing")
    assert (revoked.value.message, revoked.value.zh) == (wrong.value.message, wrong.value.zh)


def test_too_weak_a_role_is_told_apart_from_none(empty):
    reader = caller_of(empty, add_token(empty, "reader").token)
    demand(reader, Role.READER)
    with pytest.raises(ForbiddenError, match="officer"):
        demand(reader, Role.OFFICER)
    with pytest.raises(UnauthenticatedError) as missing:
        demand(ANYONE, Role.READER)
    assert not missing.value.given


def test_roles_codes_and_notes_are_checked(empty, guizhou_copy):
    for role in ("public", "root", ""):
        with pytest.raises(InvalidInputError, match="officer"):
            add_token(empty, role)
    with pytest.raises(InvalidInputError, match="200"):
        add_token(empty, "reader", (), "长" * 201)
    with pytest.raises(InvalidInputError) as wrong:
        add_token(guizhou_copy, "officer", ("52x",))
    assert wrong.value.field == "divisions"
    with pytest.raises(NotFoundError):
        add_token(guizhou_copy, "officer", ("520399",))
    assert list_tokens(guizhou_copy).items == ()
    made = add_token(guizhou_copy, "officer", ("5203", "520304"))
    assert caller_of(guizhou_copy, made.token).divisions == ("5203", "520304")
