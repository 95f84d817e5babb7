"""Work that makes much and leaves nothing to collect (垃圾回收): the collector would search it in vain."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, stays: bool = False) -> Iterator[None]:
    """Spare the garbage collector what is made here: searching it doubles the time.

    With `stays` it is not searched later either.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
        if stays:
            gc.freeze()
    finally:
        if collecting:
            gc.enable()
