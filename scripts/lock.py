"""Write requirements.lock, -postgis.lock and -dev.lock from pyproject.toml; needs pip-tools (pip-compile)."""

from __future__ import annotations

import subprocess
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    "pip-compile", "--quiet", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
    "--no-header", "--no-annotate", "--strip-extras", "--allow-unsafe",
)  # fmt: skip


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = {
        "requirements": project["project"]["dependencies"],
        "requirements-postgis": ["-c requirements.lock", *extras["postgis"]],
        "requirements-dev": ["-c requirements.lock", *project["dependency-groups"]["dev"]],
    }
    for name, lines in wanted.items():
        with tempfile.NamedTemporaryFile("w", suffix=".in", dir=ROOT, delete=False) as source:
            source.write("\n".join(lines) + "\n")
        try:
            subprocess.run([*COMPILE, "-o", f"{name}.lock", source.name], cwd=ROOT, check=True)
        finally:
            Path(source.name).unlink()


if __name__ == "__main__":
    main()
