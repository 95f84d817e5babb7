"""Generic elements (通名): which ones a feature class may end in, and how each is spelt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geoname.core.names.feature_class import require_class


@dataclass(frozen=True, slots=True)
class Generic:
    """A generic element: its text, and its toned syllables word by word (村民委员会: two words)."""

    text: str
    words: tuple[tuple[str, ...], ...]


# A line begins with the digits that a class shares with its parts; a slash divides words.
_WRITTEN = """
121: 河 hé, 江 jiāng, 溪 xī, 水 shuǐ, 沟 gōu, 川 chuān, 渠 qú, 涧 jiàn, 瀑布 pù bù, 泉 quán, 滩 tān,
    峡 xiá, 运河 yùn hé, 大瀑布 dà pù bù, 温泉 wēn quán, 峡谷 xiá gǔ, 大峡谷 dà xiá gǔ
122: 湖 hú, 海 hǎi, 池 chí, 潭 tán, 塘 táng, 淀 diàn, 泽 zé, 海子 hǎi zi, 湿地 shī dì
134: 山 shān, 岭 lǐng, 峰 fēng, 坡 pō, 岩 yán, 梁 liáng, 坳 ào, 岗 gǎng, 冈 gāng, 崖 yá, 岳 yuè, 丘 qiū,
    洞 dòng, 坝 bà, 坪 píng, 谷 gǔ, 峡 xiá, 山脉 shān mài, 雪山 xuě shān, 高地 gāo dì, 高原 gāo yuán,
    盆地 pén dì, 丘陵 qiū líng, 台地 tái dì, 坝子 bà zi, 峡谷 xiá gǔ, 大峡谷 dà xiá gǔ, 溶洞 róng dòng,
    天坑 tiān kēng, 峰丛 fēng cóng, 峰林 fēng lín
1341: 关 guān, 口 kǒu, 垭 yā, 垭口 yā kǒu, 隘口 ài kǒu, 山口 shān kǒu, 关隘 guān ài
212: 省 shěng, 市 shì, 自治区 zì zhì qū, 特别行政区 tè bié xíng zhèng qū
213: 市 shì, 地区 dì qū, 盟 méng, 自治州 zì zhì zhōu
214: 县 xiàn, 市 shì, 区 qū, 旗 qí, 自治县 zì zhì xiàn, 自治旗 zì zhì qí, 特区 tè qū, 林区 lín qū,
    新区 xīn qū
215: 镇 zhèn, 乡 xiāng, 街道 jiē dào, 民族乡 mín zú xiāng, 苏木 sū mù, 民族苏木 mín zú sū mù,
    地区 dì qū, 街道办事处 jiē dào/bàn shì chù, 地区办事处 dì qū/bàn shì chù
216: 社区 shè qū, 村 cūn, 居委会 jū wěi huì, 社区居委会 shè qū/jū wěi huì,
    居民委员会 jū mín/wěi yuán huì, 社区居民委员会 shè qū/jū mín/wěi yuán huì, 村委会 cūn wěi huì,
    村民委员会 cūn mín/wěi yuán huì, 嘎查 gā chá
218: 路 lù, 道 dào, 街 jiē, 巷 xiàng, 弄 lòng, 里 lǐ, 条 tiáo, 坊 fāng, 大道 dà dào, 大街 dà jiē,
    马路 mǎ lù, 环路 huán lù, 环线 huán xiàn, 公路 gōng lù, 小巷 xiǎo xiàng, 小街 xiǎo jiē,
    胡同 hú tong, 步行街 bù xíng jiē, 快速路 kuài sù lù, 高速公路 gāo sù/gōng lù
221: 市 shì, 县 xiàn, 镇 zhèn, 街 jiē, 城 chéng, 场 chǎng, 集 jí, 村 cūn, 庄 zhuāng, 寨 zhài, 屯 tún,
    堡 bǎo, 铺 pù, 店 diàn, 营 yíng, 小区 xiǎo qū, 花园 huā yuán, 家园 jiā yuán, 新村 xīn cūn, 公寓 gōng yù,
    山庄 shān zhuāng, 苑 yuàn, 新城 xīn chéng
222: 村 cūn, 庄 zhuāng, 寨 zhài, 屯 tún, 堡 bǎo, 铺 pù, 店 diàn, 营 yíng, 集 jí, 场 chǎng, 坝 bà,
    坪 píng, 湾 wān, 坡 pō, 冲 chōng, 沟 gōu, 坳 ào, 塘 táng, 岩 yán, 自然村 zì rán cūn,
    村民组 cūn mín zǔ, 小组 xiǎo zǔ
