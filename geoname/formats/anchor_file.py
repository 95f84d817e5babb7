"""Files of anchors (锚点文件): the heads of a database's audit chains, to be kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from geoname.core.audit.anchors import Anchor
from geoname.errors import DataFileError, InvalidInputError, StorageError

FORMAT = "geoname-anchors-1"
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """The heads of one database at a time, ISO 8601 in UTC."""

    database_id: str
    at: str
    anchors: tuple[Anchor, ...]


def write_anchors(file: Path, content: AnchorFile) -> None:
    """Write a new file; InvalidInputError when it is there already, StorageError when it cannot be."""
    body = {
        "format": FORMAT,
        "database_id": content.database_id,
        "at": content.at,
        "heads": [[one.subject, one.position, one.digest] for one in content.anchors],
    }
    try:
        with file.open("xb") as opened:
            opened.write(orjson.dumps(body, option=orjson.OPT_INDENT_2))
    except FileExistsError:
        raise InvalidInputError(
            f"{file} is there already: anchors are never overwritten, name another file",
            zh=f"{file} 已存在：锚点文件不可覆盖，请另取文件名",
            field="output",
        ) from None
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written ({error.strerror})",
            zh=f"{file} 无法写入（{error.strerror}）",
            field="output",
        ) from error


def read_anchors(file: Path) -> AnchorFile:
    """Read a file of anchors; DataFileError when it is none."""
    try:
        body = orjson.loads(file.read_bytes())
        heads = _heads(body["heads"])
        if body["format"] != FORMAT:
            raise ValueError(body["format"])
        return AnchorFile(str(body["database_id"]), str(body["at"]), tuple(heads))
    except OSError as error:
        raise DataFileError(
            f"{file} cannot be read ({error.strerror})",
            zh=f"{file} 无法读取（{error.strerror}）",
            field="anchors",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise DataFileError(
            f"{file} is no file of anchors: give one that `geoname db anchors` wrote",
            zh=f"{file} 不是锚点文件：请给出 `geoname db anchors` 写出的文件",
            field="anchors",
        ) from error


def _heads(rows: Sequence[Sequence[object]]) -> list[Anchor]:
    heads = []
    for subject, position, digest in rows:
        if not (isinstance(subject, str) and isinstance(position, int) and isinstance(digest, str)):
            raise TypeError(subject)
        if len(digest) != _DIGEST:
            raise ValueError(digest)
        heads.append(Anchor(subject, position, digest))
    return heads
