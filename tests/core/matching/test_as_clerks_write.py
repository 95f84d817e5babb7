"""Texts as clerks write them, none from the benchmark: what is read, what is left, what is not guessed."""

import pytest

READ = """
贵州省 贵阳市 花溪区（青岩镇）龙井村      | 青岩镇/龙井村 |
花溪区青岩镇龙井村委会                    | 青岩镇/龙井村 |
贵州贵阳花溪青岩龙井村                    | 青岩镇/龙井村 |
花溪区 青岩 龙井                          | 青岩镇/龙井村 |
贵阳市青岩龙井                            | 青岩镇/龙井村 |
貴州省貴陽市花溪區青岩鎮龍景村            | 青岩镇/龙井村 |
花溪区花溪区青岩镇龙井村12号              | 青岩镇/龙井村 | 12号
贵州省贵州省贵阳市花溪区                  | 贵阳市/花溪区 |
花溪区青岩镇青岩镇                        | 花溪区/青岩镇 |
贵阳市花溪区青岩镇龙井村三组12号          | 青岩镇/龙井村 | 三组12号
花溪区青岩镇龙井村第三村民小组            | 青岩镇/龙井村 | 第三村民小组
花溪区青岩镇龙井村大寨村民组              | 青岩镇/龙井村 | 大寨村民组
花溪区青岩镇龙井村民组                    | 花溪区/青岩镇 | 龙井村民组
花溪区清溪居委会                          | 阳光街道/清溪社区 |
云岩区北京路1号附2号                      | 贵阳市/云岩区 | 北京路1号附2号
贵阳市云岩区中华北路187号                 | 贵阳市/云岩区 | 中华北路187号
贵州省贵阳市观山湖区林城东路世纪城小区A栋 | 贵阳市/观山湖区 | 林城东路世纪城小区A栋
贵州省贵阳市花溪区（原花溪镇）            | 贵阳市/花溪区 | （原花溪镇）
（原遵义县）播州区南白街道                | 播州区/南白街道 |
遵义地区遵义县南白镇                      | 播州区/南白街道 |
水城县发耳乡                              | 水城区/发耳镇 |
盘县红果镇                                | 盘州市/红果街道 |
毕节地区毕节市                            | 毕节市/七星关区 |
铜仁地区万山特区茶店镇                    | 万山区/茶店街道 |
黔东南凯里                                | 黔东南苗族侗族自治州/凯里市 |
印江自治县木黄镇                          | 印江土家族苗族自治县/木黄镇 |
兴义市黄草办事处                          | 兴义市/黄草街道 |
凤岗县龙泉镇                              | 凤冈县/龙泉街道 |
岑巩县思阳镇                              | 岑巩县/思旸镇 |
六枝朗岱                                  | 六枝特区/郎岱镇 |
huaxi qu qingyan zhen                     | 花溪区/青岩镇 |
乌当区青岩镇                              | 花溪区/青岩镇 |
湖南新晃                                  | 怀化市/新晃侗族自治县 |
"""
NOT_GUESSED = """
金沙县城关镇 赫章县城关镇 贵定县城关镇 望谟县复兴镇 惠水县和平镇 龙场镇 马场镇 龙井村 朗岱镇 花溪区区
贵州省镇雄县 北京市朝阳区 贵安新区 贵阳北站 茅台酒厂 雷山县西江镇西江千户苗寨 榕江县车江乡 青岩镇花溪区龙井村
乌当区青岩镇龙井村12号
"""


@pytest.mark.parametrize("line", READ.strip().split("\n"))
def test_what_is_read(matcher, line):
    text, ends, remainder = (part.strip() for part in line.split("|"))
    match = matcher.match(text)
    assert match.status in ("standard", "corrected"), match
    assert "/".join(match.standard.path).endswith(ends)
    assert match.remainder == remainder
    assert match.text == text
    many = matcher.match_many([text, "龙场镇"])
    assert many.match(0) == match


@pytest.mark.parametrize("text", NOT_GUESSED.split())
def test_what_is_not_guessed(matcher, text):
    assert matcher.match(text).standard is None


def test_what_was_written_twice_is_told(matcher):
    match = matcher.match("贵州省贵州省贵阳市花溪区")
    assert match.status == "corrected"
    assert [(step.kind, step.source, step.to) for step in match.steps] == [
        ("typing_slip", "贵州省贵州省", "贵州省")
    ]


def test_a_remark_in_brackets_is_no_part_of_the_name(matcher):
    match = matcher.match("（原遵义县）播州区南白街道")
    assert [(step.kind, step.to) for step in match.steps] == [("character_form", "播州区南白街道")]
