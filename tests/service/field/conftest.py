"""A case in the field on a real derived line, with generated markers, in a database of these tests' own."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

import numpy as np
import pytest
from PIL import ExifTags, Image

from geoname.core.boundaries.marker import Marker, Position, ReferenceObject
from geoname.core.boundaries.marker_number import MarkerType
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_list import ListedMarker, field_list
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.line_measure import LineMeasure
from geoname.core.inspections.stages import Stage
from geoname.core.register.provenance import Source
from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.service.handing_in import Quota, Upload
from geoname.service.inspect_boundary import Asked
from geoname.service.line_register import LineRegister
from geoname.service.opened import open_geoname

LINE, SIDES = "520111-520181", ("520111", "520181")
MARKERS = 4
QUOTA = Quota(64 * 1024 * 1024, 1000, 10, 7)
SOURCE = Source(
    "generated-markers", "Generated markers", "geoname", "generated for tests", "CC0-1.0", "", None, "0" * 64
)
_years = count(2001)


@dataclass(frozen=True)
class Field:
    """A case at field work, and what the tests do with it."""

    geoname: object
    case: Inspection
    measure: LineMeasure

    @property
    def id(self):
        return self.case.id

    sides = SIDES
    quota = QUOTA

    @staticmethod
    def upload(content, name="file", **limits):
        return Upload(name, io.BytesIO(content), replace(QUOTA, **limits))

    @staticmethod
    def photo(lon=None, lat=None, shade=100, size=(80, 60)):
        picture, exif = Image.new("RGB", size, (shade, 120, 60)), Image.Exif()
        if lon is not None:
            exif.get_ifd(ExifTags.IFD.GPSInfo).update(
                {
                    ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (lat, 0.0, 0.0),
                    ExifTags.GPS.GPSLongitudeRef: "E", ExifTags.GPS.GPSLongitude: (lon, 0.0, 0.0),
                }
            )  # fmt: skip
        out = io.BytesIO()
        picture.save(out, "JPEG", exif=exif)
        return out.getvalue()

    @staticmethod
    def caller(role=Role.RECORDER, divisions=SIDES[:1]):
        return Caller(role, "t1", tuple(divisions))

    def asked(self, side=SIDES[0], **more):
        return Asked(KEEPER, side, "张三", **more)

    def file(self) -> CaseFile:
        return self.geoname.store.inspection(self.id)

    def gpx(self, start=0.0, end=1.0, points=2000, shift=0.0):
        """A walk along a share of the line, `shift` degrees beside it."""
        shares = np.linspace(start, end, points) * self.measure.length_m
        places = [self.measure.place(metres) for metres in shares]
        body = "".join(
            f'<trkpt lat="{lat + shift:.7f}" lon="{lon:.7f}"><time>2026-04-02T'
            f"{1 + i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}Z</time></trkpt>"
            for i, (lon, lat) in enumerate(places)
        )
        return f"<gpx><trk><trkseg>{body}</trkseg></trk></gpx>".encode()


@pytest.fixture(scope="session")
def field_database(loaded, tmp_path_factory):
    """The shipped data with generated markers on one line; cases are added, nothing else is changed."""
    folder = tmp_path_factory.mktemp("field")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    geoname = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    measure = LineMeasure(LineRegister(geoname).find(LINE).best_course())
    geoname.store.put_markers([marker(i, measure) for i in range(1, MARKERS + 1)], SOURCE, "test")
    yield geoname
    geoname.close()


def marker(serial, measure):
    lon, lat = measure.place(measure.length_m * serial / (MARKERS + 1))
    number = f"{serial:03}Q"
    references = tuple(ReferenceObject(f"方位物{i}", 90.0 * i, 10.0 + i) for i in range(3))
    return Marker(
        f"{LINE}:{number}", LINE, number, "", serial, MarkerType.Q, SIDES, 2, "石质",
        Position(lon, lat, "cgcs2000", lon, lat, 1100.0 + serial, "1985"), "㵲阳河边", references,
        SIDES[serial % 2], generated=True, source_id=SOURCE.id,
    )  # fmt: skip


@pytest.fixture
def field(field_database):
    """A new case of that line at field work."""
    numbers = [ListedMarker(f"{serial:03}Q", serial) for serial in range(1, MARKERS + 1)]
    year = next(_years)
    case = Inspection(
        f"case-{year}", LINE, "花清线", InspectionKind.REGULAR, 1, year, SIDES, SIDES[0], Stage.FIELD,
        date(2026, 4, 1), items=field_list(numbers), plan_draft=1, plan_filed_on=date(2026, 3, 1),
        generated=True,
    )  # fmt: skip
    with field_database.store.changing_inspections("test") as writer:
        writer.open_case(case)
    return Field(field_database, case, LineMeasure(LineRegister(field_database).find(LINE).best_course()))