2321: 公路 gōng lù, 高速公路 gāo sù/gōng lù, 国道 guó dào, 省道 shěng dào, 县道 xiàn dào,
    乡道 xiāng dào, 高速 gāo sù
231: 港 gǎng, 码头 mǎ tóu, 渡口 dù kǒu, 渡 dù, 船闸 chuán zhá, 锚地 máo dì
232: 站 zhàn, 汽车站 qì chē zhàn, 客运站 kè yùn zhàn
233: 站 zhàn, 火车站 huǒ chē zhàn, 铁路 tiě lù, 线 xiàn, 道口 dào kǒu
234: 机场 jī chǎng, 国际机场 guó jì/jī chǎng
235: 站 zhàn, 停车场 tíng chē chǎng
2361: 桥 qiáo, 大桥 dà qiáo, 特大桥 tè dà qiáo, 立交桥 lì jiāo qiáo, 天桥 tiān qiáo, 铁路桥 tiě lù qiáo,
    公路桥 gōng lù qiáo, 吊桥 diào qiáo, 廊桥 láng qiáo, 风雨桥 fēng yǔ qiáo
2362: 隧道 suì dào
2365: 环岛 huán dǎo, 路口 lù kǒu, 立交 lì jiāo
2366: 加油站 jiā yóu zhàn
241: 井 jǐng
242: 水库 shuǐ kù, 塘 táng, 池塘 chí táng, 山塘 shān táng
243: 渠 qú, 水渠 shuǐ qú, 灌区 guàn qū, 干渠 gàn qú, 泵站 bèng zhàn
244: 堤 dī, 坝 bà, 大坝 dà bà, 堰 yàn
245: 运河 yùn hé
246: 电站 diàn zhàn, 水电站 shuǐ diàn zhàn, 发电厂 fā diàn chǎng, 变电站 biàn diàn zhàn,
    电厂 diàn chǎng
251: 遗址 yí zhǐ, 故居 gù jū, 纪念馆 jì niàn guǎn, 旧址 jiù zhǐ, 陵园 líng yuán,
    烈士陵园 liè shì/líng yuán, 纪念碑 jì niàn bēi, 墓 mù, 祠 cí, 寺 sì, 庙 miào, 会址 huì zhǐ
252: 公园 gōng yuán, 森林公园 sēn lín/gōng yuán, 湿地公园 shī dì/gōng yuán, 地质公园 dì zhì/gōng yuán,
    国家森林公园 guó jiā/sēn lín/gōng yuán, 国家湿地公园 guó jiā/shī dì/gōng yuán, 植物园 zhí wù yuán,
    动物园 dòng wù yuán
253: 景区 jǐng qū, 风景区 fēng jǐng qū, 风景名胜区 fēng jǐng/míng shèng qū, 度假区 dù jià qū,
    自然保护区 zì rán/bǎo hù qū, 古镇 gǔ zhèn
26: 大厦 dà shà, 广场 guǎng chǎng, 中心 zhōng xīn, 大楼 dà lóu, 楼 lóu, 体育馆 tǐ yù guǎn,
    体育场 tǐ yù chǎng, 图书馆 tú shū guǎn, 博物馆 bó wù guǎn, 剧院 jù yuàn, 塔 tǎ, 亭 tíng, 台 tái,
    碑 bēi, 阁 gé, 场 chǎng, 市场 shì chǎng
"""


def _read(written: str) -> dict[str, dict[str, Generic]]:
    tables: dict[str, dict[str, Generic]] = {}
    for paragraph in written.replace("\n   ", "").strip().splitlines():
        digits, rows = paragraph.split(":")
        table = tables[digits] = {}
        for row in rows.split(","):
            text, spelt = row.split(maxsplit=1)
            table[text] = Generic(text, tuple(tuple(word.split()) for word in spelt.split("/")))
    return tables


_TABLES = _read(_WRITTEN)


@cache
def generics_of(feature_class: str) -> dict[str, Generic]:
    """The generics that names of the class may end in, by text; a part of a class has those of the whole too.

    Empty for a class whose names have no generic that is known; InvalidInputError for a malformed code.
    """
    code = require_class(feature_class)
    found: dict[str, Generic] = {}
    for digits, table in _TABLES.items():
        if code.startswith(digits):
            found.update(table)
    return found


@cache
def longest_generic(feature_class: str) -> int:
    """The number of characters of the longest generic of the class, 0 when it has none."""
    return max(map(len, generics_of(feature_class)), default=0)
