"""Writing a shipped file, or checking that it is what its script makes."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from packages import PackageNotAtHandError

DATA = Path(__file__).resolve().parent.parent / "data"
NOT_AT_HAND = 4


def table_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file: UTF-8, LF, a header line, quotes only where needed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def table_rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file as dictionaries."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows_written_before(name: str) -> list[dict[str, str]]:
    """The rows of a shipped file as it stands, none when it is not there yet."""
    path = DATA / name
    return table_rows(path.read_bytes()) if path.exists() else []


def run(description: str, make: Callable[[Path | None], dict[str, bytes]]) -> int:
    """Make the files (`make` gets the folder of kept tarballs) and write them, or compare with --check."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="compare with the files there, write nothing")
    parser.add_argument("--packages", type=Path, help="a folder that keeps fetched tarballs")
    chosen = parser.parse_args()
    try:
        made = make(chosen.packages)
    except PackageNotAtHandError as trouble:
        print(trouble, file=sys.stderr)
        return NOT_AT_HAND
    different = [
        name
        for name, content in made.items()
        if not (DATA / name).exists() or (DATA / name).read_bytes() != content
    ]
    for name in different:
        if chosen.check:
            print(f"{name} differs from what is made", file=sys.stderr)
        else:
            (DATA / name).parent.mkdir(parents=True, exist_ok=True)
            (DATA / name).write_bytes(made[name])
            print(f"{name} written")
    return 1 if different and chosen.check else 0
