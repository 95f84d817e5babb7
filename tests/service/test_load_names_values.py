"""What a chunk of rows says, looked at as columns, is what each row says alone."""

import re
from unicodedata import is_normalized

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.names.characters import faults, normal_form
from geoname.formats.definition import parse_definition
from geoname.formats.register_fields import map_register_fields
from geoname.formats.register_table import RegisterBatch
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.table import RowFault
from geoname.service.boundary_place import frame_of
from geoname.service.load_names_cells import blank_rows, read_rows
from geoname.service.load_names_dates import read_written_date
from geoname.service.load_names_places import PlaceReader
from geoname.service.load_names_rows import COLUMNS, Checked, RecordChecker
from geoname.service.load_names_spool import CheckedRecords
from geoname.service.load_names_values import dates_of, names_of, shown_to, spellings_of

CELLS = {
    "标识": ["1", " 1", "2", 3.0, 1e20, None],
    "标准名称": ["虚构寨", "　虚构寨", "堡 ", "1组", "虚?寨", "虚 构", "标准名称", "\u200b", "\0", "\ud800"],
    "汉字书写": ["", "虚构寨", "虚构堡", "1 组", None],
    "罗马字母拼写": ["Xūgòuzhài", "Xu  gou", "Xū  gòu", "虚构", "Xu\u0304gou", "", " ", None, "?"],
    "通名罗马字母拼写": ["", "zhài", "Hé", None],
    "使用时间": ["", "明代", "1958", "1958-13"],
    "命名时间": ["", "清乾隆年间", "2015年6月1日", "不明1", None, 2015.0],
    "废止时间": ["", "1950", "2016-02", "昨日"],
    "批准时间": ["", "2014", "x"],
    "历史沿革": ["", "旧为虚构屯", None],
    "密级": ["", "公开", "秘密", "内部", "?"],
    "是否公开": ["", "是", "否", "大概"],
    "类别": ["22200", "农村居民点", "不知道", "", "22299", "21500"],
    "东经": ["106.68", 106.681, "", "x", "107.9"],
    "北纬": ["26.335", "", 26.336],
    "所在政区": ["520111101", "花溪区", "", "999999", "青岩镇", "522121"],
    "地名代码": ["", "52011110122200900001", "1"],
}  # fmt: skip
HEADINGS = tuple(CELLS)
FIELDS = map_register_fields(HEADINGS, {"id": "标识"}, has_geometry=False)
POSITIONS = {wanted: HEADINGS.index(column) for wanted, column in FIELDS.columns.items()}
ROWS = st.lists(
    st.one_of(
        st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())),
        st.just(("",) * len(CELLS)),
    ),
    min_size=1,
    max_size=30,
)
FAULTS = st.lists(
    st.tuples(st.integers(0, 29), st.sampled_from(["too_long", "surplus_cells", "encoding"])), max_size=2
)
_EDGES = "\ufeff \t\r\n\u3000\xa0"
_ROMAN = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f\s'\u2019\u02bc`\u00b7.,()\-]+")


def batch_of(rows, first=1, faults=()):
    told = tuple(RowFault(offset, kind, None, "") for offset, kind in faults if offset < len(rows))
    columns = tuple(list(cells) for cells in zip(*rows, strict=True))
    return RegisterBatch(first, len(rows), columns, told, None, len(rows))


def text_of(cell):
    """A trimmed text, empty where no database keeps it."""
    text = cell.strip(_EDGES) if isinstance(cell, str) else "" if cell is None else written_number(cell)
    return "" if "\0" in text or "\ud800" in text else text


class Plain:
    """One row, looked at alone: its values by column, and (column, value, trouble, detail)."""

    def __init__(self, row):
        self.text = {wanted: text_of(row[at]) for wanted, at in POSITIONS.items()}
        self.found = []
        self.values = {}
        self.is_blank = not any(str(cell or "").strip(_EDGES) for cell in row)
        self.name()
        self.dates()
        self.shown()
        self.spelling()

    def note(self, wanted, value, trouble, detail=""):
        self.found.append((FIELDS.columns[wanted], value, trouble, detail))

    def name(self):
        text, written = self.text["name"], self.text["written"]
        name = normal_form(text)
        self.values["name"] = name or None
        lost = faults(name)
        if not name:
            if not self.is_blank:
                self.note("name", "", "empty_name")
        elif lost:
            said = "、".join(f"{fault.position + 1}:{fault.char!r}" for fault in lost[:3])
            self.note("name", text, "damaged_text", said)
        elif written and normal_form(written) != name:
            self.note("name", text, "two_names", written)
        if name == "标准名称":
            self.note("name", name, "headings_again")

    def dates(self):
        days, words = {}, ""
        for wanted in ("named_on", "used_from", "abolished", "approved_on"):
            text = self.text[wanted]
            days[wanted] = read_written_date(text) if text else None
            if not text or days[wanted] is not None:
                continue
            if wanted in ("named_on", "used_from") and not any(map(str.isdigit, text)):
                words = "；".join(filter(None, (words, f"{FIELDS.columns[wanted]}：{text}")))
            else:
                self.note(wanted, text, "bad_date")
        start, end = days["named_on"] or days["used_from"], days["abolished"]
        if start and end and end.last < start.first:
            self.note("abolished", str(end), "dates_out_of_order", f"{start} → {end}")
        told = {"start": start, "end": end, "approved_on": days["approved_on"]}
        self.values |= {column: None if day is None else str(day) for column, day in told.items()}
        self.values["history"] = "；".join(filter(None, (self.text["history"], words)))

    def shown(self):
        secrecy = {"": "open", "公开": "open", "内部": "restricted"}.get(self.text["secrecy"], "secret")
        public = {"": "public", "是": "public"}.get(self.text["public"], "internal")
        if self.text["secrecy"] == "?":
            self.note("secrecy", "?", "unknown_secrecy")
        if self.text["public"] == "大概":
            self.note("public", "大概", "unknown_secrecy")
        self.values["secrecy"] = secrecy
        self.values["publication"] = public if secrecy == "open" else "internal"

    def spelling(self):
        text, generic = self.text["romanization"], self.text["generic_romanization"]
        self.values["romanization"] = None
        if not text:
            return
        plain = text.isascii() or (is_normalized("NFC", text) and "  " not in text)
        spelling = text if plain else normal_form(text)
        if _ROMAN.fullmatch(spelling) is None:
            # The row is handed back, so that it does not matter what becomes of it.
            self.note("romanization", text, "bad_romanization")
            del self.values["romanization"]
            return
        if generic and not spelling.lower().endswith(generic.lower()):
            spelling = f"{spelling} {normal_form(generic)}"
        self.values["romanization"] = spelling


