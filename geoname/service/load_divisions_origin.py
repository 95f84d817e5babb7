"""Where loaded divisions come from (来源): the source and release of a file, and ids that stay the same."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import ConflictError, InvalidInputError
from geoname.formats.division_definition import DivisionDefinition
from geoname.store.protocols import Store, Writer, Written

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 12
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,59}")


def source_of(kind: str, file: Path, definition: DivisionDefinition, sha256: str) -> Source:
    """The source that a file and its definition are; InvalidInputError for an id that is none.

    The digest covers both: another definition makes another source of the same rows.
    """
    if definition.id and _ID.fullmatch(definition.id) is None:
        raise InvalidInputError(
            f"id {definition.id!r} must be Latin letters, digits, dots, dashes: such as mca-2025",
            zh=f"id {definition.id!r} 只能用拉丁字母、数字、点和短横，如 mca-2025",
            field="id",
        )
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", file.stem).strip("-.")[:40]
    stem = plain if plain and file.stem.isascii() else _short(file.stem)
    said = repr((sha256, definition, sorted(definition.fields.items())))
    return Source(
        f"{kind}-{definition.id or stem}",
        definition.title,
        definition.authority,
        definition.source,
        definition.licence,
        definition.attribution,
        PartialDate(definition.as_of),
        hashlib.sha256(said.encode()).hexdigest(),
    )


def put_origin(
    writer: Writer, store: Store, source: Source, actor: str, data_version: int
) -> tuple[str, Written]:
    """Write a source and a published release of it; the release's id. The same again changes nothing.

    ConflictError when the register is not any more the one of `data_version`, over which the load was worked
    out; it is read while the write lock is held.
    """
    if store.data_version() != data_version:
        raise ConflictError(
            "the register changed while the file was read: load it again",
            zh="读取文件期间地名库有变动：请重新载入",
            field="file",
        )
    stem = f"{source.id}-{source.sha256[:12]}"
    written = writer.put_source(source)
    known = [one for one in store.releases() if one.id == stem or one.id.startswith(f"{stem}.")]
    kept = next((one for one in known if one.state is ReleaseState.PUBLISHED), None)
    # A load that was taken back and is done again is another.
    release_id = kept.id if kept else f"{stem}.{len(known) + 1}" if known else stem
    now = datetime.now(UTC).isoformat(timespec="seconds")
    release = kept or Release(release_id, source.id, ReleaseState.PUBLISHED, actor, now, now)
    return release_id, written + writer.put_release(release)


def kept_id(source_id: str, key: str) -> str:
    """The id of a source's own record: always the same, and of no meaning."""
    digest = int.from_bytes(hashlib.blake2b(f"{source_id}|{key}".encode(), digest_size=8).digest(), "big")
    return "".join(_ALPHABET[digest >> 5 * place & 31] for place in range(_LENGTH))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
