"""Packed arrays come back as they were, whatever their kind and length."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geoname.store.packed_arrays import pack_arrays, unpack_arrays

RECORD = np.dtype([("lon", "<f8"), ("kind", "u1"), ("id", "S12")])
kinds = st.sampled_from(["u1", "<u4", "<i8", "<f8", "S3", "?"]).map(np.dtype) | st.just(RECORD)
one = arrays.arrays(kinds, arrays.array_shapes(max_dims=2, min_side=0, max_side=9))


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), one, max_size=6))
def test_what_was_packed_comes_back(given_arrays):
    found = unpack_arrays(pack_arrays(given_arrays))
    assert list(found) == list(given_arrays)
    for name, array in given_arrays.items():
        assert found[name].dtype == array.dtype
        assert found[name].shape == array.shape
        assert found[name].tobytes() == array.tobytes()
        assert not found[name].size or found[name].ctypes.data % 8 == 0
