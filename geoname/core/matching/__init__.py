"""Matching (地名匹配): from a text as people write it to the standard name, or honestly to none."""

from geoname.core.matching.answer import Candidate, Match, MatchFinding, MatchStatus, Standard, Step, StepKind
from geoname.core.matching.columns import FormerName, MatchColumns
from geoname.core.matching.engine import Matcher
from geoname.core.matching.many import Matches
from geoname.core.matching.thresholds import Thresholds

__all__ = [
    "Candidate",
    "FormerName",
    "Match",
    "MatchColumns",
    "MatchFinding",
    "MatchStatus",
    "Matcher",
    "Matches",
    "Standard",
    "Step",
    "StepKind",
    "Thresholds",
]
