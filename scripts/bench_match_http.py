"""Measures one match at a time (单条匹配时延): in this process and over a real server, by kind of fault.

`--database` names a loaded database; the larger its register the better (see generate_names.py and `geoname
load names`). Every text is asked once. What the server answers is compared with the service's own answers.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import orjson
from bench_http import fetch, free_port, running
from bench_match import bench_of
from corrupt_paths import NINE

from geoname.core.matching.entries import STANDARD
from geoname.service.match_names import MatchItem, match_one
from geoname.service.opened import Geoname, open_geoname
from geoname.settings import read_settings

SEED = 20_261_124
HARD = ("everyday", "near_homophone", "shape", "lost", "missing", "added", "swapped", "two_homophones")
OTHERS = "place_name"
"""The kind of texts that end with the name of something that is no division, where the register has any."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one kind: half, 99 of 100, the slowest."""

    kind: str
    texts: int
    p50_ms: float
    p99_ms: float
    most_ms: float


def texts_of(geoname: Geoname, packages: Path | None, each: int) -> dict[str, list[str]]:
    """So many texts of every kind, none twice."""
    matcher = geoname.live().matcher()
    bench = bench_of(matcher, packages, 0.0)
    choose = random.Random(SEED)
    seen: set[str] = set()
    texts: dict[str, list[str]] = {}
    for kind in (*NINE, *HARD):
        villages = choose.sample(bench.villages, min(len(bench.villages), each * 2))
        made = [one.text for one in bench.corruptor.make(villages, kind, SEED)]
        texts[kind] = [text for text in dict.fromkeys(made) if text not in seen][:each]
        seen.update(texts[kind])
    entries = matcher.entries
    others = [
        row
        for row in choose.sample(range(len(entries)), min(len(entries), each * 20))
        if entries.depth[row] == 5 and entries.kind[row] == STANDARD
    ][:each]
    if others:
        texts[OTHERS] = ["".join(entries.path(row)[choose.randrange(3) :]) for row in others]
    return texts


def latency(kind: str, took: Iterable[float]) -> Latency:
    """The figures of one kind."""
    ordered = sorted(1e3 * each for each in took)
    at = min(len(ordered) - 1, int(len(ordered) * 0.99))
    return Latency(kind, len(ordered), statistics.median(ordered), ordered[at], ordered[-1])


def in_process(geoname: Geoname, texts: Sequence[str]) -> tuple[list[float], list[bytes]]:
    """CPU seconds of each answer with its JSON, and the answers."""
    took, answers = [], []
    for text in texts:
        began = time.process_time()
        answers.append(orjson.dumps(match_one(geoname, MatchItem(text))))
        took.append(time.process_time() - began)
    return took, answers


def over_http(port: int, texts: Sequence[str], answers: Sequence[bytes]) -> list[float]:
    """Seconds of each answer over one connection that stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    took = []
    for text, expected in zip(texts, answers, strict=True):
        path = f"/v1/match?text={quote(text)}"
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        took.append(time.perf_counter() - began)
        if (answer.status, body) != (http.client.OK, expected):
            raise SystemExit(f"{path} does not answer as the service does: {answer.status} {body[:200]!r}")
    connection.close()
    return took


def measure(geoname: Geoname, database: str, texts: dict[str, list[str]]) -> dict[str, list[Latency]]:
    """Both ways, every kind and all of them together."""
    own = {kind: in_process(geoname, some) for kind, some in texts.items()}
    port = free_port()
    command = [sys.executable, "-m", "geoname.faces.cli", "--database", database]
    command += ["serve", "--workers", "1", "--port", str(port)]
    with running(command, port, "/ready"):
        fetch(port, f"/v1/match?text={quote('贵州省贵阳市花溪区清岩镇')}")
        served = {kind: over_http(port, some, own[kind][1]) for kind, some in texts.items()}
    ways = {"in process (CPU)": {kind: took for kind, (took, _) in own.items()}, "over HTTP": served}
    return {
        way: [
            *(latency(kind, took) for kind, took in by_kind.items()),
            latency("all", (one for took in by_kind.values() for one in took)),
        ]
        for way, by_kind in ways.items()
    }


def main() -> None:
    """Print the figures as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="var/geoname.gpkg")
    parser.add_argument("--each", type=int, default=200, help="texts of each kind")
    parser.add_argument("--packages", type=Path, help="a folder that keeps fetched packages")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    geoname = open_geoname(asked.database, read_settings(database=asked.database).cache)
    names = len(geoname.live().matcher())
    measured = measure(geoname, asked.database, texts_of(geoname, asked.packages, asked.each))
    geoname.close()
    if asked.json:
        shown = {way: [asdict(one) for one in some] for way, some in measured.items()}
        print(json.dumps({"names": names, **shown}, ensure_ascii=False, indent=1))
        return
    print(f"{names} names")
    for way, some in measured.items():
        print(f"{way:24}{'texts':>7}{'p50 ms':>9}{'p99 ms':>9}{'most':>9}")
        for one in some:
            print(f"  {one.kind:22}{one.texts:7}{one.p50_ms:9.2f}{one.p99_ms:9.2f}{one.most_ms:9.2f}")


if __name__ == "__main__":
    main()
