"""Editions that wait to be published are listed apart, and seeing them changes nothing that is served."""

from __future__ import annotations

from geoname.core.register.provenance import ReleaseState


def test_a_draft_is_listed_as_one_until_it_is_published(store, sample, make_release):
    start = store.data_version()
    with store.writing("loader", "draft") as writer:
        writer.put_source(sample.source)
        writer.put_release(make_release(state=ReleaseState.STAGED))
        writer.put_edition(sample.edition, sample.territories, sample.lines, "r1")
    assert (store.draft_editions(), store.editions()) == ([sample.edition], [])
    assert store.data_version() == start
    with store.writing("loader", "publish") as writer:
        writer.put_release(make_release())
    assert (store.draft_editions(), store.editions()) == ([], [sample.edition])


def test_a_source_of_drafts_alone_is_not_served(store, sample, make_release):
    start = store.data_version()
    with store.writing("loader", "draft") as writer:
        writer.put_source(sample.source)
        writer.put_release(make_release(state=ReleaseState.STAGED))
    assert store.data_version() == start
    with store.writing("loader", "publish") as writer:
        writer.put_release(make_release())
    served = store.data_version()
    with store.writing("loader", "correct") as writer:
        writer.put_source(type(sample.source)(**{**_columns(sample.source), "title": "改"}))
    assert store.data_version() == served + 1


def _columns(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
