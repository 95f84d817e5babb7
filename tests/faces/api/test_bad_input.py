"""What cannot be right is refused with 400, the parameter named and the remedy told."""

from __future__ import annotations

import pytest

LOCATE = "/v1/locate?lon={}&lat={}"


@pytest.mark.parametrize("written", ["nan", "NaN", "-nan"])
def test_longitude_that_is_no_number_at_all(names_parameter, written):
    assert "finite" in names_parameter("lon", LOCATE.format(written, 26))


@pytest.mark.parametrize("written", ["inf", "-Infinity", "1e999"])
def test_latitude_that_is_infinite(names_parameter, written):
    assert "finite" in names_parameter("lat", LOCATE.format(106, written))


def test_both_coordinates_wrong_are_told_at_once(refusal):
    problem = refusal(400, LOCATE.format("nan", "ninety"))
    assert [error["parameter"] for error in problem["errors"]] == ["lon", "lat"]


def test_latitude_beyond_the_pole(names_parameter):
    assert "90" in names_parameter("lat", LOCATE.format(106.7, 90.000001))


def test_longitude_beyond_the_date_line(names_parameter):
    assert "180" in names_parameter("lon", LOCATE.format(-181, 26))


def test_coordinate_left_out(names_parameter):
    assert "required" in names_parameter("lat", "/v1/locate?lon=106.7")


def test_coordinate_that_is_a_word(names_parameter):
    assert "not a number" in names_parameter("lon", LOCATE.format("east", 26))


def test_unknown_reference_system_is_told_the_known_ones(names_parameter):
    told = names_parameter("crs", LOCATE.format(106.7, 26) + "&crs=utm48")
    assert all(known in told for known in ("wgs84", "cgcs2000", "gcj02", "bd09"))


def test_system_without_a_public_shift_is_refused_by_name(names_parameter):
    assert "Beijing 1954" in names_parameter("crs", LOCATE.format(106.7, 26) + "&crs=EPSG:4214")


def test_query_of_ten_thousand_characters(names_parameter):
    assert "200" in names_parameter("q", "/v1/names?q=" + "%E5%B1%B1" * 10_000)


def test_query_of_the_longest_length_allowed_is_answered(http):
    assert http.get("/v1/names?q=" + "%E5%B1%B1" * 200).status_code == 200
    assert http.get("/v1/names?q=" + "%E5%B1%B1" * 201).status_code == 400


def test_lone_surrogate(names_parameter):
    assert "UTF-8" in names_parameter("q", "/v1/names?q=%ED%A0%80")


def test_half_a_character(names_parameter):
    assert "UTF-8" in names_parameter("q", "/v1/names?q=%E5%B1")


def test_text_of_another_encoding(names_parameter):
    assert "UTF-8" in names_parameter("q", "/v1/names?q=" + "%C7%E0%D1%D2")  # 青岩 in GB 18030


def test_nul_in_a_query(names_parameter):
    assert "NUL" in names_parameter("q", "/v1/names?q=%E9%9D%92%00%E5%B2%A9")


def test_nul_in_a_path(refusal):
    problem = refusal(400, "/v1/divisions/52%0001", headers={"Accept-Language": "en"})
    assert problem["errors"][0]["parameter"] == "code"


@pytest.mark.parametrize("address", ["/v1/names?q=%E5%9D%AA&limit=2", "/v1/divisions?limit=2&level=county"])
def test_cursor_of_another_query(http, names_parameter, address):
    cursor = http.get(address).get_json()["next_cursor"]
    other = address.replace("%E5%9D%AA", "%E5%B1%B1").replace("county", "township")
    assert "another query" in names_parameter("cursor", f"{other}&cursor={cursor}")
    assert http.get(f"{address}&cursor={cursor}").status_code == 200


@pytest.mark.parametrize("address", ["/v1/names?q=%E5%9D%AA", "/v1/divisions?level=county"])
@pytest.mark.parametrize("noise", ["x", "....", "exact.AAAA", "%E6%B8%B8", "-1", "MS4x", "fuzzy.", "=" * 50])
def test_cursor_that_is_noise(names_parameter, address, noise):
    assert "start again" in names_parameter("cursor", f"{address}&cursor={noise}")


