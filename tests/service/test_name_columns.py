"""Columns read at once are those of the same names read one by one."""

from __future__ import annotations

import numpy as np

from geoname.core.register.name_index import NameColumns, NameIndex, NameKeys
from geoname.service.live_names import columns_and_keys
from geoname.service.name_columns import whole_register


def test_all_at_once_is_what_one_by_one_gives(guizhou):
    atlas = guizhou.live().atlas
    names = guizhou.store.served_names()
    at_once, keys_at_once = whole_register(names, atlas)
    entries = [(entry.name, entry.place) for batch in guizhou.store.name_entries() for entry in batch]
    one_by_one, keys_one_by_one = columns_and_keys(entries, atlas)
    order = np.argsort(np.array(at_once.name_id))
    for column in NameColumns.__slots__:
        here = np.array([*getattr(at_once, column)], dtype=object)[order]
        there = np.array([*getattr(one_by_one, column)], dtype=object)
        if column in ("lon", "lat", "weight"):
            assert np.array_equal(here.astype("f4"), there.astype("f4"), equal_nan=True)
        else:
            assert here.tolist() == there.tolist()
    for key in NameKeys.__slots__:
        assert [getattr(keys_at_once, key)[row] for row in order] == list(getattr(keys_one_by_one, key))
    built = NameIndex.build(at_once, keys_at_once).to_arrays()
    for array, expected in NameIndex.build(one_by_one, keys_one_by_one).to_arrays().items():
        assert built[array].tobytes() == expected.tobytes()
