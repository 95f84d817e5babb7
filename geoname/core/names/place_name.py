"""A place name taken apart: specific element (专名), names of peoples, generic element (通名)."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.names.ethnonyms import ETHNONYMS, EthnonymTable
from geoname.core.names.feature_class import COUNTY, PREFECTURE, PROVINCE, TOWNSHIP
from geoname.core.names.generics import generics_of, longest_generic

_WITH_PEOPLES = {
    PROVINCE: ("自治区",),
    PREFECTURE: ("自治州",),
    COUNTY: ("自治县", "自治旗"),
    TOWNSHIP: ("乡", "苏木"),
}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name and its elements; `specific`, `ethnonyms` and `generic` one after the other are the text.

    `generic` is empty when the text ends in no generic of its class; `specific` is empty only in an
    empty text.
    """

    text: str
    specific: str
    generic: str
    ethnonyms: tuple[str, ...] = ()


def split_name(text: str, feature_class: str, ethnonyms: EthnonymTable = ETHNONYMS) -> PlaceName:
    """Take a name apart by the longest generic of its class that leaves a specific element.

    Names of peoples are set apart only where the law puts them: before 自治区, 自治州, 自治县, 自治旗 and in
    names of ethnic townships. InvalidInputError for a malformed class code.
    """
    generics = generics_of(feature_class)
    for length in range(min(longest_generic(feature_class), len(text) - 1), 0, -1):
        if text[-length:] in generics:
            specific, generic = text[:-length], text[-length:]
            break
    else:
        return PlaceName(text, text, "")
    if generic in _WITH_PEOPLES.get(feature_class, ()):
        specific, peoples = ethnonyms.strip(specific)
        return PlaceName(text, specific, generic, peoples)
    return PlaceName(text, specific, generic)