@given(ROWS)
def test_columns_say_what_each_row_says(made):
    rows = read_rows(batch_of(made), FIELDS, POSITIONS, [*FIELDS.columns, "established", "registered_on"])
    rows.troubles.clear()
    blank = blank_rows(rows)
    columns = {"name": names_of(rows, blank)}
    columns |= dates_of(rows, read_written_date)[0] | shown_to(rows)
    columns |= {"romanization": spellings_of(rows), "history": rows.texts["history"]}
    told = {}
    for trouble in rows.troubles:
        told.setdefault(trouble.row, []).append(
            (trouble.column, trouble.value, trouble.trouble.value, trouble.detail)
        )
    for i, row in enumerate(made):
        plain = Plain(row)
        assert {column: columns[column][i] for column in plain.values} == plain.values, row
        assert sorted(told.get(i + 1, [])) == sorted(plain.found)
        assert (i in blank) == plain.is_blank


def checked(guizhou, batches):
    """The records and the troubles of batches, row by row."""
    definition = parse_definition({"valid_from": "2015-12-31", "crs": "EPSG:4490", "scheme": "nbs"})
    places = PlaceReader(definition, frame_of("EPSG:4490", ""))
    checker = RecordChecker(guizhou, definition, FIELDS, HEADINGS, places)
    records, troubles = {}, []
    for batch in batches:
        found = checker.check(batch, ())
        troubles += found.troubles
        for i, row in enumerate(found.rows):
            records[row] = (*(found.columns[column][i] for column in COLUMNS), found.lon[i], found.lat[i])
    return repr(records), sorted(map(repr, troubles)), repr(checker.tally)


@settings(max_examples=40, deadline=None)
@given(ROWS, FAULTS, st.integers(1, 29))
def test_it_does_not_matter_where_a_batch_ends(guizhou, made, faults, cut):
    whole = checked(guizhou, [batch_of(made, 1, faults)])
    alone = checked(
        guizhou,
        [
            batch_of([row], i + 1, [(0, kind) for offset, kind in faults if offset == i])
            for i, row in enumerate(made)
        ],
    )
    behind = [(offset - cut, kind) for offset, kind in faults if offset >= cut]
    rest = [batch_of(made[cut:], cut + 1, behind)] if made[cut:] else []
    assert whole == alone == checked(guizhou, [batch_of(made[:cut], 1, faults), *rest])


CELL_PAIRS = st.tuples(st.sampled_from([None, "", "一", "二"]), st.text("甲乙丙0123", max_size=6))
PARTS = st.lists(st.lists(CELL_PAIRS, max_size=9), max_size=4)


@given(PARTS, st.integers(1, 20))
def test_records_come_back_as_they_were_kept(tmp_path_factory, parts, at_least):
    folder = tmp_path_factory.getbasetemp() / "spooled"
    kept = {column: [] for column in COLUMNS}
    with CheckedRecords(folder) as records:
        for part in parts:
            few, many = ([each[side] for each in part] for side in (0, 1))
            columns = dict.fromkeys(COLUMNS, few) | {"record": many, "story": [None] * len(part)}
            places = np.full(len(part), 1.5)
            records.add(Checked([*range(len(part))], columns, places, -places, places > 1, []))
            for column in COLUMNS:
                kept[column] += columns[column]
        records.seal()
        back = list(records.batches(at_least))
    for column in COLUMNS:
        assert [cell for batch in back for cell in batch[column]] == kept[column]
    assert all(isinstance(batch["lat"], np.ndarray) and (batch["lat"] == -1.5).all() for batch in back)
    assert all(len(batch["row"]) >= at_least for batch in back[:-1])


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_column_of_these_tests_is_a_field(heading):
    assert heading in FIELDS.columns.values()
