"""The name index (地名索引): arrays in, answers out."""

from geoname.core.register.name_index.columns import NameColumns, NameKeys, columns_of, keys_of
from geoname.core.register.name_index.filtering import NameFilter
from geoname.core.register.name_index.index import NameIndex, PinyinForm
from geoname.core.register.name_index.paging import Page
from geoname.core.register.name_index.records import IndexedName

__all__ = [
    "IndexedName",
    "NameColumns",
    "NameFilter",
    "NameIndex",
    "NameKeys",
    "Page",
    "PinyinForm",
    "columns_of",
    "keys_of",
]
