"""The encoding of a file: its mark, else UTF-8 if all of it is, else GB 18030, the majority where mixed."""

import pytest

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables.encoding import TextEncoding, detect_encoding, looks_like_utf8


def found(folder, data, asked=None):
    (folder / "x.csv").write_bytes(data)
    return detect_encoding(folder / "x.csv", asked)


@pytest.mark.parametrize(
    ("data", "codec", "mark"),
    [
        ("地名".encode("utf-8-sig"), "utf-8", 3),
        ("地名".encode(), "utf-8", 0),
        (b"name\n", "utf-8", 0),
        ("地名".encode("gbk"), "gb18030", 0),
        ("㵲阳镇𠅤".encode("gb18030"), "gb18030", 0),
        ("地名".encode("utf-16"), "utf-16-le", 2),
        (b"\xfe\xff" + "地名".encode("utf-16-be"), "utf-16-be", 2),
        ("地名".encode("utf-32"), "utf-32-le", 4),
    ],
)
def test_each_encoding_is_found(tmp_path, data, codec, mark):
    assert found(tmp_path, data) == TextEncoding(codec, mark)


def test_all_of_the_file_is_looked_at(tmp_path):
    assert found(tmp_path, b"ascii only\n" * 300_000 + "花溪区\n".encode("gbk")).codec == "gb18030"
    # A character cut in two by a block's end is no fault.
    assert found(tmp_path, b"a" * ((1 << 20) - 1) + "花溪".encode()).codec == "utf-8"


@pytest.mark.parametrize(("in_utf8", "codec"), [(9, "utf-8"), (2, "gb18030")])
def test_where_lines_differ_the_greater_number_decides(tmp_path, in_utf8, codec):
    lines = ["贵州省贵阳市\n".encode()] * in_utf8 + ["贵州省贵阳市\n".encode("gbk")] * 4
    assert found(tmp_path, b"".join(lines)).codec == codec


@pytest.mark.parametrize(("asked", "codec"), [("GBK", "gb18030"), ("UTF8", "utf-8"), ("utf-16", "utf-16-le")])
def test_what_is_asked_for_overrules(tmp_path, asked, codec):
    assert found(tmp_path, b"abc\n", asked) == TextEncoding(codec, 0)


def test_what_is_no_text_is_refused(tmp_path):
    with pytest.raises(DataFileError, match="--encoding"):
        found(tmp_path, "地名\n".encode("utf-16-le"))
    with pytest.raises(InvalidInputError, match="shift_jis"):
        found(tmp_path, b"abc", "shift_jis")


def test_chinese_in_gb18030_is_not_taken_for_utf8():
    for text in ("贵州省贵阳市花溪区", "联通", "青岩镇龙井村", "遵义市播州区南白街道"):
        assert looks_like_utf8(text.encode()) is (len(text) > 1)
        assert not looks_like_utf8(text.encode("gb18030"))


def test_a_byte_order_mark_overrules_what_is_asked_for(tmp_path):
    data = "名称\n青岩\n".encode("utf-8-sig")
    assert found(tmp_path, data, "gb18030") == TextEncoding("utf-8", 3)
