"""What may be wrong with a record of a file (退回原因), each with its remedy, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Why a record is not loaded."""

    UNREADABLE = "unreadable"
    HEADINGS_AGAIN = "headings_again"
    EMPTY_NAME = "empty_name"
    DAMAGED_TEXT = "damaged_text"
    TWO_NAMES = "two_names"
    ROUNDED_NUMBER = "rounded_number"
    DUPLICATE = "duplicate"
    BAD_PLACE_CODE = "bad_place_code"
    UNKNOWN_CLASS = "unknown_class"
    NO_CLASS = "no_class"
    UNKNOWN_DIVISION = "unknown_division"
    AMBIGUOUS_DIVISION = "ambiguous_division"
    RETIRED_DIVISION = "retired_division"
    NOT_ENTITLED = "not_entitled"
    BAD_DATE = "bad_date"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    BAD_COORDINATE = "bad_coordinate"
    HALF_A_POINT = "half_a_point"
    OTHER_DATUM = "other_datum"
    SWAPPED = "swapped"
    METRES = "metres"
    OUTSIDE = "outside"
    BAD_ROMANIZATION = "bad_romanization"
    UNKNOWN_SECRECY = "unknown_secrecy"


@dataclass(frozen=True, slots=True)
class Wording:
    """The reason and what to do about it."""

    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


WORDING: dict[Trouble, Wording] = {
    Trouble.UNREADABLE: Wording(
        "这一行读不出来（{}）",
        "the row cannot be read ({})",
        "请对照原表改正该行",
        "mend the row by the original",
    ),
    Trouble.HEADINGS_AGAIN: Wording(
        "中间又出现一行标题", "the line of headings stands there again", "请删去该行", "take the row out"
    ),
    Trouble.EMPTY_NAME: Wording("地名为空", "the name is empty", "请填写标准名称", "write the name"),
    Trouble.DAMAGED_TEXT: Wording(
        "含缺失或无法显示的字符（{}）",
        "holds lost characters ({})",
        "请补上原字",
        "write the character that was lost",
    ),
    Trouble.TWO_NAMES: Wording(
        "标准名称与汉字书写不同（{}）",
        "the name differs from how it is said to be written ({})",
        "请核定哪个正确并统一",
        "find out which is right and write it in both",
    ),
    Trouble.ROUNDED_NUMBER: Wording(
        "代码存成了数字，末几位已失真",
        "the code was kept as a number, its last digits are lost",
        "请把该列设为文本格式，重新填写",
        "format the column as text and write the codes again",
    ),
    Trouble.DUPLICATE: Wording(
        "与第 {} 行是同一条记录",
        "is the same record as row {}",
        "请合并为一行，或用 id 指明区分记录的列",
        "make one row of both, or name the column that tells records apart as id",
    ),
    Trouble.BAD_PLACE_CODE: Wording(
        "地名代码须为 20 位数字", "a place code has 20 digits", "请核对地名代码", "check the place code"
    ),
    Trouble.UNKNOWN_CLASS: Wording(
        "不是已知的地名类别",
        "is no known class",
        "请写 GB/T 18521 的类别代码或名称，如 22200、农村居民点",
        "write a code or label of GB/T 18521, such as 22200",
    ),
    Trouble.NO_CLASS: Wording(
        "没有类别",
        "has no class",
        "请填写类别，或在数据说明中写 feature_class",
        "write the class, or feature_class in the definition",
    ),
    Trouble.UNKNOWN_DIVISION: Wording(
        "不是已知的政区",
        "is no known division",
        "请核对代码或名称；旧代码须在数据说明中写 codes_on（代码表的日期）",
        "check code or name; for old codes write codes_on, the day of the list, in the definition",
    ),
    Trouble.AMBIGUOUS_DIVISION: Wording(
        "可指多处（{}）",
        "means several divisions ({})",
        "请写全上级，或在数据说明中写 scheme（nbs 或 mca）",
        "write the divisions above, or scheme (nbs or mca) in the definition",
    ),
    Trouble.RETIRED_DIVISION: Wording(
        "政区已撤销，不能断定归入何处（{}）",
        "the division is no more, and it is not plain which one it became ({})",
        "请写现在的政区，或补上坐标",
        "write the division of today, or add coordinates",
    ),
    Trouble.NOT_ENTITLED: Wording(
        "不在令牌所代表的政区内",
        "lies in no division that the token acts for",
        "请由该政区的经办人载入",
        "let an officer of that division load it",
    ),
    Trouble.BAD_DATE: Wording(
        "不是日期", "is no date", "请写如 2014、2014-12 或 2014-12-13", "write 2014, 2014-12 or 2014-12-13"
    ),
    Trouble.DATES_OUT_OF_ORDER: Wording(
        "日期先后颠倒（{}）", "the dates are out of order ({})", "请核对日期", "check the dates"
    ),
    Trouble.BAD_COORDINATE: Wording(
        "不是坐标",
        "is no coordinate",
        "请写如 106.670094 或 106°40′12.34″",
        "write 106.670094 or 106°40′12.34″",
    ),
    Trouble.HALF_A_POINT: Wording(
        "经度和纬度只有一个", "has only one of longitude and latitude", "请补全或都不填", "give both or none"
    ),
    Trouble.OTHER_DATUM: Wording(
        "坐标系（{}）与数据说明不同",
        "the datum ({}) is another than the definition's",
        "请先转换到 CGCS2000，或分成几个文件",
        "convert to CGCS2000, or part the file by datum",
    ),
    Trouble.SWAPPED: Wording("经纬度写反了", "longitude and latitude are swapped", "请对调", "exchange them"),
    Trouble.METRES: Wording(
        "坐标像是米而不是度", "looks like metres, not degrees", "请换算成经纬度", "convert to degrees"
    ),
    Trouble.OUTSIDE: Wording(
        "坐标在所写政区之外 {} 公里",
        "lies {} km outside the stated division",
        "请核对坐标与政区",
        "check the coordinates and the division",
    ),
    Trouble.BAD_ROMANIZATION: Wording(
        "不是罗马字母拼写", "is no spelling in Roman letters", "请只写拼音字母", "write Roman letters only"
    ),
    Trouble.UNKNOWN_SECRECY: Wording(
        "不能识别的密级或公开标志",
        "is no known secrecy or publication",
        "请写公开、内部、秘密，或是、否",
        "write 公开, 内部, 秘密, or 是, 否",
    ),
}


@dataclass(frozen=True, slots=True)
class RowTrouble:
    """One thing wrong with one row: its number from 1, the column, what stands there, why it is wrong."""

    row: int
    column: str
    value: str
    trouble: Trouble
    detail: str = ""

    def reason(self, language: str = "zh") -> str:
        """Why, in `zh` or `en`."""
        wording = WORDING[self.trouble]
        return (wording.zh if language == "zh" else wording.en).format(self.detail)

    def remedy(self, language: str = "zh") -> str:
        """What to do, in `zh` or `en`."""
        wording = WORDING[self.trouble]
        return wording.remedy_zh if language == "zh" else wording.remedy_en
