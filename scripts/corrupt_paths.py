"""Corrupts the paths of real villages (造错路径), one kind of fault after the other, by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corrupt_characters import Vocabularies

NINE = (
    *("full", "no_province", "no_province_city", "no_generic", "no_city", "homophone", "old_county"),
    *("no_suffixes", "no_county"),
)
_VILLAGE_ENDS = (
    *(
        "村村民委员会",
        "社区居民委员会",
        "村民委员会",
        "居民委员会",
        "社区居委会",
        "村委会",
        "居委会",
        "社区",
        "村",
    ),
)
_PEOPLES = [
    "苗族",
    "布依族",
    "侗族",
    "土家族",
    "彝族",
    "仡佬族",
    "水族",
    "回族",
    "白族",
    "瑶族",
    "壮族",
    "满族",
    "蒙古族",
    "羌族",
    "毛南族",
    "仫佬族",
    "各族",
]


@dataclass(frozen=True, slots=True)
class Village:
    """A village: its row among the villages, and its path of five names from the province down."""

    number: int
    path: tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Corrupted:
    """A text, the village it means, the kind of fault."""

    text: str
    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class Corruptor:
    """Makes texts with faults; each function gives None where its fault cannot be had."""

    vocabularies: Vocabularies
    old_counties: dict[str, str]
    counties: Sequence[str]
    townships: Sequence[str]

    def make(self, villages: Sequence[Village], kind: str, seed: int) -> list[Corrupted]:
        """One text for each village of which the kind of fault can be had."""
        choose = random.Random(f"{seed}-{kind}")
        fault = self.kinds()[kind]
        made = []
        for village in villages:
            text = fault(village.path, choose)
            if text:
                made.append(Corrupted(text, village.number, kind))
        return made

    def kinds(self) -> dict[str, Callable[[tuple[str, ...], random.Random], str | None]]:
        """The faults by name, the nine first."""
        return {
            "full": lambda p, _: "".join(p),
            "no_province": lambda p, _: "".join(p[1:]),
            "no_province_city": lambda p, _: "".join(p[2:]),
            "no_generic": lambda p, _: "".join(p[:4]) + short(p[4], 4),
            "no_city": lambda p, _: p[0] + "".join(p[2:]),
            "homophone": lambda p, c: self._one(p, c, self.vocabularies.homophone),
            "old_county": self._old_county,
            "no_suffixes": lambda p, _: "".join(short(name, level) for level, name in enumerate(p)),
            "no_county": lambda p, _: p[0] + p[1] + p[3] + p[4],
            "everyday": lambda p, _: "".join(p[1:4]) + everyday(p[4]),
            "no_township": lambda p, _: "".join(p[:3]) + p[4],
            "near_homophone": lambda p, c: self._one(p, c, self.vocabularies.near_homophone),
            "shape": lambda p, c: self._one(p, c, self.vocabularies.shape),
            "lost": lambda p, c: self._one(p, c, lambda _, choose: choose.choice("?□\ue001")),
            "missing": self._missing,
            "added": self._added,
            "swapped": self._swapped,
            "wrong_generic": self._wrong_generic,
            "wrong_county": lambda p, c: p[0] + p[1] + c.choice(self.counties) + p[3] + p[4],
            "two_homophones": self._two,
            "homophone_no_suffixes": self._bare_homophone,
            "shape_no_city": lambda p, c: self._one((p[0], *p[2:]), c, self.vocabularies.shape),
        }

    def _one(
        self,
        path: Sequence[str],
        choose: random.Random,
        replace: Callable[[str, random.Random], str | None],
    ) -> str | None:
        text = "".join(path)
        places = list(range(len(text)))
        choose.shuffle(places)
        for place in places:
            other = replace(text[place], choose)
            if other:
                return text[:place] + other + text[place + 1 :]
        return None

    def _old_county(self, path: Sequence[str], _: random.Random) -> str | None:
        old = self.old_counties.get(path[2])
        return path[0] + path[1] + old + path[3] + path[4] if old else None

    def _missing(self, path: Sequence[str], choose: random.Random) -> str:
        text = "".join(path)
        place = choose.randrange(len(text))
        return text[:place] + text[place + 1 :]

    def _added(self, path: Sequence[str], choose: random.Random) -> str:
        text = "".join(path)
        place = choose.randrange(1, len(text))
        return text[:place] + choose.choice(self.vocabularies.common) + text[place:]

    def _swapped(self, path: Sequence[str], choose: random.Random) -> str | None:
        text = "".join(path)
        places = [place for place in range(len(text) - 1) if text[place] != text[place + 1]]
        place = choose.choice(places)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    def _wrong_generic(self, path: Sequence[str], choose: random.Random) -> str | None:
        township = path[3]
        others = [each for each in ("镇", "乡", "街道") if not township.endswith(each)]
        return "".join(path[:3]) + short(township, 3) + choose.choice(others) + path[4]

    def _two(self, path: Sequence[str], choose: random.Random) -> str | None:
        once = self._one(path, choose, self.vocabularies.homophone)
        return once and self._one((once,), choose, self.vocabularies.homophone)

    def _bare_homophone(self, path: Sequence[str], choose: random.Random) -> str | None:
        bare = [short(name, level) for level, name in enumerate(path)]
        return self._one(bare, choose, self.vocabularies.homophone)


def everyday(village: str) -> str:
    """A village as people say it: 龙井村村民委员会 → 龙井村."""
    for ending, said in (
        ("村村民委员会", "村"),
        ("社区居民委员会", "社区"),
        ("村委会", "村"),
        ("居委会", "社区"),
    ):
        if village.endswith(ending):
            return village.removesuffix(ending) + said
    return village


def short(name: str, level: int) -> str:
    """A name without its generic and peoples, where two characters are left."""
    endings = {
        0: ("省",),
        1: ("自治州", "市"),
        2: ("自治县", "特区", "县", "市", "区"),
        3: ("街道", "镇", "乡"),
        4: _VILLAGE_ENDS,
    }[level]
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            name = name.removesuffix(ending)
            break
    else:
        return name
    if level in (1, 2, 3):
        taken = True
        while taken:
            taken = False
            for people in _PEOPLES:
                if name.endswith(people) and len(name) - len(people) >= 2:
                    name, taken = name.removesuffix(people), True
    return name
