"""Proposals, edges between names, and decisions on findings, over each kind of database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.naming_proposal import NameSuccession, NamingProposal
from geoname.core.rules.finding import Decision, FindingKey, Outcome
from geoname.core.rules.kept_finding import KeptFinding, finding_id
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import ChangedSinceError, ConflictError, InvalidInputError
from geoname.store.open_store import open_store

DAY = date(2026, 3, 1)
PROPOSAL = NamingProposal(
    "pr1", "n3", "撤县设区", DAY, "t1", "n2", "division_change", ("application", "plan"), "historical", "旧名"
)
KEY = FindingKey("A9-8", "㵲𠅤村", "21610", "pbz", ("n1", "n3"))
KEPT = KeptFinding(finding_id(KEY), KEY, "n4", DAY)


def decided(outcome=Outcome.OVERRULED, kept=KEPT):
    return replace(kept, decision=Decision(kept.key, outcome, "历史形成", "张", DAY))


def test_a_proposal_comes_back_and_is_on_record(filled):
    with filled.writing("t1", "propose") as writer:
        writer.put_proposal(PROPOSAL)
        writer.put_proposal(PROPOSAL)
    assert filled.proposal("n3") == PROPOSAL
    assert filled.proposal("n4") is None
    with filled.writing("t1", "more papers") as writer:
        writer.put_proposal(replace(PROPOSAL, papers=("application", "plan", "experts")))
    assert [record.action for record in filled.audit("name:n3")] == ["proposed", "proposal_changed"]
    assert filled.proposals_under_way()[0].papers[-1] == "experts"
    assert filled.verify() == []


def test_a_proposal_is_under_way_until_its_name_is_filed_and_announced(filled):
    with filled.writing("t1", "propose") as writer:
        writer.put_proposal(PROPOSAL)
    name = filled.name_entry("n3").name
    done = replace(name.approval, filed_on=PartialDate(DAY), announced_on=PartialDate(DAY))
    with filled.writing("t1", "done") as writer:
        writer.put_names([replace(name, approval=done)], "r1")
    assert filled.proposals_under_way() == []


def test_names_that_follow_each_other(filled):
    with filled.writing("t1", "rename") as writer:
        writer.put_name_events([NameEvent("x1", "n2", NameEventKind.RENAMED)], "r1")
        writer.put_name_succession(NameSuccession("n2", "n3", "x1"))
    edge = NameSuccession("n2", "n3", "x1")
    assert filled.name_successions("n2") == filled.name_successions("n3") == [edge]
    assert filled.name_successions("n4") == []


def test_what_fails_leaves_no_trace(filled):
    def propose():
        with filled.writing("t1", "propose") as writer:
            writer.put_proposal(PROPOSAL)
            writer.keep_findings([KEPT, replace(KEPT, id="other", key=replace(KEY, text="\0"))])

    with pytest.raises(InvalidInputError):
        propose()
    assert filled.proposal("n3") is None
    assert filled.finding(KEPT.id) is None
    assert filled.audit("name:n3") == []


def test_a_version_is_raised_without_another_change(filled):
    before = filled.name_entry("n3").name
    version = filled.data_version()
    with filled.writing("t1", "moved") as writer:
        writer.raise_name_version("n3")
    assert filled.name_entry("n3").name == replace(before, version=before.version + 1)
    assert filled.data_version() == version + 1


def test_findings_wait_until_they_are_decided(filled, store_address):
    with filled.writing("t1", "propose") as writer:
        writer.keep_findings([KEPT, KEPT])
    assert filled.findings(decided=False) == [KEPT]
    version = filled.data_version()
    made = filled.decide_finding(decided(), "张", None)
    assert (made.version, made.name_id) == (2, "n4")
    other = open_store(store_address)
    assert other.finding(KEPT.id) == made
    assert other.decided_findings() == other.decided_findings(KEY.text) == {KEY: made}
    other.close()
    assert filled.decided_findings("别的") == {}
    assert filled.findings(decided=False) == []
    assert filled.data_version() == version
    with filled.writing("t1", "again") as writer:
        writer.keep_findings([KEPT])
    assert filled.finding(KEPT.id) == made


def test_a_decision_is_changed_only_by_who_has_read_it(filled):
    made = filled.decide_finding(decided(), "张", None)
    assert made.version == 1
    with pytest.raises(ConflictError, match="version 1"):
        filled.decide_finding(decided(Outcome.UPHELD), "李", None)
    with pytest.raises(ChangedSinceError):
        filled.decide_finding(decided(Outcome.UPHELD), "李", 2)
    assert filled.decide_finding(decided(Outcome.UPHELD), "李", 1).decision.outcome is Outcome.UPHELD
    records = filled.audit(f"finding:{KEPT.id}")
    assert [(record.action, record.actor) for record in records] == [("overruled", "张"), ("upheld", "李")]
    assert filled.verify() == []


def test_a_key_has_one_id_and_another_key_another():
    assert finding_id(KEY) == finding_id(replace(KEY))
    ids = {
        finding_id(replace(KEY, **change))
        for change in (
            {},
            {"rule": "A9-9"},
            {"text": "㵲村"},
            {"division_id": None},
            {"against": ()},
            {"against": ("n1n3",)},
        )
    }
    assert len(ids) == 6
