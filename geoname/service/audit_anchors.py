"""Heads of the audit chains put outside the database (审计锚点), and the database proved by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from geoname.core.audit.anchors import check_anchors
from geoname.errors import InvalidInputError
from geoname.formats.anchor_file import AnchorFile, read_anchors, write_anchors
from geoname.service.keep_database import Verification, verify_database
from geoname.service.opened import Geoname
from geoname.store.protocols import StoreFault


@dataclass(frozen=True, slots=True)
class AnchorsWritten:
    """How many chains were anchored, in which file."""

    file: str
    chains: int
    at: str


def anchor_audit(geoname: Geoname, file: Path) -> AnchorsWritten:
    """Write the head of every chain into a new file, to be kept where the database's keepers cannot reach."""
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    heads = tuple(geoname.store.audit_heads())
    write_anchors(file, AnchorFile(geoname.store.database_id(), at, heads))
    return AnchorsWritten(str(file), len(heads), at)


def verify_with_anchors(geoname: Geoname, file: Path) -> Verification:
    """Verify the database, and that its chains go on from the heads that were anchored.

    InvalidInputError when the anchors are another database's, DataFileError when the file holds none.
    """
    anchored = read_anchors(file)
    kept = geoname.store.audit_digests({one.subject for one in anchored.anchors})
    # A database that was restored has another id, so only chains can tell whose anchors they are.
    if anchored.anchors and not kept and anchored.database_id != geoname.store.database_id():
        raise InvalidInputError(
            f"{file} anchors another database: give the file of this one",
            zh=f"{file} 是另一数据库的锚点：请给出本库的文件",
            field="anchors",
        )
    faults = [
        StoreFault("anchor", f"{fault.subject} {fault.position}", f"{fault.trouble} (anchored {anchored.at})")
        for fault in check_anchors(anchored.anchors, kept)
    ]
    return Verification((*verify_database(geoname).faults, *faults))
