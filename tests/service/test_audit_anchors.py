"""A database restored to an older head is named by the anchors written before, and only then."""

from __future__ import annotations

import sqlite3

import pytest

from geoname.errors import DataFileError, InvalidInputError, StorageError
from geoname.service.audit_anchors import anchor_audit, verify_with_anchors
from geoname.service.opened import Geoname
from geoname.store.open_store import open_store, restore_store


def opened(path):
    return Geoname(open_store(str(path), create=not path.exists()), path.parent / "cache")


def change(geoname, what):
    with geoname.store.writing("张", "改") as writer:
        writer.record("name:n1", what)


@pytest.fixture
def geoname(tmp_path):
    made = opened(tmp_path / "库.gpkg")
    change(made, "named")
    yield made
    made.close()


def test_a_restore_to_an_older_head_is_named(geoname, tmp_path):
    geoname.store.backup(tmp_path / "old.gpkg")
    change(geoname, "renamed")
    made = anchor_audit(geoname, tmp_path / "anchors.json")
    assert made.chains == 1
    change(geoname, "filed")
    assert verify_with_anchors(geoname, tmp_path / "anchors.json").faults == ()
    geoname.store.close()
    restore_store(tmp_path / "old.gpkg", str(tmp_path / "库.gpkg"))
    again = opened(tmp_path / "库.gpkg")
    assert again.store.verify() == []
    faults = verify_with_anchors(again, tmp_path / "anchors.json").faults
    assert [(fault.check, fault.where) for fault in faults] == [("anchor", "name:n1 2")]
    assert "older head" in faults[0].trouble
    again.close()


def test_a_chain_written_anew_with_right_digests_is_named(geoname, tmp_path):
    change(geoname, "renamed")
    anchor_audit(geoname, tmp_path / "anchors.json")
    connection = sqlite3.connect(tmp_path / "库.gpkg")
    connection.execute("DELETE FROM audit WHERE position = 2")
    connection.commit()
    connection.close()
    change(geoname, "forged")
    assert geoname.store.verify() == []
    faults = verify_with_anchors(geoname, tmp_path / "anchors.json").faults
    assert [fault.trouble[:25] for fault in faults] == ["is another record than wa"]


def test_anchors_are_never_overwritten_and_never_another_databases(geoname, tmp_path):
    file = tmp_path / "anchors.json"
    anchor_audit(geoname, file)
    with pytest.raises(InvalidInputError, match="never overwritten"):
        anchor_audit(geoname, file)
    other = opened(tmp_path / "other.gpkg")
    with pytest.raises(InvalidInputError, match="another database"):
        verify_with_anchors(other, file)
    other.close()
    with pytest.raises(StorageError):
        anchor_audit(geoname, tmp_path / "nowhere" / "a.json")


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": "x"}', '{"format": "geoname-anchors-1", "heads": [[1]]}']
)
def test_what_is_no_file_of_anchors_is_refused(geoname, tmp_path, text):
    file = tmp_path / "wrong.json"
    file.write_text(text)
    with pytest.raises(DataFileError, match="no file of anchors"):
        verify_with_anchors(geoname, file)
    with pytest.raises(DataFileError, match="cannot be read"):
        verify_with_anchors(geoname, tmp_path / "absent.json")
