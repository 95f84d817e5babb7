"""Make data/MANIFEST.sha256: the checksum of every shipped table, in the form that sha256sum -c reads."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from shipped_output import DATA, run


def make(_: Path | None) -> dict[str, bytes]:
    files = sorted(path for path in DATA.rglob("*.csv"))
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(DATA).as_posix()}\n"
        for path in files
    )
    return {"MANIFEST.sha256": "".join(lines).encode()}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
