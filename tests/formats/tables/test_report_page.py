"""The report is one page, escaped, fetching nothing, its bars in proportion."""

import re

from geoname.formats.tables.report_page import Bar, Chart, report_page


def page(*bars):
    return report_page(
        "<标题>", "zh", [("文件", "<script>alert(1)</script>")], [Chart("甲&乙", bars), Chart("空", ())]
    )


def widths(html, kind):
    return [float(width) for width in re.findall(rf'class="{kind}"[^>]*width="([\d.]+)"', html)]


def test_all_text_is_escaped_and_nothing_is_fetched():
    html = page(Bar('"><script>', 1))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;标题&gt;" in html
    assert not re.search(r"https?:|src=|@import|url\(", html)
    assert "空" not in html


def test_bars_are_in_proportion_and_none_vanishes():
    html = page(Bar("a", 1000, 250), Bar("b", 500), Bar("c", 1), Bar("d", 0))
    whole, half, least, none = widths(html, "bar")
    assert half == whole / 2
    assert least == 2
    assert none == 0
    assert widths(html, "part")[0] == whole / 4


def test_a_chart_of_nothing_but_noughts_is_drawn():
    assert widths(page(Bar("a", 0)), "bar") == [0]


def test_a_long_label_is_shortened_and_told_whole():
    html = page(Bar("贵" * 60, 1))
    assert "贵" * 35 + "…" in html
    assert f"<title>{'贵' * 60}: 1</title>" in html
