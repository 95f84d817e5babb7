"""Files handed in for jobs (上传文件): kept as long as any job needs them."""

from __future__ import annotations

import json

from geoname.service.opened import Geoname


def still_wanted(geoname: Geoname, sha256: str, ending: str) -> bool:
    """Whether a job that is kept, of whatever kind, works on the file of this digest and ending."""
    for job in geoname.store.jobs():
        request = json.loads(job.request) if job.request else {}
        if request.get("sha256") == sha256 and ending in (request.get("kind"), request.get("ending")):
            return True
    return False
