"""Names of peoples (民族名称) inside names of divisions, and how each is spelt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ethnonym:
    """One people's name: Han characters, toned syllables, and the letters of untoned official lists.

    `official` None: the lists write the toned spelling without its tones. `settled` False: sources
    disagree on the spelling, and a name that holds it asks for review.
    """

    text: str
    syllables: tuple[str, ...]
    official: str | None = None
    settled: bool = True


@dataclass(frozen=True, slots=True)
class EthnonymTable:
    """The peoples' names that may stand in a division's name, by their text."""

    entries: Mapping[str, Ethnonym]
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Measure the longest name once."""
        object.__setattr__(self, "_longest", max(map(len, self.entries), default=0))

    def strip(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Take the peoples' names off the end of a text; what is left is never empty.

        Returns what is left and the names in their order: 黔东南苗族侗族 → 黔东南, (苗族, 侗族).
        """
        found: list[str] = []
        while True:
            for length in range(min(self._longest, len(text) - 1), 1, -1):
                if text[-length:] in self.entries:
                    found.append(text[-length:])
                    text = text[:-length]
                    break
            else:
                return text, tuple(reversed(found))

    def with_entries(self, changed: Iterable[Ethnonym]) -> EthnonymTable:
        """The same table with some entries replaced or added."""
        return EthnonymTable({**self.entries, **{entry.text: entry for entry in changed}})


# 55 peoples, with 各族 (龙胜各族自治县) and the one name that stands without 族 (新疆维吾尔自治区).
_TONED = """
蒙古族 měng gǔ zú|回族 huí zú|藏族 zàng zú|维吾尔族 wéi wú ěr zú|苗族 miáo zú|彝族 yí zú|壮族 zhuàng zú
布依族 bù yī zú|朝鲜族 cháo xiǎn zú|满族 mǎn zú|侗族 dòng zú|瑶族 yáo zú|白族 bái zú|土家族 tǔ jiā zú
哈尼族 hā ní zú|哈萨克族 hā sà kè zú|傣族 dǎi zú|黎族 lí zú|傈僳族 lì sù zú|佤族 wǎ zú|畲族 shē zú
高山族 gāo shān zú|拉祜族 lā hù zú|水族 shuǐ zú|东乡族 dōng xiāng zú|纳西族 nà xī zú|景颇族 jǐng pō zú
柯尔克孜族 kē ěr kè zī zú|土族 tǔ zú|达斡尔族 dá wò ěr zú|仫佬族 mù lǎo zú|羌族 qiāng zú|布朗族 bù lǎng zú
撒拉族 sā lā zú|毛南族 máo nán zú|仡佬族 gē lǎo zú|锡伯族 xī bó zú|阿昌族 ā chāng zú|普米族 pǔ mǐ zú
塔吉克族 tǎ jí kè zú|怒族 nù zú|乌孜别克族 wū zī bié kè zú|俄罗斯族 é luó sī zú|鄂温克族 è wēn kè zú
德昂族 dé áng zú|保安族 bǎo ān zú|裕固族 yù gù zú|京族 jīng zú|塔塔尔族 tǎ tǎ ěr zú|独龙族 dú lóng zú
鄂伦春族 è lún chūn zú|赫哲族 hè zhé zú|门巴族 mén bā zú|珞巴族 luò bā zú|基诺族 jī nuò zú
各族 gè zú|维吾尔 wéi wú ěr
"""

# Untoned official lists write the people's own name here (GB/T 3304), but not all of them do, and the toned
# form is not settled.
_OWN_NAME = {"布依族": "Buyeizu", "水族": "Suizu"}


def _read(lines: str) -> Iterable[Ethnonym]:
    for row in lines.strip().replace("\n", "|").split("|"):
        text, *syllables = row.split()
        yield Ethnonym(text, tuple(syllables), _OWN_NAME.get(text), text not in _OWN_NAME)


ETHNONYMS = EthnonymTable({entry.text: entry for entry in _read(_TONED)})
"""The table used where a caller gives none of their own."""
