"""What the matcher must see through, and what it must not do, text by text."""

import pytest

from geoname.core.matching import MatchStatus, StepKind


def path(match):
    return "/".join(match.standard.path[1:]) if match.standard else None


def kinds(match):
    return [step.kind.value for step in match.steps]


GUIYANG = "贵阳市/花溪区"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贵州省贵阳市花溪区青岩镇龙井村", f"{GUIYANG}/青岩镇/龙井村"),
        ("花溪区", GUIYANG),
        ("铜仁市", "铜仁市"),
        ("贵州省贵阳市花溪区高坡苗族乡", f"{GUIYANG}/高坡苗族乡"),
        ("桴㯊镇", "遵义市/正安县/桴㯊镇"),
        ("六枝特区", "六盘水市/六枝特区"),
        ("中国贵州省贵阳市", "贵阳市"),
    ],
)
def test_right_names_are_standard(matcher, text, expected):
    match = matcher.match(text)
    assert match.status is MatchStatus.STANDARD
    assert path(match) == expected
    assert match.steps == ()
    assert match.confidence > 0.99


@pytest.mark.parametrize(
    ("text", "expected", "steps"),
    [
        ("花溪青岩龙井", f"{GUIYANG}/青岩镇/龙井村", ["abbreviation", "missing_generic", "missing_generic"]),
        ("贵阳青岩镇", f"{GUIYANG}/青岩镇", ["abbreviation", "missing_parent"]),
        ("贵阳", "贵阳市", ["abbreviation"]),
        ("花溪", GUIYANG, ["abbreviation"]),
        ("六枝", "六盘水市/六枝特区", ["abbreviation"]),
        ("黔东南", "黔东南苗族侗族自治州", ["abbreviation"]),
        ("三都县", "黔南布依族苗族自治州/三都水族自治县", ["abbreviation"]),
        ("松桃县", "铜仁市/松桃苗族自治县", ["abbreviation"]),
        ("道真县", "遵义市/道真仡佬族苗族自治县", ["abbreviation"]),
        ("花溪区高坡乡", f"{GUIYANG}/高坡苗族乡", ["abbreviation"]),
        ("遵义县", "遵义市/播州区", ["former_division"]),
        ("贵州省遵义县南白街道", "遵义市/播州区/南白街道", ["former_division"]),
        ("贵阳市小河区", GUIYANG, ["former_division"]),
        ("毕节地区", "毕节市", ["former_division"]),
        ("毕节地区大方县", "毕节市/大方县", ["former_division"]),
        ("毕节地区毕节市", "毕节市/七星关区", ["former_division", "former_division"]),
        ("铜仁地区铜仁市", "铜仁市/碧江区", ["former_division", "former_division"]),
        ("盘县", "六盘水市/盘州市", ["former_division"]),
        ("麻江县下司镇", "黔东南苗族侗族自治州/凯里市/下司镇", ["former_division"]),
        ("huaxi qu", GUIYANG, ["character_form", "pinyin"]),
        ("Huaxi", GUIYANG, ["pinyin"]),
        ("Guìyáng Shì", "贵阳市", ["character_form", "pinyin"]),
        ("Guiyang Shi Huaxi Qu", GUIYANG, ["character_form", "pinyin", "pinyin"]),
        ("花溪区qing1yan2zhen4", f"{GUIYANG}/青岩镇", ["pinyin"]),
        ("桴焉镇", "遵义市/正安县/桴㯊镇", ["variant_character"]),
        ("㵲阳镇", "黔东南苗族侗族自治州/镇远县/舞阳镇", ["variant_character"]),
        ("花溪區青巖鎮", f"{GUIYANG}/青岩镇", ["variant_character"] * 3),
        ("花西区", GUIYANG, ["homophone"]),
        ("花溪区青岩镇龙景村", f"{GUIYANG}/青岩镇/龙井村", ["homophone"]),
        ("花溪区青岩真龙井村", f"{GUIYANG}/青岩镇/龙井村", ["homophone"]),
        ("花溪区青岩镇龙锦村", f"{GUIYANG}/青岩镇/龙井村", ["homophone"]),
        ("花溪区青岩镇龙阱村", f"{GUIYANG}/青岩镇/龙井村", ["homophone"]),
        ("花溪区菁岩镇", f"{GUIYANG}/青岩镇", ["homophone"]),
        ("花溪区青岩镇龙丼村", f"{GUIYANG}/青岩镇/龙井村", ["homophone"]),
        ("花溪区青岩镇井龙村", f"{GUIYANG}/青岩镇/龙井村", ["typing_slip"]),
        ("花溪区青岩镇龙?村", f"{GUIYANG}/青岩镇/龙井村", ["character_form"]),
        ("花溪区青岩乡龙井村", f"{GUIYANG}/青岩镇/龙井村", ["wrong_generic"]),
        ("重庆市江北区", "市辖区/江北区", []),
        ("湖南省怀化市新晃县", "怀化市/新晃侗族自治县", ["abbreviation"]),
    ],
)
def test_every_fault_is_seen_through_and_named(matcher, text, expected, steps):
    match = matcher.match(text)
    assert match.standard is not None, match
    assert path(match) == expected
    assert kinds(match) == steps
    assert (match.status is MatchStatus.STANDARD) == (not steps)


def test_a_former_division_tells_since_when_and_by_which_document(matcher):
    [step] = matcher.match("遵义县").steps
    assert (step.kind, step.source, step.to) == (StepKind.FORMER_DIVISION, "遵义县", "播州区")
    assert (step.since, step.basis) == ("2016-03-20", "国函〔2016〕56号")


@pytest.mark.parametrize(
    ("text", "remainder"),
    [
        ("花溪区青岩镇龙井村12号", "12号"),
        ("花溪区青岩镇龙井村王家寨3组", "王家寨3组"),
        ("花溪区青岩镇交通路12号", "交通路12号"),
        ("花溪区 青岩镇，龙井村(3组)", "3组)"),
    ],
)
def test_detail_is_split_off_and_returned(matcher, text, remainder):
    match = matcher.match(text)
    assert match.standard is not None
    assert match.standard.path[3] == "青岩镇"
    assert match.remainder == remainder


@pytest.mark.parametrize("text", ["龙场镇", "青岩", "下司镇", "花溪区石板镇龙井村", "HX"])
def test_what_may_mean_several_is_ambiguous_with_all_listed(matcher, text):
    match = matcher.match(text)
    assert match.status is MatchStatus.AMBIGUOUS
    assert match.standard is None
    assert len(match.candidates) > 1
    assert sum(one.confidence for one in match.candidates) <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "河北省石家庄市长安区建设路",
        "长安区",
        "朝阳区",
        "湖南省怀化市新晃县鱼市镇",
        "花溪区青岩镇新华屯上坝村",
        "今天天气不错",
        "有限责任公司",
        "村长",
        "第一中学",
    ],
)
def test_what_the_register_does_not_hold_is_not_forced_into_it(matcher, text):
    match = matcher.match(text)
    assert match.status in (MatchStatus.UNKNOWN, MatchStatus.AMBIGUOUS)
    assert match.standard is None


@pytest.mark.parametrize("text", ["", "   ", "——", "12345", "?"])
def test_what_is_no_name_is_invalid_and_says_so(matcher, text):
    match = matcher.match(text)
    assert match.status is MatchStatus.INVALID
    assert [finding.kind.value for finding in match.findings] == ["no_name"]


def test_a_division_that_is_gone_without_a_successor_is_retired(matcher):
    match = matcher.match("水城特区")
    assert match.status is MatchStatus.RETIRED
    assert match.standard is None
