"""When the data changes, what callers hold of the older data is no longer taken for the present."""

from __future__ import annotations

from geoname.faces.app import create_app
from geoname.service.activate_edition import activate_edition
from geoname.settings import Settings

POINT = "/v1/locate?lon=106.7&lat=26.6"


def test_tags_of_older_data_are_not_taken_and_lists_that_did_not_change_go_on(province_copy):
    http = create_app(Settings(), province_copy).test_client()
    tag, ready = http.get(POINT).headers["ETag"], http.get("/ready").get_json()
    cursors = {
        address: http.get(address).get_json()["next_cursor"]
        for address in ("/v1/divisions?limit=2", "/v1/names?limit=2", "/v1/names?q=qy&limit=2")
    }
    assert http.get(POINT, headers={"If-None-Match": tag}).status_code == 304
    activate_edition(province_copy, "amap", "test")
    province_copy.refresh()
    answer = http.get(POINT, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.get_json()["edition"]["id"] == "amap"
    assert answer.headers["ETag"] != tag
    assert http.get("/ready").get_json()["generation"] != ready["generation"]
    again = {address: http.get(f"{address}&cursor={cursor}") for address, cursor in cursors.items()}
    refused = again.pop("/v1/divisions?limit=2")
    assert refused.status_code == 400
    assert refused.get_json()["errors"][0]["parameter"] == "cursor"
    # No name changed, so that lists of names go on where they ended.
    assert {answer.status_code for answer in again.values()} == {200}
