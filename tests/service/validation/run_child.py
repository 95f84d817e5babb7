"""Runs a validation with the stand-in in its own process: IN OUT [pause] [limit of bytes] [rows a chunk]."""

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from stand_in_matcher import FakeMatcher, chunks_of

from geoname.errors import StorageError
from geoname.service.validate_file import validate_file
from geoname.service.validation_rows import Question
from geoname.service.validation_runners import OneProcess
from geoname.service.validation_summary import write_summary


def peak_memory():
    """The most memory that this process has held, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main(file, output, pause="0", limit="0", rows="2000"):
    chunks_of(int(rows))
    if int(limit):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
    output = Path(output)
    try:
        result = validate_file(
            Path(file), output, Question("地名"), OneProcess(FakeMatcher(pause=float(pause))),
            finished=lambda done: write_summary(done, output, "zh"),
        )  # fmt: skip
    except StorageError as error:
        sys.exit(f"StorageError: {error.message}")
    print(result.tally.rows, result.resumed_at, peak_memory())


if __name__ == "__main__":
    main(*sys.argv[1:])
