"""What the office has entered where the law leaves the approval to the province (地方批准规则)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geoname.core.rules.approval_matrix import NO_LOCAL_RULES, LocalRules
from geoname.formats.local_naming_rules import read_local_rules
from geoname.service.opened import Geoname


def local_rules_of(geoname: Geoname) -> LocalRules:
    """The rules by the id of their row, none when no file is set; DataFileError for one that is wrong."""
    return _read(geoname.naming_rules)


@lru_cache(maxsize=4)
def _read(path: Path | None) -> LocalRules:
    return NO_LOCAL_RULES if path is None else read_local_rules(path)
