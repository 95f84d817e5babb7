"""Which division a record lies in (所在政区): by code of a scheme and day, or by the names down to it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from geoname.core.divisions.changes import Extent
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.heirs import heirs_between
from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.service.boundary_rows import plain_code
from geoname.service.live_index import LiveIndex
from geoname.service.load_names_troubles import Trouble

_SEVERAL = re.compile(r"[;；、,，\n|]+")
_BETWEEN = re.compile(r"[\s/\\>＞→·-]+")
_SHOWN = 3
_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class DivisionFound:
    """The id of the division that is meant, or why there is none.

    `was` is the name of one that is no more and was meant; `heirs` are the divisions that hold what it held.
    """

    id: str | None
    trouble: Trouble | None = None
    detail: str = ""
    was: str = ""
    heirs: tuple[str, ...] = ()


class DivisionFinder:
    """Finds divisions of today by what files write; each spelling is looked for once.

    What is no more is followed to what it became.
    """

    def __init__(self, index: LiveIndex, scheme: Scheme | None, day: date | None) -> None:
        """Codes are those of `scheme` (None: of any that agrees) on a day (None: today's)."""
        atlas = index.atlas
        self._atlas = atlas
        self._index = index
        self._scheme = scheme
        self._day = day
        self._known = lru_cache(_KEPT)(self._find)
        self._one = lru_cache(_KEPT)(self._find_one)
        self._heirs = lru_cache(_KEPT)(self._heirs_of)
        self._named: defaultdict[str, set[str]] = defaultdict(set)
        for id_ in atlas.all_ids():
            for state in atlas.states(id_):
                self._named[state.name].add(id_)
        self._longest = max(map(len, self._named), default=0)

    def find(self, written: str) -> DivisionFound:
        """A division; of several, parted by commas, the one that holds them all."""
        return self._known(written)

    def of_place_code(self, code: str) -> str | None:
        """The division in the first digits of a 20-digit place code: the township, or else the county."""
        township, county = code[:9], code[:6]
        known = self._one(township) if township[6:] not in ("000", "999") else _UNKNOWN
        return known.id or self._one(county).id

    def _find(self, written: str) -> DivisionFound:
        whole = [part.strip() for part in _SEVERAL.split(written) if part.strip()]
        found = [self._one(part) for part in whole]
        if len(found) < 2:
            return found[0] if found else _UNKNOWN
        ids = [one.id for one in found if one.id is not None]
        if len(ids) < len(found):
            return next(one for one in found if one.id is None)
        common = ""
        for steps in zip(*([step.id for step in self._atlas.chain(id_)] for id_ in ids), strict=False):
            if len(set(steps)) > 1:
                break
            common = steps[0]
        if common:
            return DivisionFound(common)
        return DivisionFound(None, Trouble.AMBIGUOUS_DIVISION, "、".join(whole[:_SHOWN]))

    def _find_one(self, written: str) -> DivisionFound:
        code = plain_code(written)
        if code is None:
            return self._by_path(_BETWEEN.sub("", written))
        try:
            return self._as_now(self._index.codebook.find(code, self._scheme, self._day).division.id)
        except NotFoundError:
            return _UNKNOWN
        except AmbiguousCodeError as error:
            said = "、".join(f"{scheme} {name}" for scheme, _, name in error.meanings)
            return DivisionFound(None, Trouble.AMBIGUOUS_DIVISION, said)

    def _by_path(self, text: str) -> DivisionFound:
        """The division whose name ends the text, the text before it being names of divisions above it."""
        ends: set[str] = set()
        reached: list[tuple[int, str | None]] = [(0, None)]
        while reached:
            at, above = reached.pop()
            for length in range(1, min(self._longest, len(text) - at) + 1):
                for id_ in self._named.get(text[at : at + length], ()):
                    if above is not None and not self._below(id_, above):
                        continue
                    if at + length == len(text):
                        ends.add(id_)
                    else:
                        reached.append((at + length, id_))
        in_force = {id_ for id_ in ends if self._atlas.latest(id_).period.end is None}
        found = in_force or ends
        if len(found) == 1:
            return self._as_now(found.pop())
        if not found:
            return _UNKNOWN
        several = sorted("".join(step.name for step in self._atlas.chain(id_)) for id_ in found)
        return DivisionFound(None, Trouble.AMBIGUOUS_DIVISION, "、".join(several[:_SHOWN]))

    def _below(self, id_: str, above: str) -> bool:
        """Whether a division lies in another, or in what became of it."""
        spans = map(self._atlas.span, (above, *self._heirs(above)[0]))
        return any(first < self._atlas.position(id_) < last for first, last in spans)

    def _as_now(self, id_: str) -> DivisionFound:
        """A division, or the one that holds all of it now; what was parted is told with all its heirs."""
        latest = self._atlas.latest(id_)
        if latest.period.end is None:
            return DivisionFound(id_)
        heirs, is_whole = self._heirs(id_)
        if is_whole:
            return DivisionFound(heirs[0], was=latest.name, heirs=heirs)
        said = "、".join(self._atlas.latest(heir).name for heir in heirs) or "?"
        detail = f"{latest.name} → {said}"
        return DivisionFound(None, Trouble.RETIRED_DIVISION, detail, latest.name, heirs)

    def _heirs_of(self, id_: str) -> tuple[tuple[str, ...], bool]:
        """The divisions that hold what one held that is no more, and whether one of them holds it all."""
        end = self._atlas.latest(id_).period.end
        if end is None:
            return (), False
        before = end.first - timedelta(days=1)
        meant_on = before if self._day is None else min(self._day, before)
        found = heirs_between(self._atlas, self._index.successions, id_, meant_on, date.max)
        wholly = [heir for heir in found.heirs if heir.extent is Extent.WHOLE]
        is_whole = len(found.heirs) == len(wholly) == 1 and not found.ended
        return tuple(heir.id for heir in found.heirs), is_whole


_UNKNOWN = DivisionFound(None, Trouble.UNKNOWN_DIVISION)
