"""Measures the naming rules (命名规则): CPU seconds for many names, beside rules that scan every list."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from dataclasses import replace

from generate_names import CLASSES, FIRST, SECOND

from geoname.core.names.place_name import split_name
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.facts import Facts
from geoname.core.rules.lexicon import TermFound
from geoname.formats.shipped_data import read_divisions
from geoname.formats.shipped_lexicons import lexicons_with, read_terms
from geoname.service.rule_facts import shipped_facts

VILLAGE = "21610"
ESTATES = ("22100", 0.08, 1.0, "小区 花园 家园 公寓 山庄 新村 苑 大厦 广场 中心")
NAMES_FOR_PEER = 20_000


class ScannedLexicons:
    """What word lists cost when each term is looked for by itself, rule by rule."""

    def __init__(self) -> None:
        self._terms = read_terms()
        self._compiled = lexicons_with()

    def has(self, rule: str) -> bool:
        """Whether there is a list for this rule."""
        return any(term.rule == rule for term in self._terms)

    def touches(self, text: str) -> bool:
        """Nothing is known before the lists are looked through."""
        return True

    def found(self, name, rule: str) -> tuple[TermFound, ...]:  # noqa: ANN001
        """The same as the compiled lists find, each term looked for by itself first."""
        for term in self._terms:
            if term.rule == rule and term.text.upper() in name.text.upper():
                return self._compiled.found(name, rule)
        return ()


def texts(count: int, seed: int) -> list[tuple[str, str]]:
    """Names with their classes: real village roots and made ones, in the classes of a real register."""
    chance = random.Random(seed)
    roots = [
        split_name(each.division.name, VILLAGE).specific
        for each in read_divisions()
        if len(each.division.codes[-1].code) == 12
    ]
    classes = [*CLASSES, ESTATES]
    generics = {each[0]: each[3].split() for each in classes}
    kinds = chance.choices([each[0] for each in classes], [each[1] for each in classes], k=count)
    made = []
    for kind in kinds:
        real = chance.random() < 0.7
        specific = chance.choice(roots) if real else chance.choice(FIRST) + chance.choice(SECOND)
        made.append((specific + chance.choice(generics[kind]), kind))
    return made


def judged(pairs: list[tuple[str, str]], facts: Facts) -> tuple[float, Counter[str]]:
    """CPU seconds for taking the names apart and judging them, and how often each rule found something."""
    counts: Counter[str] = Counter()
    began = time.process_time()
    for text, kind in pairs:
        for found in check_name(propose(text, kind), facts, NAME_RULES):
            counts[found.rule] += 1
    return time.process_time() - began, counts


def asked_on_average(cases: list[ProposedName]) -> float:
    """How many rules apply to a name of this mixture; without a register and a spelling."""
    return sum(sum(case.kind in rule.applies_to for rule in NAME_RULES) for case in cases) / len(cases)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    pairs = texts(asked.count, asked.seed)
    facts = shipped_facts()
    judged(pairs[:10_000], facts)
    seconds, counts = judged(pairs, facts)
    few = pairs[:NAMES_FOR_PEER]
    ours, ours_found = judged(few, facts)
    peer, peer_found = judged(few, replace(facts, lexicons=ScannedLexicons()))
    if ours_found != peer_found:
        sys.exit(f"the answers differ: {ours_found - peer_found} {peer_found - ours_found}")
    result = {
        "names": asked.count,
        "rules": len(NAME_RULES),
        "rules_applying": round(asked_on_average([propose(*pair) for pair in few]), 1),
        "cpu_seconds": round(seconds, 2),
        "microseconds_per_name": round(seconds / asked.count * 1e6, 2),
        "scanning_every_list_times_slower": round(peer / ours, 1),
        "findings": dict(counts.most_common()),
    }
    if asked.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for name, value in result.items():
        print(f"{name:34} {value}")


if __name__ == "__main__":
    main()
