"""The faults that matching is measured with: each is what its name says, and the seed decides."""

import importlib.util
import random
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
PATH = ("贵州省", "贵阳市", "花溪区", "青岩镇", "龙井村村民委员会")


@pytest.fixture(scope="module")
def corrupt():
    sys.path.insert(0, str(SCRIPTS))
    try:
        spec = importlib.util.spec_from_file_location("corrupt_paths", SCRIPTS / "corrupt_paths.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["corrupt_paths"] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.fixture(scope="module")
def corruptor(corrupt):
    from corrupt_characters import Vocabularies

    words = Vocabularies({"井": "井景", "岩": "岩颜"}, {"井": "金"}, {"青": "青清"}, "的一是")
    return corrupt.Corruptor(words, {"花溪区": "小河区"}, ["乌当区"], ["石板镇"])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("full", "贵州省贵阳市花溪区青岩镇龙井村村民委员会"),
        ("no_province_city", "花溪区青岩镇龙井村村民委员会"),
        ("no_generic", "贵州省贵阳市花溪区青岩镇龙井"),
        ("no_suffixes", "贵州贵阳花溪青岩龙井"),
        ("no_county", "贵州省贵阳市青岩镇龙井村村民委员会"),
        ("old_county", "贵州省贵阳市小河区青岩镇龙井村村民委员会"),
        ("everyday", "贵阳市花溪区青岩镇龙井村"),
        ("wrong_county", "贵州省贵阳市乌当区青岩镇龙井村村民委员会"),
    ],
)
def test_levels_and_generics_left_off_or_replaced(corruptor, kind, text):
    assert corruptor.kinds()[kind](PATH, random.Random(1)) == text


@pytest.mark.parametrize(("kind", "longer"), [("homophone", 0), ("shape", 0), ("missing", -1), ("added", 1)])
def test_one_character_is_touched(corruptor, kind, longer):
    whole = "".join(PATH)
    text = corruptor.kinds()[kind](PATH, random.Random(2))
    assert text != whole
    assert len(text) == len(whole) + longer
    if not longer:
        assert sum(one != other for one, other in zip(text, whole, strict=True)) == 1


def test_the_seed_decides(corrupt, corruptor):
    villages = [corrupt.Village(number, PATH) for number in range(20)]
    one, again = (corruptor.make(villages, "missing", 3) for _ in range(2))
    assert one == again
    assert one != corruptor.make(villages, "missing", 4)


def test_what_cannot_be_had_is_left_out(corrupt, corruptor):
    other = ("贵州省", "贵阳市", "乌当区", "水田镇", "上坝村")
    assert corruptor.make([corrupt.Village(0, other)], "old_county", 1) == []


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("黔东南苗族侗族自治州", 1, "黔东南"),
        ("三都水族自治县", 2, "三都"),
        ("盘县", 2, "盘县"),
        ("高坡苗族乡", 3, "高坡"),
    ],
)
def test_short_names(corrupt, name, level, expected):
    assert corrupt.short(name, level) == expected
