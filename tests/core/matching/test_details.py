"""What may follow a name, and what claims a division that is not known."""

import pytest

from geoname.core.matching.details import Detail, detail


@pytest.mark.parametrize(
    ("remainder", "depth", "expected"),
    [
        ("一二号", 3, Detail.SURELY),
        ("三组", 4, Detail.SURELY),
        ("村民组", 4, Detail.SURELY),
        ("王家寨", 4, Detail.SURELY),
        ("交通路一二号", 3, Detail.PERHAPS),
        ("人民广场", 2, Detail.PERHAPS),
        ("某某村", 3, Detail.NOT),
        ("八十社居民委员会", 3, Detail.NOT),
        ("中山路街道白杨洞社区", 2, Detail.NOT),
        ("开发区", 2, Detail.NOT),
        ("西街藁", 3, Detail.NOT),
        ("张家坡", 3, Detail.NOT),
    ],
)
def test_of_a_name_with_its_generic(remainder, depth, expected):
    assert detail(remainder, depth, True) is expected


def test_after_a_name_without_its_generic_only_a_number_is_sure():
    assert detail("王家寨", 4, False) is Detail.NOT
    assert detail("交通路", 3, False) is Detail.NOT
    assert detail("三组", 4, False) is Detail.SURELY
