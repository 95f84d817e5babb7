"""Tokens are kept by their digest, revoked for everybody at once, and change no answer of the register."""

from __future__ import annotations

import pytest

from geoname.core.register.token import Token
from geoname.core.register.visibility import Role
from geoname.errors import NotFoundError
from geoname.store.open_store import open_store

ONE = Token(
    "a1", Role.OFFICER, ("5203", "520304"), "播州区民政局 张", "ab" * 32, "2026-01-02T03:04:05Z", "root"
)


def test_a_token_comes_back_as_it_was_given(store):
    store.add_token(ONE)
    assert store.token("a1") == ONE
    assert store.tokens() == [ONE]
    assert store.token("a2") is None


def test_a_revoked_token_is_revoked_in_every_process(store, store_address):
    store.add_token(ONE)
    other = open_store(store_address)
    assert other.token("a1").revoked_at is None
    revoked = store.revoke_token("a1", "admin")
    assert revoked.revoked_at is not None
    assert revoked.revoked_by == "admin"
    assert other.token("a1") == revoked
    assert other.revoke_token("a1", "again") == revoked
    other.close()


def test_what_is_done_with_tokens_is_on_record_without_their_digest(store):
    store.add_token(ONE)
    store.revoke_token("a1", "admin")
    records = store.audit("token:a1")
    assert [(record.action, record.actor) for record in records] == [("added", "root"), ("revoked", "admin")]
    assert "播州区民政局" in records[0].after
    assert not any("abab" in record.after + record.before for record in records)
    assert store.verify() == []


def test_tokens_leave_the_data_version_alone(filled):
    before = filled.data_version()
    filled.add_token(ONE)
    filled.revoke_token("a1", "admin")
    assert filled.data_version() == before


def test_a_token_that_is_not_there_cannot_be_revoked(store):
    with pytest.raises(NotFoundError, match="tokens list"):
        store.revoke_token("zz", "admin")
