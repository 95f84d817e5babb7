"""What is wrong with a parameter (参数错误) and what to do about it, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geoname.errors import InvalidInputError

_MOST_LONGITUDE = 180.0
MOST_FAULTS = 20
"""As many as are told at once; a million wrong points are not listed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One parameter and what is wrong with it."""

    parameter: str
    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The message in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


class RefusedInputError(InvalidInputError):
    """One or more parameters are wrong; `faults` names each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "; ".join(f"{fault.parameter}: {fault.en}" for fault in faults),
            zh="；".join(f"{fault.parameter}：{fault.zh}" for fault in faults),
            field=faults[0].parameter,
        )
        self.faults = tuple(faults)


_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("is required: give it", "缺少此参数：请给出"),
    "extra_forbidden": ("is not known here: use {known}", "没有此参数：可用的有 {known}"),
    "float_parsing": ("is not a number: write degrees or metres such as 106.7", "不是数：请写如 106.7 的数"),
    "float_type": ("is not a number: write a JSON number", "不是数：请写 JSON 数字"),
    "int_parsing": ("is not a whole number: write one such as 20", "不是整数：请写如 20 的整数"),
    "bool_parsing": ("is not true or false: write one of them", "不是 true 或 false：请写其中之一"),
    "bool_type": ("is not true or false: write one of them", "不是 true 或 false：请写其中之一"),
    "finite_number": ("is not finite: write an ordinary number", "不是有限的数：请写普通的数"),
    "greater_than_equal": ("is too small: write {ge} or more", "太小：请写不小于 {ge} 的数"),
    "less_than_equal": ("is too large: write {le} or less", "太大：请写不大于 {le} 的数"),
    "longitude_as_lat": (
        "is no latitude, but could be a longitude: write {le} or less, and give lon and lat each its own",
        "不是纬度，像是经度：请写不大于 {le} 的数，并核对 lon 与 lat 是否写反",
    ),
    "greater_than": ("is too small: write more than {gt}", "太小：请写大于 {gt} 的数"),
    "string_too_long": ("is too long: {max_length} characters at most", "太长：最多 {max_length} 个字符"),
    "string_too_short": ("is empty: write something", "是空的：请写内容"),
    "string_type": ("is not text: write a JSON string", "不是文字：请写 JSON 字符串"),
    "string_unicode": (
        "holds half a character (a lone surrogate): write whole characters in UTF-8",
        "含不完整的字符（孤立代理项）：请用 UTF-8 写完整的字符",
    ),
    "enum": ("is not one of these: {expected}", "不在可选值之内：{expected}"),
    "literal_error": ("is not one of these: {expected}", "不在可选值之内：{expected}"),
    "list_type": ("is not a list: write a JSON array", "不是列表：请写 JSON 数组"),
    "model_type": ("is not an object: write a JSON object", "不是对象：请写 JSON 对象"),
    "said": ("{en}", "{zh}"),
    "repeated": ("is given more than once: give it once", "重复给出：请只给一次"),
    "not_utf8": (
        "is not UTF-8: percent-encode the text as UTF-8",
        "不是 UTF-8：请按 UTF-8 编码后再作百分号转义",
    ),
    "nul": ("holds a NUL character: leave it out", "含空字符（NUL）：请去掉"),
    "bad_json": (
        "is not JSON ({trouble}): send one JSON object in UTF-8",
        "不是 JSON（{trouble}）：请用 UTF-8 发送一个 JSON 对象",
    ),
    "too_many": (
        "holds {count}, more than {most}: send less at a time",
        "有 {count} 个，多于 {most}：请分批发送",
    ),
    "bbox": (
        "is not a box: write west,south,east,north in degrees, such as 106.5,26.4,106.9,26.8",
        "不是范围：请按 西,南,东,北 写四个度数，如 106.5,26.4,106.9,26.8",
    ),
}


def word(kind: str, **values: object) -> tuple[str, str]:
    """The words for one kind of fault, English then Chinese, with the values put in."""
    en, zh = _WORDS[kind]
    return en.format_map(values), zh.format_map(values)


def refused(faults: Sequence[Fault]) -> RefusedInputError:
    """The error that tells the first faults at once."""
    return RefusedInputError(faults[:MOST_FAULTS])


def faults_of(error: ValidationError, known: tuple[str, ...]) -> list[Fault]:
    """Every fault that validation found, named as the caller wrote the parameter."""
    faults = []
    for found in error.errors(include_url=False)[:MOST_FAULTS]:
        name = _written([*found["loc"]])
        values = {**found.get("ctx", {}), "known": ", ".join(known)}
        kind = _kind(name, found)
        words = word(kind, **values) if kind in _WORDS else (found["msg"], found["msg"])
        faults.append(Fault(name, *words))
    return faults


def _kind(name: str, found: ErrorDetails) -> str:
    kind = found["type"]
    if name == "lat" and kind == "less_than_equal" and float(found["input"]) <= _MOST_LONGITUDE:
        return "longitude_as_lat"
    return kind


def _written(steps: list[int | str]) -> str:
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    return ascii(written[:40])[1:-1] if written else "body"
