"""What a store must do for files that are handed out (导出): read in bulk, and keep who took what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name import Publication

Column = Sequence[Any]


@dataclass(frozen=True, slots=True)
class NameRows:
    """Some names as columns, cells as they are kept; `lon` and `lat` are NaN where there is no point.

    `source_id` is that of the release each was loaded with.
    """

    cells: Mapping[str, Column]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __len__(self) -> int:
        """How many names."""
        return len(self.lon)


class ExportStore(Protocol):
    """Reading in bulk changes nothing; what was handed out is kept on the chain `export:SUBJECT`."""

    def name_rows(
        self, publications: Sequence[Publication], digits: str = "", batch: int = 10_000
    ) -> Iterator[NameRows]:
        """Names with their places as columns, ordered by id: of these publications, of classes that begin
        with the digits."""
        ...

    def division_sources(self) -> dict[str, str]:
        """The source of each division, by its id."""
        ...

    def log_export(self, subject: str, actor: str, told: str) -> None:
        """Keep that somebody took a file with coordinates that are not open; `told` is JSON."""
        ...
