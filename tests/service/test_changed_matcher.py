"""Names written since the register was indexed are matched at once, and those given up told as retired."""

from dataclasses import replace

import pytest

from geoname.core.register.name import Name, NameKind, NameStatus, Publication
from geoname.core.register.place import Exactness, Location, Place
from geoname.core.register.provenance import Release, ReleaseState
from geoname.service import live_matcher as live_matcher_module
from geoname.service.match_names import MatchItem, match_one


@pytest.fixture
def register(guizhou_copy, monkeypatch):
    """The shipped data with its matcher, which nobody builds anew."""
    guizhou_copy.live().matcher()

    def never(*_args, **_more):
        raise AssertionError("built anew")

    monkeypatch.setattr(live_matcher_module, "build_matcher", never)
    return guizhou_copy


def write(geoname, names):
    """Names of a place in Huaxi, as an office writes them."""
    source = geoname.store.sources()[0].id
    stamp = "2026-01-01T00:00:00Z"
    release = Release("office", source, ReleaseState.PUBLISHED, "officer", stamp, stamp)
    division = geoname.live().codebook.bearer("520111", "花溪区")
    places = [
        Place(id_, "22200", division, id_, Location(106.7, 26.5, Exactness.SURVEYED, "x"))
        for id_ in sorted({name.place_id for name in names})
    ]
    with geoname.store.writing("officer", "by hand") as writer:
        writer.put_release(release)
        writer.put_places(places, "office")
        writer.put_names(names, "office")
    geoname.refresh()


def one(text, number=1, place=1, **more):
    return Name(f"zn{number:010d}", f"zp{place:010d}", text, text[:-1], text[-1:], **more)


def test_a_written_name_is_matched_at_once(register):
    text = "花溪区㵲凉垭寨"
    assert match_one(register, MatchItem(text)).status == "unknown"
    write(register, [one("㵲凉垭寨")])
    match = match_one(register, MatchItem(text))
    assert match.status == "standard"
    assert match.standard.id == "zn0000000001"
    assert match.standard.path == ("贵州省", "贵阳市", "花溪区", "㵲凉垭寨")
    assert match_one(register, MatchItem("贵阳市花溪区㵲良垭寨")).standard.id == "zn0000000001"
    assert match_one(register, MatchItem("㵲凉垭寨", within="520111")).standard.id == "zn0000000001"
    assert match_one(register, MatchItem("乌当区㵲凉垭寨")).standard is None


def test_a_renamed_one_leads_from_its_former_name(register):
    write(register, [one("㵲凉垭寨")])
    write(register, [one("㵲凉垭寨", status=NameStatus.HISTORICAL), one("㵲暖垭寨", 2)])
    match = match_one(register, MatchItem("花溪区㵲凉垭寨"))
    assert match.status == "corrected"
    assert match.standard.name == "㵲暖垭寨"
    assert [step["kind"] for step in match.steps] == ["former_name"]
    assert match_one(register, MatchItem("花溪区㵲暖垭寨")).status == "standard"


def test_a_retired_one_is_told_as_retired(register):
    write(register, [one("㵲凉垭寨")])
    write(register, [one("㵲凉垭寨", status=NameStatus.HISTORICAL)])
    match = match_one(register, MatchItem("贵州省贵阳市花溪区㵲凉垭寨"))
    assert match.status == "retired"
    assert match.standard is None


def test_an_alias_and_one_that_is_not_public(register):
    write(register, [one("㵲凉垭寨"), one("老垭子寨", 2, kind=NameKind.ALIAS)])
    match = match_one(register, MatchItem("花溪区老垭子寨"))
    assert match.standard.name == "㵲凉垭寨"
    assert [step["kind"] for step in match.steps] == ["alias"]
    hidden = replace(one("㵲凉垭寨"), publication=Publication.INTERNAL)
    write(
        register, [hidden, replace(one("老垭子寨", 2, kind=NameKind.ALIAS), publication=Publication.INTERNAL)]
    )
    assert match_one(register, MatchItem("花溪区㵲凉垭寨")).standard is None


def test_the_names_of_divisions_stay(register):
    division = register.live().codebook.bearer("520111", "花溪区")
    entry = next(each for each in register.store.names_of(division) if each.text == "花溪区")
    with register.store.writing("officer", "spelling") as writer:
        source = register.store.sources()[0].id
        stamp = "2026-01-01T00:00:00Z"
        writer.put_release(Release("office", source, ReleaseState.PUBLISHED, "officer", stamp, stamp))
        writer.put_names([replace(entry, romanization="Huāxī QŪ")], "office")
    register.refresh()
    assert match_one(register, MatchItem("花溪区青岩镇龙井村")).status == "standard"
    assert match_one(register, MatchItem("贵州省贵阳市花溪区")).status == "standard"
