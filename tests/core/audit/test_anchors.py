"""Anchors tell a chain that was cut back or written anew from one that grew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geoname.core.audit.anchors import Anchor, check_anchors

chains = st.dictionaries(
    st.text(min_size=1, max_size=5),
    st.lists(st.text("ab", min_size=4, max_size=4), min_size=1, max_size=6),
    max_size=5,
)


def positions(chain):
    return dict(enumerate(chain, start=1))


@given(chains, st.data())
def test_what_grew_is_whole_and_what_was_cut_is_told(kept, data):
    anchors = [Anchor(subject, len(chain), chain[-1]) for subject, chain in kept.items()]
    grown = {subject: positions([*chain, "cccc"]) for subject, chain in kept.items()}
    assert check_anchors(anchors, grown) == ()
    if not kept:
        return
    subject = data.draw(st.sampled_from(sorted(kept)))
    cut = {**grown, subject: positions(kept[subject][:-1])}
    faults = check_anchors(anchors, cut)
    assert [(fault.subject, "older head" in fault.trouble) for fault in faults] == [(subject, True)]
    anew = {**grown, subject: {**grown[subject], len(kept[subject]): "dddd"}}
    assert [fault.trouble for fault in check_anchors(anchors, anew)] == [
        "is another record than was anchored"
    ]


def test_a_chain_that_is_gone_is_told():
    assert check_anchors([Anchor("a", 2, "x")], {})[0].trouble.startswith("ends at 0")
