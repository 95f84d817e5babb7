"""What was signed stays signed: the digest of known content is the same in every version of geoname.

A field added to a record, a finding, a paper or a case changes these digests, and with them every signature
ever put. Whoever makes such a change must leave the content of what was signed before as it was.
"""

from __future__ import annotations

import pytest

from geoname.core.inspections.signature import PLAN, REPORT
from geoname.core.inspections.stages import Stage

LASTING = {
    PLAN: "869620a3509e8bf5eb789214fc4c74f017fb670fe28d16d86f028e1dc5a5fa99",
    REPORT: "820466e2b9faa4a1ae29e79679d4f1269e869f3c739ac792333f23c3b61e8a14",
    "record:r-marker:001Q": "8663daf12958f3009a321c60c20fcc11029687d4988854e8ac9baba5ca8ed404",
}


@pytest.mark.parametrize("subject", LASTING)
def test_a_known_digest_is_as_it_was(file_of, subject):
    assert file_of(Stage.REPORT_DRAFT).digest(subject) == LASTING[subject]
