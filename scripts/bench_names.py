"""Measures the name index (地名索引): building, opening, size, and every query beside its peers."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from generate_names import GeneratedNames, generate
from name_peers import LIMIT, Database, Dictionary, Scan, SortedList

from geoname.core.names.keys import name_key
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.name_index import NameColumns, NameFilter, NameIndex, NameKeys, PinyinForm
from geoname.core.register.name_index.coded import Coded
from geoname.core.register.name_index.columns import KINDS, PUBLICATIONS, STATUSES
from geoname.core.register.name_index.period_days import KNOWN_ON_NO_DAY, NEVER_ENDS, NEVER_STARTED
from geoname.store.index_files import IndexFiles

Query = Callable[[str], list[int]]
SLOW = "peer: scan"
OPENING = """
import json, sys, time
from pathlib import Path
import psutil
from geoname.core.register.name_index import NameIndex
from geoname.store.index_files import IndexFiles
def own():
    return sum(part.private_dirty for part in psutil.Process().memory_maps())
before = own()
start = time.perf_counter()
index = NameIndex.from_arrays(IndexFiles(Path(sys.argv[1])).open("names", "1"))
opened = time.perf_counter() - start
for row in range(0, len(index), max(1, len(index) // 20000)):
    index.row(row)
print(json.dumps({"seconds": opened, "own_bytes": own() - before}))
"""


def as_columns(names: GeneratedNames) -> tuple[NameColumns, NameKeys]:
    """What the index is built from; the townships' codes in order stand for preorder positions."""
    n = len(names)
    position = {code: i for i, code in enumerate(sorted(set(names.division)))}

    def filled(value: int, dtype: Any = np.uint8) -> Any:  # noqa: ANN401
        return np.full(n, value, dtype=dtype)

    columns = NameColumns(
        name_id=np.array(names.name_id, dtype=np.bytes_),
        place_id=np.array(names.place_id, dtype=np.bytes_),
        text=Coded.of(names.text),
        romanization=Coded.of(names.romanization),
        feature_class=Coded.of(names.feature_class),
        code=Coded.of([""] * n),
        basis=Coded.of(names.label),
        kind=filled(KINDS.index(NameKind.STANDARD)),
        status=filled(STATUSES.index(NameStatus.CURRENT)),
        publication=filled(PUBLICATIONS.index(Publication.PUBLIC)),
        exactness=filled(1),
        secrecy=filled(0),
        reading_source=filled(0),
        needs_review=filled(0),
        code_scheme=filled(0),
        specific_length=np.fromiter(map(len, names.specific), np.uint8, n),
        generic_length=np.fromiter(
            (len(text) - len(own) for text, own in zip(names.text, names.specific, strict=True)), np.uint8, n
        ),
        division=np.fromiter(map(position.__getitem__, names.division), np.int32, n),
        lon=names.lon,
        lat=names.lat,
        weight=names.weight,
        start=filled(NEVER_STARTED, np.int32),
        end=filled(NEVER_ENDS, np.int32),
        known_on=filled(KNOWN_ON_NO_DAY, np.int32),
        start_precision=filled(0),
        end_precision=filled(0),
    )
    text = [name_key(each) for each in names.text]
    specific = [name_key(each) for each in names.specific]
    keys = (text, specific, names.plain, names.toned, names.initials)
    return columns, NameKeys(*map(Coded.of, keys))


def measure(queries: Sequence[str], ways: dict[str, Query]) -> dict[str, Any]:
    """Microseconds of each way, the ways taken in turn for each query, and how many answers differ."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    differing = 0
    for number, query in enumerate(queries):
        answers = []
        for name, way in ways.items():
            if name == SLOW and number >= 15:
                continue
            start = time.perf_counter_ns()
            answer = way(query)
            spent[name].append((time.perf_counter_ns() - start) / 1e3)
            answers.append(answer)
        differing += any(answer != answers[0] for answer in answers)
    first = statistics.median(next(iter(spent.values())))
    return {
        "queries": len(queries),
        "answers_differing": differing,
        "microseconds": {
            name: {
                "p50": round(statistics.median(each), 2),
                "p99": round(float(np.percentile(each, 99)), 2),
                "times_ours": round(statistics.median(each) / first, 2),
            }
            for name, each in spent.items()
        },
    }


def queries_of(keys: Sequence[str], sounds: Sequence[str], count: int) -> dict[str, list[str]]:
    """Queries of each kind out of the names themselves, one in ten of them not to be found."""
    chance = random.Random(7)
    texts = [keys[chance.randrange(len(keys))] for _ in range(count)]
    characters = sorted({char for text in texts for char in text})

    def slip(text: str) -> str:
        at = chance.randrange(len(text))
        other = chance.choice(characters)
        ways = (text[:at] + other + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + other + text[at:])
        return chance.choice(ways)

    parts = [chance.randrange(max(1, len(text) - 2)) for text in texts]
    return {
        "exact": [text if i % 10 else text[::-1] for i, text in enumerate(texts)],
        "prefix of one": [text[:1] for text in texts],
        "prefix of two": [text[:2] for text in texts],
        "prefix of three": [text[:3] for text in texts],
        "contains one": [text[at] for text, at in zip(texts, parts, strict=True)],
        "contains two": [text[at : at + 2] for text, at in zip(texts, parts, strict=True)],
        "contains three": [text[at : at + 3] for text, at in zip(texts, parts, strict=True)],
        "fuzzy of four and more": [slip(text) for text in texts if len(text) >= 4],
        "fuzzy of two and three": [slip(text) for text in texts if len(text) in (2, 3)],
        "pinyin": [sounds[chance.randrange(len(sounds))] for _ in range(count)],
    }


def compare(index: NameIndex, keys: NameKeys, count: int) -> dict[str, Any]:
    """Every query of the index beside its peers; the keys are in the order of the ranks."""
    dictionary, ordered = Dictionary(keys.text), SortedList(keys.text)
    database, scan = Database(keys.text, keys.plain), Scan(keys.text)
    phrase: dict[str, Query] = {"peer: SQLite FTS5": database.contains} if database.full_text else {}
    families: dict[str, dict[str, Query]] = {
        "exact": {
            "index": lambda q: index.exact(q, limit=LIMIT).rows,
            "peer: dict": dictionary.exact,
            "peer: SQLite b-tree": database.exact,
        },
        "prefix": {
            "index": lambda q: index.prefix(q, limit=LIMIT).rows,
            "peer: sorted list": ordered.prefix,
            "peer: SQLite b-tree": database.prefix,
        },
        "contains": {"index": lambda q: index.contains(q, limit=LIMIT).rows, **phrase, SLOW: scan.contains},
        "fuzzy": {"index": lambda q: index.fuzzy(q, limit=LIMIT).rows, SLOW: scan.fuzzy},
        "pinyin": {
            "index": lambda q: index.pinyin(q, limit=LIMIT).rows,
            "peer: SQLite b-tree": database.sound,
        },
    }
    return {
        kind: measure(queries, families[kind.split()[0]])
        for kind, queries in queries_of(keys.text, keys.plain, count).items()
    }


def alone(index: NameIndex, keys: NameKeys, names: GeneratedNames, count: int) -> dict[str, Any]:
    """What no peer does alike: records, ids, specifics, initials, and searches that a filter narrows."""
    chance = random.Random(8)
    rows = [chance.randrange(len(index)) for _ in range(count)]
    township = NameFilter(division=(700, 701))
    rivers = NameFilter(feature_class="121")
    ways: dict[str, Callable[[int], Any]] = {
        "row": index.row,
        "position_of": lambda row: index.position_of(names.name_id[row]),
        "specific": lambda row: index.specific(keys.specific[row], limit=LIMIT),
        "initials, prefix of two": lambda row: index.pinyin(
            keys.initials[row][:2], PinyinForm.INITIALS, prefix=True, limit=LIMIT
        ),
        "toned": lambda row: index.pinyin(keys.toned[row], PinyinForm.TONED, limit=LIMIT),
        "prefix of one, rivers": lambda row: index.prefix(keys.text[row][:1], rivers, limit=LIMIT),
        "prefix of one, township": lambda row: index.prefix(keys.text[row][:1], township, limit=LIMIT),
        "contains one, township": lambda row: index.contains(keys.text[row][:1], township, limit=LIMIT),
        "browse, township": lambda row: index.browse(township, limit=LIMIT),
        "browse, rivers": lambda row: index.browse(rivers, limit=LIMIT),
    }
    found = {}
    for name, way in ways.items():
        spent = []
        for row in rows:
            start = time.perf_counter_ns()
            way(row)
            spent.append((time.perf_counter_ns() - start) / 1e3)
        found[name] = {
            "p50": round(statistics.median(spent), 2),
            "p99": round(float(np.percentile(spent, 99)), 2),
        }
    return found


def sizes(index: NameIndex) -> dict[str, float]:
    """Bytes a name: all of it, the text of records, and each array of more than one byte a name."""
    arrays = {name: array.nbytes / len(index) for name, array in index.to_arrays().items()}
    large = {
        name: round(size, 1) for name, size in sorted(arrays.items(), key=lambda each: -each[1]) if size > 1
    }
    whole = sum(arrays.values())
    return {"all": round(whole, 1), "all but text": round(whole - arrays["record_text"], 1), **large}


def opening(index: NameIndex) -> dict[str, float]:
    """Seconds to save and to open in a process of its own, and the memory that is that process's own."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        IndexFiles(Path(folder)).save("names", "1", index.to_arrays())
        saved = time.perf_counter() - start
        told = subprocess.run([sys.executable, "-c", OPENING, folder], check=True, capture_output=True)
        return {"save_seconds": round(saved, 3), **json.loads(told.stdout)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=520_000)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    names = generate(asked.count)
    start = time.perf_counter()
    columns, keys = as_columns(names)
    keyed = time.perf_counter()
    index = NameIndex.build(columns, keys)
    built = time.perf_counter()
    place = {name_id: i for i, name_id in enumerate(names.name_id)}
    order = [place[index.row(row).name_id] for row in range(len(index))]
    ranked = NameKeys(*([getattr(keys, part)[i] for i in order] for part in NameKeys.__slots__))
    result = {
        "names": asked.count,
        "key_seconds": round(keyed - start, 2),
        "build_seconds": round(built - keyed, 2),
        "bytes_a_name": sizes(index),
        "opening": opening(index),
        "queries": compare(index, ranked, asked.queries),
        "alone": alone(index, ranked, names, asked.queries),
    }
    print(json.dumps(result, ensure_ascii=False, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