def test_code_that_means_two_places_is_answered_with_both(refusal, http):
    problem = refusal(409, "/v1/divisions/500105")
    assert problem["type"] == "/problems/ambiguous-code"
    meanings = {(one["scheme"], one["name"]) for one in problem["meanings"]}
    assert meanings >= {("gb2260", "江北区"), ("gb2260", "两江新区")}
    assert {one["code"] for one in problem["meanings"]} == {"500105"}
    assert http.get("/v1/divisions/500105?scheme=nbs").get_json()["name"] == "江北区"


def test_code_that_means_two_places_is_refused_as_a_filter_too(refusal):
    problem = refusal(409, "/v1/names?within=500105")
    assert problem["errors"][0]["parameter"] == "within"
    assert len(problem["meanings"]) > 1


@pytest.mark.parametrize(
    "address", ["/v1/names?", "/v1/divisions?", "/v1/divisions/52?", "/v1/locate?lon=1&lat=1&"]
)
def test_day_that_does_not_exist(names_parameter, address):
    assert "2015-02-30" in names_parameter("on", f"{address}on=2015-02-30")


@pytest.mark.parametrize(
    "written", ["2015", "2015-02", "15-02-01", "2015-2-1", "0000-01-01", "today", "2015-02-01T00:00"]
)
def test_what_is_not_one_day(names_parameter, written):
    assert written in names_parameter("on", f"/v1/names?on={written}")


def test_unknown_parameter_is_told_the_known_ones(names_parameter):
    told = names_parameter("query", "/v1/names?query=a")
    assert all(known in told for known in ("q", "mode", "class", "within", "bbox", "status", "cursor"))


def test_parameter_known_by_its_inner_name_only(names_parameter):
    assert "class" in names_parameter("feature_class", "/v1/names?feature_class=21300")


def test_path_value_given_again_as_a_parameter(names_parameter):
    assert "once" in names_parameter("code", "/v1/divisions/52?code=53")


def test_repeated_parameter(names_parameter):
    assert "once" in names_parameter("q", "/v1/names?q=a&q=b")


def test_status_alone_may_be_repeated(http):
    repeated = http.get("/v1/names?status=current&status=historical&limit=50")
    with_comma = http.get("/v1/names?status=current,historical&limit=50")
    assert repeated.get_json()["items"] == with_comma.get_json()["items"]


@pytest.mark.parametrize("parameter", ["mode", "status", "scheme"])
def test_value_that_is_none_of_those_known(refusal, parameter):
    problem = refusal(400, f"/v1/names?q=a&{parameter}=nonsense", headers={"Accept-Language": "en"})
    assert problem["errors"][0]["parameter"].startswith(parameter)
    assert "not one of these" in problem["detail"]


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "nan,nan,nan,nan", "107,26,106,27", "106,26,107,91", ""])
def test_what_is_no_box(names_parameter, box):
    assert "west,south,east,north" in names_parameter("bbox", f"/v1/names?bbox={box}")


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "2.5", "many", "1e2", "9" * 5000])
def test_page_size_out_of_bounds(names_parameter, limit):
    names_parameter("limit", f"/v1/names?limit={limit}")


@pytest.mark.parametrize("radius", ["0", "-5", "nan", "inf", "1000001"])
def test_radius_out_of_bounds(names_parameter, radius):
    names_parameter("radius", f"/v1/nearby?lon=106.7&lat=26.6&radius={radius}")


@pytest.mark.parametrize("code", ["abc", "5", "123", "52.0", "-52"])
def test_what_is_no_code(names_parameter, code):
    assert "digits" in names_parameter("code", f"/v1/divisions/{code}")


@pytest.mark.parametrize("kind", ["divisions/999999", "names/nothing", "boundary-lines/nothing"])
def test_what_is_not_there_is_told_with_a_remedy(refusal, kind):
    problem = refusal(404, f"/v1/{kind}", headers={"Accept-Language": "en"})
    assert problem["type"] == "/problems/not-found"
    assert ": " in problem["detail"]


def test_longitude_and_latitude_swapped_are_told_so(refusal):
    problem = refusal(400, "/v1/locate?lon=26.41&lat=106.67", headers={"Accept-Language": "en"})
    assert "could be a longitude" in problem["detail"]
    beyond = refusal(400, "/v1/locate?lon=26.41&lat=1067", headers={"Accept-Language": "en"})
    assert "longitude" not in beyond["detail"].replace("longitude comes", "")
