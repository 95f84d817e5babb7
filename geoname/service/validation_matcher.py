"""The register as a matcher that also offers candidates (候选地名), for a person to choose among."""

from __future__ import annotations

import numpy as np

from geoname.service.opened import Geoname
from geoname.service.validation_answers import CandidateShown
from geoname.service.validation_register import RegisterMatcher


class RegisterOffers(RegisterMatcher):
    """Answers in bulk, and tells of one text what it may mean."""

    def candidates(
        self, text: str, *, within: str | None, point: tuple[float, float] | None
    ) -> tuple[CandidateShown, ...]:
        """What a text may mean within a division by code, at a point in WGS 84; likeliest first."""
        places, _ = self._places(None if point is None else np.array([point]))
        position = -1 if within is None else self._position(within)
        match = self._matcher.match(
            text,
            within=None if position < 0 else position,
            point=None if places is None or places[0] < 0 else int(places[0]),
        )
        offered = []
        for candidate in match.candidates:
            standard = candidate.standard
            name, code, _ = self._show(standard.entry)
            offered.append(
                CandidateShown(
                    standard.name_id, name, code or "", standard.path, round(candidate.confidence, 3)
                )
            )
        return tuple(offered)


def offering_matcher(geoname: Geoname) -> RegisterOffers:
    """The matcher of the register's present state."""
    return RegisterOffers(geoname)
