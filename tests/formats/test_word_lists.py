"""An office's own lists are read, take the place of ours, and say where they are wrong."""

import pytest

from geoname.core.names.place_name import split_name
from geoname.core.rules.case import propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.finding import Severity
from geoname.core.rules.lexicon import MatchMode
from geoname.errors import DataFileError
from geoname.formats.shipped_lexicons import lexicons_with
from geoname.formats.word_lists import read_own_terms
from geoname.service.rule_facts import shipped_facts


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "own.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_two_columns_are_enough(written):
    (term,) = read_own_terms(written("term,rule\n某某集团,A9-6\n"))
    assert (term.text, term.rule, term.tier, term.mode) == ("某某集团", "A9-6", "office", MatchMode.SPECIFIC)


def test_a_file_saved_by_a_spreadsheet_is_read(written):
    path = written("\ufeffrule,term,match_mode,tier\r\nA9-4,某甲,whole,office-leaders\r\n")
    (term,) = read_own_terms(path)
    assert (term.mode, term.tier) == (MatchMode.WHOLE, "office-leaders")


def test_own_terms_replace_the_shipped_ones_of_their_rule_alone(written):
    own = lexicons_with(read_own_terms(written("term,rule\n梦幻,BIG-2\n")))
    name = split_name("梦幻中央世界城", "22100")
    assert [found.term.text for found in own.found(name, "BIG-2")] == ["梦幻"]
    assert [found.term.text for found in own.found(name, "BIG-3")] == ["世界"]


def test_a_leaders_name_blocks_and_an_enterprise_is_advice(written):
    facts = shipped_facts(
        written("term,rule,tier\n某某甲,A9-4,office-leaders\n某某集团,A9-6,\n某外文,SOV-1,\n")
    )

    def severity(text, rule):
        found = check_name(propose(text, "21800"), facts, NAME_RULES)
        return [each.severity for each in found if each.rule == rule]

    assert severity("某某甲路", "A9-4") == [Severity.BLOCKS]
    assert severity("某某集团路", "A9-6") == [Severity.ADVICE]
    assert severity("某外文路", "SOV-1") == [Severity.BLOCKS]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("term\n中央\n", "line 1: has no column rule"),
        ("", "has no column term, rule"),
        ("term,rule\n中央,BIG-2\n,BIG-2\n", "line 3: column term is empty"),
        ("term,rule,match_mode\n中央,BIG-2,somewhere\n", "line 2: match_mode 'somewhere'"),
        ('term,rule\n"中央,BIG-2\n', "unexpected end of data: mend the line"),
        ("term,rule\n中央,BIG-2\n".encode("gb18030"), "not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(written, content, told):
    with pytest.raises(DataFileError, match=told) as refused:
        read_own_terms(written(content))
    assert refused.value.zh != refused.value.message


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DataFileError, match=r"none\.csv: cannot be read"):
        read_own_terms(tmp_path / "none.csv")
