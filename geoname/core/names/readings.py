"""Readings of place names (读音), each with its source."""

from __future__ import annotations

from enum import StrEnum


class ReadingSource(StrEnum):
    """Where a reading comes from, from the weakest to the strongest."""

    AUTO = "auto"
    DICTIONARY = "dictionary"
    LOCAL_SURVEY = "local_survey"
    APPROVED = "approved"
