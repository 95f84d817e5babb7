"""Many small arrays in one (打包数组): opened by one mapping, where a file for each would take far longer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ALIGNED = 64
_PACKED, _LAYOUT = "packed", "layout"


def pack_arrays(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The same arrays as two: their bytes one after the other, and what lies where."""
    layout, parts, at = {}, [], 0
    for name, array in arrays.items():
        kind = json.dumps(np.lib.format.dtype_to_descr(array.dtype))
        layout[name] = (at, array.nbytes, kind, array.shape)
        parts += [array.tobytes(), bytes(-array.nbytes % _ALIGNED)]
        at += array.nbytes + -array.nbytes % _ALIGNED
    described = json.dumps(layout).encode()
    return {_PACKED: _bytes(b"".join(parts)), _LAYOUT: _bytes(described)}


def unpack_arrays(packed: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """What `pack_arrays` was given, as views of its bytes."""
    layout = json.loads(packed[_LAYOUT].tobytes())
    return {name: _view(packed[_PACKED], *where) for name, where in layout.items()}


def _view(whole: NDArray[np.uint8], at: int, length: int, kind: str, shape: list[int]) -> NDArray[Any]:
    return whole[at : at + length].view(_dtype(kind)).reshape(shape)


@cache
def _dtype(kind: str) -> np.dtype[Any]:
    described = json.loads(kind)
    return np.dtype(described if isinstance(described, str) else [tuple(field) for field in described])


def _bytes(content: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(content, dtype=np.uint8)
