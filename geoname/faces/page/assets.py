"""The page's scripts, styles and map library (静态文件), read once, with their types, digests and sizes."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

# Named here, since what Python guesses for .mjs differs from machine to machine and a browser refuses a
# module of another type.
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, its media type and the first 16 digits of its SHA-256."""

    body: bytes
    media_type: str
    digest: str


@lru_cache(maxsize=64)
def compressed(asset: Asset) -> bytes:
    """The file's bytes as gzip, made once."""
    return gzip.compress(asset.body, compresslevel=9, mtime=0)


class Assets:
    """The files under `static/`: `app/` of this release, `vendor/` of named releases of others."""

    def __init__(self) -> None:
        self._files = dict(_read(files("geoname.faces.page") / "static", ""))
        own = hashlib.sha256()
        for path in sorted(self._files):
            if path.startswith("app/"):
                own.update(f"{path} {self._files[path].digest}\n".encode())
        self.version = own.hexdigest()[:12]
        """Changes when any own file changes, so that a browser may keep them for good."""

    def get(self, path: str) -> Asset | None:
        """The file at `app/…` or `vendor/…`, None when there is none."""
        return self._files.get(path)


def _read(folder: Traversable, prefix: str) -> list[tuple[str, Asset]]:
    found: list[tuple[str, Asset]] = []
    for item in folder.iterdir():
        path = prefix + item.name
        if item.is_dir():
            found += _read(item, f"{path}/")
        else:
            body = item.read_bytes()
            media_type = _TYPES.get(item.name.rpartition(".")[2], _PLAIN)
            found.append((path, Asset(body, media_type, hashlib.sha256(body).hexdigest()[:16])))
    return found
