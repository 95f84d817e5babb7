"""Write docs/rules.md: every naming rule with its law and examples, from the code; --check compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geoname.core.law.citation import Known
from geoname.core.rules.case import ProposedName
from geoname.core.rules.catalogue import ADJUSTMENT_RULES, CODE_RULES, NAME_RULES, PROCEDURE_RULES
from geoname.core.rules.kinds import EVERY_KIND, PlaceKind
from geoname.core.rules.rule import Example, NameRule, Rule

FILE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
KNOWN = {
    Known.FULL_TEXT: "全文",
    Known.ONE_COPY: "一份转载",
    Known.SECONDARY: "二手",
    Known.COMPUTED: "推算",
}
SEVERITIES = {"blocks": "阻止", "advice": "建议", "information": "提示"}
NEEDS = {
    "register": "地名库和所在区划",
    "territory": "实体范围",
    "extent": "规模数据",
    "spelling": "拼写",
    "word_list": "用户自备名单",
}
KINDS = {
    PlaceKind.NATURAL: "自然实体",
    PlaceKind.DIVISION: "区划",
    PlaceKind.VILLAGE: "村居",
    PlaceKind.PARK: "公园",
    PlaceKind.STREET: "街路巷",
    PlaceKind.ESTATE: "住宅区楼宇",
    PlaceKind.FACILITY: "设施",
    PlaceKind.OTHER: "其他",
    PlaceKind.NATURAL_VILLAGE: "自然村寨",
}
HEADING = """# 命名规则 / Naming rules

由 `python scripts/build_rules.py` 从代码生成。Made from the code.

规则只提建议，不自行改名；是否采纳由人决定并写明理由。2022年5月1日前批准的地名、已列入行政区划名单的地名只作提示（\
条例要求地名保持相对稳定）。判据是本项目自己的话，不是法条原文；“依据”注明法条和我们对其文本的了解程度：全文、一份转载\
、二手、推算。

The rules advise and never change a name; a person decides and gives the reason. Names approved befo\
re 1 May 2022, and names in the list of divisions, get information only. The criteria are in our own\
 words.

词表在 `data/nonstandard_terms.csv` 和 `data/lexicons/`，每条注明所属规则\
、来源和可信度；`engineering-default` 是本项目自拟，只作提示。国家领导人、企业商标、有损主权地名的\
名单由主管部门自备，不随附。

自备词表：UTF-8 的 CSV 文件，列 `term`、`rule`（规则编号），可加 `tier`、`match_mode`、`exception`；\
路径写在 `GEONAME_WORD_LISTS`。某规则有了自备词，就不再用随附的词。\
国家领导人名单写 `rule` A9-4、`tier` office-leaders。

The office's own lists: a CSV file in UTF-8 with the columns `term` and `rule`, and where wanted `tier`, \
`match_mode`, `exception`; its path in `GEONAME_WORD_LISTS`. A rule for which it has terms uses those alone.

不能判断的：规则缺少所需事实（下表“所需”）时不作判断，回答中列出。没有建成区范围，街路巷、住宅区按县级行政区比对；县级\
以上重名只能比对已载入的省份；地名所指实体的范围没有数据；自然村寨的比对范围、村居和自然实体的批准机关由省里规定，未取得\
，故从旧细则或不判断。

贵州 1,598 个县级和乡级法定名称，在不计“已批准、已列入名单”时所得的结论逐条读过两遍：\
读音分组无误；第二遍补入四处名胜（红水河、草海、万峰湖、格凸河）。\
清单见 `tests/core/rules/legal_names_signed_off.txt`。

What the rules say of the 1,598 legal names of counties and townships with grandfathering off was read line \
by line, twice: the groups of equal sound are right, and the second reading added four features to the list. \
The lines stand in `tests/core/rules/legal_names_signed_off.txt`."""


def page() -> str:
    """The whole page."""
    lines = [HEADING]
    for title, rules in (
        ("地名 / Names", NAME_RULES),
        ("程序与时限 / Procedures", PROCEDURE_RULES),
        ("代码 / Codes", CODE_RULES),
        ("乡镇调整 / Changes of townships", ADJUSTMENT_RULES),
    ):
        lines += ["", f"## {title}", "", *_table(list(rules))]
    return "\n".join(lines) + "\n"


def _table(rules: list[Rule[Any]]) -> Iterator[str]:
    yield "| 规则 | 判据 | 依据 | 级别 | 适用 | 所需 | 不通过的例子 | 通过的例子 |"
    yield "|---|---|---|---|---|---|---|---|"
    for rule in rules:
        cells = (
            f"**{rule.code}** {rule.title.zh}<br>{rule.title.en}",
            f"{rule.criterion.zh}<br>{rule.criterion.en}" + _exceptions(rule),
            "<br>".join(f"{citation}（{KNOWN[citation.known]}）" for citation in rule.basis),
            SEVERITIES[rule.severity],
            _kinds(rule),
            "、".join(NEEDS[need] for need in sorted(rule.needs)),
            _examples(rule.rejects),
            _examples(rule.accepts),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _exceptions(rule: Rule[Any]) -> str:
    if not rule.exceptions:
        return ""
    return "<br>例外：" + "；".join(allowed.words.zh for allowed in rule.exceptions)


def _kinds(rule: Rule[Any]) -> str:
    if not isinstance(rule, NameRule):
        return ""
    if rule.applies_to == EVERY_KIND:
        return "各类"
    return "、".join(label for kind, label in KINDS.items() if kind in rule.applies_to)


def _examples(examples: tuple[Example[Any], ...]) -> str:
    written = []
    for example in examples:
        case = example.case
        if not isinstance(case, ProposedName):
            continue
        text = case.name.text or "（空）"
        if case.romanization:
            text += f" {case.romanization}"
        if example.beside:
            text += f"（已有{'、'.join(one.name.text for one in example.beside)}）"
        written.append(ascii_safe(text))
    return "、".join(written)


def ascii_safe(text: str) -> str:
    """The text with private-use characters written as their code points, so that every editor shows them."""
    return "".join(f"U+{ord(char):04X}" if 0xE000 <= ord(char) <= 0xF8FF else char for char in text)


def main() -> None:
    made = page()
    if "--check" in sys.argv[1:]:
        known = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
        sys.exit(0 if known == made else f"docs/{FILE.name} is out of date: run {sys.argv[0]}")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
