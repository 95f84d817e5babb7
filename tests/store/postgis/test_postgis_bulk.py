"""Rows that PostgreSQL is given as columns are kept to the letter, and refer to what is there."""

from __future__ import annotations

import pytest

from geoname.core.register.name import Name
from geoname.core.register.provenance import ReleaseState
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch
from geoname.errors import InvalidInputError
from geoname.store.postgis import bulk
from geoname.store.protocols import Written

pytestmark = pytest.mark.postgres

TEXTS = ["寨", "a\tb", "\n", "\r\n", "\\", "\\N", "\\.", "%s %%", "", "NULL", '"', "'", "x" * 5_000]


@pytest.fixture(params=[True, False], ids=["spared", "row by row"])
def staged(filled, make_release, monkeypatch, request):
    """A store whose role may, or may not, let the server take references as looked at."""
    monkeypatch.setattr(bulk, "_may_spare", lambda _connection: request.param)
    with filled.writing("loader", "census") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
    return filled


def batch(texts: list[str], key: str = "v", **names) -> RecordBatch:
    ids = [f"{key}{number:03d}" for number in range(len(texts))]
    return RecordBatch(
        PlaceBatch(id=ids, feature_class="22200", source_record=texts, division_id="pbz"),
        NameBatch(
            **{"id": ids, "place_id": ids, "text": texts, "specific": texts, "generic": ""}
            | {"document": [text or None for text in texts]}
            | names
        ),
    )


def load(store, given: RecordBatch) -> Written:
    return store.load_batch(given, "r2", actor="loader", reason="census")


def test_every_text_is_kept_as_it_was_given(staged, run_sql):
    assert load(staged, batch(TEXTS)) == Written(added=2 * len(TEXTS))
    kept = run_sql("SELECT text, specific, document FROM name WHERE release_id = 'r2' ORDER BY id")
    assert kept == [(text, text, text or None) for text in TEXTS]
    assert load(staged, batch(TEXTS)) == Written(same=2 * len(TEXTS))
    assert staged.verify() == []


def test_a_text_that_stands_in_every_row_is_kept_as_it_was_given(staged, run_sql):
    for number, text in enumerate(TEXTS):
        load(staged, batch(["甲", "乙", "丙"], key=f"v{number:02d}", language=text, generic=[text] * 3))
    kept = run_sql("SELECT language, generic FROM name WHERE release_id = 'r2' ORDER BY id")
    assert kept == [(text, text) for text in TEXTS for _ in range(3)]


def test_what_refers_to_nothing_is_refused_as_ever(staged):
    with pytest.raises(InvalidInputError) as error:
        load(staged, batch(["甲", "乙"], place_id=["v000", "nowhere"]))
    assert error.value.field == "place_id"
    assert "'nowhere'" in error.value.message
    assert staged.info().rows["name"] == 4


def test_what_is_written_after_a_batch_is_looked_at_again(staged):
    def write_both():
        with staged.writing("loader", "both") as writer:
            writer.put_batch(batch(["甲"]), "r2")
            writer.put_names([Name("n9", "nowhere", "丁寨", "丁", "寨")], "r2")

    with pytest.raises(InvalidInputError) as error:
        write_both()
    assert error.value.field == "place_id"
    assert staged.info().rows["name"] == 4


def test_places_may_refer_to_what_comes_later_in_the_transaction(staged):
    with staged.writing("loader", "both") as writer:
        places = PlaceBatch(id=["a"], feature_class="22200", source_record="a", division_id=["b"])
        writer.put_batch(RecordBatch(places), "r2")
        later = PlaceBatch(id=["b"], feature_class="22200", source_record="b")
        writer.put_batch(RecordBatch(later), "r2")
    assert staged.info().rows["place"] == 6
    assert staged.verify() == []
