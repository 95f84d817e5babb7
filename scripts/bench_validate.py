"""Measures bulk validation (批量核查) file to file: rows a second and peak memory, for every format."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import xlsxwriter
from numpy.typing import NDArray

from geoname.service.load_guizhou import load_guizhou
from geoname.service.opened import open_geoname
from geoname.service.validate_file import validate_file
from geoname.service.validation_register import RegisterOpener
from geoname.service.validation_rows import Answers, NameMatcher, Question, StepColumns, StepGroup, StepRow
from geoname.service.validation_runners import OneProcess

SEED = 20_261_124
COLUMNS = ("编号", "地名", "备注")
FORMATS = ("csv", "parquet", "gpkg", "xlsx")
WAYS = ("register", "without matching")
MOST_XLSX = 1_000_000


@dataclass(slots=True)
class Unmatched:
    """Gives every text the same answer at once: what is left is reading, wording and writing."""

    generation: str = "none"

    def check_within(self, code: str) -> bool:
        """No code means anything here."""
        return not code

    def match_many(
        self,
        texts: Sequence[str],
        *,
        within: Sequence[str | None] | None,
        points: NDArray[np.float64] | None,
        on: date | None,
    ) -> Answers:
        """A corrected name with two steps for every text."""
        del within, points, on
        n = len(texts)
        steps = [StepRow("missing_parent", "", "贵阳市花溪区"), StepRow("homophone", "龙景", "龙井")]
        path = "贵州省/贵阳市/花溪区/青岩镇/龙井村村民委员会"
        return Answers(
            ["corrected"] * n, ["龙井村村民委员会"] * n, ["520111103201"] * n, [path] * n,
            [0.98] * n, [0.013] * n, ["贵州省/贵阳市/花溪区"] * n,
            StepColumns(np.arange(n), np.zeros(n, np.int64), [StepGroup(tuple(steps))]),
        )  # fmt: skip


@dataclass(slots=True)
class Timed:
    """A matcher, and the seconds spent in it."""

    inner: NameMatcher
    seconds: float = 0.0
    generation: str = field(init=False)

    def __post_init__(self) -> None:
        """The same data as the inner one's."""
        self.generation = self.inner.generation

    def check_within(self, code: str) -> bool:
        """As the inner one."""
        return self.inner.check_within(code)

    def match_many(self, texts: Sequence[str], **how: Any) -> Answers:  # noqa: ANN401
        """As the inner one, timed."""
        began = time.perf_counter()
        answers = self.inner.match_many(texts, **how)
        self.seconds += time.perf_counter() - began
        return answers


def village_paths(database: Path, cache: Path) -> list[tuple[str, ...]]:
    """The path of every village of the register."""
    geoname = open_geoname(str(database), cache)
    atlas = geoname.live().atlas
    found = [
        tuple(division.name for division in atlas.chain(id_))
        for id_ in atlas.all_ids()
        if atlas.latest(id_).level == "village" and atlas.latest(id_).period.end is None
    ]
    geoname.close()
    return found


def texts_of(paths: Sequence[tuple[str, ...]], rows: int) -> list[str]:
    """Village paths as people write them, each text once: levels left out, short, with house numbers."""
    draw = random.Random(SEED)
    made = []
    for number in range(rows):
        province, prefecture, county, township, village = draw.choice(paths)
        short = village.removesuffix("村民委员会").removesuffix("居民委员会")
        ways = (
            (province, prefecture, county, township, village),
            (prefecture, county, township, short),
            (county, township, short),
            (prefecture.removesuffix("市"), county, township, village),
        )
        made.append("".join(draw.choice(ways)) + f"{number}号")
    return made


def write_input(file: Path, texts: Sequence[str]) -> None:
    """The same rows in the format of the file's ending."""
    numbers = range(len(texts))
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8") as out:
            out.write(",".join(COLUMNS) + "\n")
            out.writelines(f"{number},{text},备注\n" for number, text in zip(numbers, texts, strict=True))
    elif file.suffix == ".xlsx":
        book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for number, text in zip(numbers, texts, strict=True):
            sheet.write_row(number + 1, 0, (number, text, "备注"))
        book.close()
    else:
        table = pa.table([pa.array(numbers), pa.array(texts), pa.array(["备注"] * len(texts))], names=COLUMNS)
        if file.suffix == ".parquet":
            pq.write_table(table, file)
        else:
            pyogrio.write_arrow(table, file, layer="names", driver="GPKG")


def run_one(file: Path, output: Path, way: str, database: Path, cache: Path) -> dict[str, float]:
    """Validate one file in this process: seconds with and within the matcher, peak memory in MiB."""
    inner = Unmatched() if way == WAYS[1] else RegisterOpener(str(database), cache)()
    matcher = Timed(inner)
    began, worked = time.perf_counter(), time.process_time()
    result = validate_file(file, output, Question("地名"), OneProcess(matcher))
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - worked
    status = Path("/proc/self/status").read_text()
    return {
        "rows": result.tally.rows,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "matching_seconds": matcher.seconds,
        "rows_per_second": result.tally.rows / seconds,
        "rows_per_cpu_second": result.tally.rows / cpu_seconds,
        "peak_mib": int(status.split("VmHWM:")[1].split()[0]) / 1024,
    }


def measure(
    folder: Path, formats: Sequence[str], sizes: Sequence[int], ways: Sequence[str]
) -> list[dict[str, Any]]:
    """Every format, size and way, each in a process of its own."""
    database, cache = folder / "geoname.gpkg", folder / "cache"
    load_guizhou(str(database), cache, "bench")
    paths = village_paths(database, cache)
    measured = []
    for rows in sizes:
        texts = texts_of(paths, rows)
        for ending in formats:
            if ending == "xlsx" and rows > MOST_XLSX:
                continue
            file, output = folder / f"in.{ending}", folder / f"out.{ending}"
            write_input(file, texts)
            for way in ways:
                words = [
                    sys.executable,
                    __file__,
                    "--one",
                    str(file),
                    str(output),
                    way,
                    str(database),
                    str(cache),
                ]
                told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
                measured.append({"format": ending, "way": way, **json.loads(told)})
                output.unlink()
            file.unlink()
    return measured


def main() -> None:
    """Print what was measured, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    parser.add_argument("--one", nargs=5, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        file, output, way, database, cache = asked.one
        print(json.dumps(run_one(Path(file), Path(output), way, Path(database), Path(cache))))
        return
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), asked.formats, asked.rows, asked.ways)
    if asked.json:
        print(json.dumps(measured, ensure_ascii=False, indent=1))
        return
    print(
        f"{'format':<9}{'way':<18}{'rows':>11}{'rows/s':>10}{'rows/CPU s':>12}{'µs matching':>13}{'MiB':>6}"
    )
    for each in measured:
        matching = 1e6 * each["matching_seconds"] / each["rows"]
        print(
            f"{each['format']:<9}{each['way']:<18}{each['rows']:>11,}{each['rows_per_second']:>10,.0f}"
            f"{each['rows_per_cpu_second']:>12,.0f}{matching:>13.1f}{each['peak_mib']:>6.0f}"
        )


if __name__ == "__main__":
    main()
