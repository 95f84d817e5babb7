"""The vocabularies of corruption (造错字表): homophones and look-alikes of their own sources."""

from __future__ import annotations

import csv
import pickle
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from shipped_output import DATA
from wheels import FOUR_CORNER, Wheel

# Not the sources of the matcher: it hears by pypinyin, and knows look-alikes by their parts.
XPINYIN = Wheel("xpinyin", "0.7.7", "1317a0140b704e03e5f368c2dc7618887a2fc45cdc288b6d648e2ebabf571f0e")
_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("hu", "f"))


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """For a character those that sound the same, that sound nearly so, and that look like it."""

    homophones: dict[str, str]
    near: dict[str, str]
    shapes: dict[str, str]
    common: str

    def homophone(self, char: str, choose: random.Random) -> str | None:
        """Another character of the same sound, None when there is none."""
        return _one(self.homophones.get(char, ""), char, choose)

    def near_homophone(self, char: str, choose: random.Random) -> str | None:
        """Another character that is heard alike in Guizhou."""
        return _one(self.near.get(char, ""), char, choose)

    def shape(self, char: str, choose: random.Random) -> str | None:
        """Another character that looks like it."""
        return _one(self.shapes.get(char, ""), char, choose)


def _one(others: str, char: str, choose: random.Random) -> str | None:
    fitting = others.replace(char, "")
    return choose.choice(fitting) if fitting else None


def vocabularies(packages: Path | None) -> Vocabularies:
    """Made of the 6,500 commoner characters."""
    with (DATA / "characters/general_standard.csv").open(encoding="utf-8") as table:
        common = [row["character"] for row in csv.DictReader(table) if row["level"] in "12"]
    [sounds] = XPINYIN.members("xpinyin/Mandarin.dat", folder=packages)
    read: dict[str, str] = {}
    for line in sounds.decode("utf-8").splitlines():
        point, spelt = line.split("\t")[:2]
        read[chr(int(point, 16))] = spelt.split(" ")[0].rstrip("12345").lower()
    [corners] = FOUR_CORNER.members("four_corner_method/data/data.pkl", folder=packages)
    corner_of = pickle.loads(corners)  # checked by its digest
    by_sound: dict[str, list[str]] = defaultdict(list)
    by_near: dict[str, list[str]] = defaultdict(list)
    by_corner: dict[str, list[str]] = defaultdict(list)
    for char in common:
        if char in read:
            by_sound[read[char]].append(char)
            by_near[_heard(read[char])].append(char)
        if char in corner_of:
            by_corner[corner_of[char][:4]].append(char)
    near = {
        char: "".join(other for other in by_near[_heard(read[char])] if read[other] != read[char])
        for char in common
        if char in read
    }
    return Vocabularies(_spread(by_sound), near, _spread(by_corner), "".join(common[:3500]))


def _spread(groups: dict[str, list[str]]) -> dict[str, str]:
    return {char: "".join(group) for group in groups.values() for char in group if len(group) > 1}


def _heard(sound: str) -> str:
    for one, other in _NEAR:
        if sound.startswith(one) and len(sound) > len(one):
            sound = other + sound[len(one) :]
            break
    return sound[:-1] if sound.endswith(("ing", "eng")) else sound
