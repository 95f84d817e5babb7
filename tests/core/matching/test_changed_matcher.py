"""A matcher with what changed since answers as one built anew over what holds now."""

import dataclasses
import random

import numpy as np
import pytest

from geoname.core.matching.changed_entries import Changes
from geoname.core.register.name import NameKind, NameStatus
from geoname.service.matcher_rows import NameRow, columns_of, other_names

SHAPES = "坡湾坝冲沟坪塘井寨洞"
FIRST = "大小上下新老高长青白黑红黄龙虎马牛羊石金银双"


def made(choose, register, number, text=None, kind=NameKind.STANDARD, status=NameStatus.CURRENT, place=None):
    """A generated name of a place that is no division."""
    text = text or choose.choice(FIRST) + choose.choice(FIRST) + choose.choice(SHAPES)
    within = choose.randrange(len(register.atlas.all_ids()))
    return NameRow(f"g{number}", place or f"p{number}", text, "", len(text) - 1, within, kind, status)


@pytest.fixture(scope="module")
def edited(register):
    """The names of a register with generated ones, before and after a hundred changes, and what they are."""
    choose = random.Random(3)
    before = [made(choose, register, number) for number in range(600)]
    after, gone = list(before), []
    for number in choose.sample(range(600), 90):
        gone.append(before[number])
        how, row = choose.randrange(3), before[number]
        if how == 0:
            after[number] = dataclasses.replace(
                row, name_id=f"n{number}", text=choose.choice(FIRST) + row.text[1:]
            )
            after.append(dataclasses.replace(row, status=NameStatus.HISTORICAL))
        elif how == 1:
            after[number] = dataclasses.replace(row, status=NameStatus.HISTORICAL)
        else:
            after[number] = None
    after = [row for row in after if row is not None]
    after += [made(choose, register, 1000 + number) for number in range(60)]
    for number in range(30):
        of = choose.choice(before)
        if of not in gone:
            after.append(made(choose, register, 2000 + number, kind=NameKind.ALIAS, place=of.place_id))
            gone.append(of)
    alias = made(choose, register, 3000, "筑城市", NameKind.ALIAS)
    guiyang = register.atlas.at(register.position("贵州省", "贵阳市")).id
    after.append(dataclasses.replace(alias, place_id=guiyang, specific_length=2))
    return before, after, gone


@pytest.fixture(scope="module")
def matchers(register, edited):
    """The matcher with changes, and the one built anew."""
    before, after, gone = edited
    base = register.build(before)
    ids = [base.entries.name_id(row) for row in range(len(base.entries))]
    touched = {row.place_id for row in gone} | {row.place_id for row in after} - {
        row.place_id for row in before
    }
    rows = [row for row in after if row.place_id in touched]
    standing = [row for row in rows if row.kind is NameKind.STANDARD and row.status is NameStatus.CURRENT]
    bearers = {row.place_id: number for number, row in enumerate(standing)}
    changes = Changes(
        np.array(sorted(ids.index(row.name_id) for row in gone), dtype=np.int64),
        columns_of(standing, register.atlas),
        tuple(other_names(rows, bearers, register.atlas)),
    )
    return base.changed(changes), register.build(after), base


def said(match):
    """An answer without the numbers that entries have."""
    standard = match.standard and (match.standard.name_id, match.standard.path, match.standard.division)
    candidates = sorted((one.standard.name_id, one.standard.path, one.confidence) for one in match.candidates)
    return (
        match.status, standard, match.confidence, match.second_confidence, match.steps, match.remainder,
        candidates, match.findings,
    )  # fmt: skip


def texts_of(register, edited, seed):
    choose = random.Random(seed)
    before, after, gone = edited
    made_ = ["筑城市花溪区", "筑城市", "贵阳市", "花溪区青岩镇龙井村"]
    for row in [*choose.sample(before, 60), *gone, *choose.sample(after, 120), *after[-100:]]:
        chain = [one.name for one in register.atlas.chain(register.atlas.at(row.division).id)]
        keep = chain[choose.randrange(len(chain)) :]
        text = "".join(keep) + row.text
        made_ += [text, row.text, text + "3组"]
        at = choose.randrange(len(text))
        made_.append(text[:at] + choose.choice(["龙", "?", "", "路"]) + text[at + 1 :])
    return made_


def test_many_answer_as_from_a_matcher_built_anew(matchers, register, edited):
    changed, anew, _ = matchers
    texts = texts_of(register, edited, 1)
    one, other = changed.match_many(texts), anew.match_many(texts)
    for row, text in enumerate(texts):
        assert said(one.match(row)) == said(other.match(row)), text


def test_one_answers_as_many(matchers, register, edited):
    changed, _, _ = matchers
    texts = texts_of(register, edited, 2)[::4]
    many = changed.match_many(texts)
    for row, text in enumerate(texts):
        assert said(many.match(row)) == said(changed.match(text)), text


def test_hints_hold_for_what_came(matchers, register, edited):
    changed, anew, _ = matchers
    _, after, _ = edited
    for row in after[-95:-35]:
        for within in (row.division, register.position("贵州省", "贵阳市")):
            assert said(changed.match(row.text, within=within)) == said(anew.match(row.text, within=within))


def test_the_base_stays_as_it_was(matchers, register, edited):
    *_, base = matchers
    before, _, _ = edited
    for row in before[:40]:
        chain = [one.name for one in register.atlas.chain(register.atlas.at(row.division).id)]
        assert base.match("".join(chain) + row.text).status in ("standard", "ambiguous")


def test_a_retired_name_is_told_as_retired(register):
    base = register.build()
    within = register.position("贵州省", "贵阳市", "花溪区", "青岩镇")
    row = NameRow("x1", "y1", "歇凉垭口", "", 3, within, NameKind.STANDARD, NameStatus.CURRENT)
    text = "贵州省贵阳市花溪区青岩镇歇凉垭口"
    none = np.zeros(0, dtype=np.int64)
    assert base.match(text).status == "unknown"
    added = base.changed(Changes(none, columns_of([row], register.atlas), ()))
    assert added.match(text).standard.name_id == "x1"
    gone = dataclasses.replace(row, status=NameStatus.HISTORICAL)
    former = tuple(other_names([gone], {}, register.atlas))
    retired = base.changed(Changes(none, columns_of([], register.atlas), former)).match(text)
    assert retired.status == "retired"
    assert retired.standard is None
    assert retired.candidates == ()
