"""Stores to test, and a small register to put into them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.changes import DivisionEvent, Extent, Operation, Succession
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.register.name import Approval, Name, NameStatus
from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.place import Account, Exactness, Location, Place
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.store.open_store import open_store
from geoname.store.protocols import Store, Writer

POSTGRES = os.environ.get("GEONAME_TEST_POSTGRES")
SINCE_2016 = Period(start=PartialDate.parse("2016-03-20"))
UNTIL_2016 = Period(end=PartialDate.parse("2016-03-20"), known_on=date(1980, 12, 31))
KNOWN_2023 = Period(known_on=date(2023, 6, 30))


@dataclass(frozen=True, slots=True)
class Sample:
    """A province, the county replaced in 2016, the district after it, a village of rare characters."""

    source: Source
    release: Release
    places: tuple[Place, ...]
    names: tuple[Name, ...]
    divisions: tuple[Division, ...]
    events: tuple[DivisionEvent, ...]
    successions: tuple[Succession, ...]
    name_events: tuple[NameEvent, ...]
    edition: Edition
    territories: Territories
    lines: tuple[BoundaryLine, ...]

    def put_register(self, writer: Writer, release_id: str = "r1") -> None:
        """Everything but source, release and edition."""
        writer.put_places(self.places, release_id)
        writer.put_names(self.names, release_id)
        writer.put_divisions(self.divisions, release_id)
        writer.put_division_changes(self.events, self.successions, release_id)
        writer.put_name_events(self.name_events, release_id)

    def put_all(self, writer: Writer) -> None:
        """All of it, published."""
        writer.put_source(self.source)
        writer.put_release(self.release)
        self.put_register(writer)
        writer.put_edition(self.edition, self.territories, self.lines, self.release.id)


def _release(id_: str = "r1", state: ReleaseState = ReleaseState.PUBLISHED) -> Release:
    published = "2024-01-02T00:00:00Z" if state is ReleaseState.PUBLISHED else None
    return Release(id_, "nbs", state, "loader", "2024-01-01T00:00:00Z", published)


@pytest.fixture
def make_release() -> Callable[..., Release]:
    return _release


@pytest.fixture
def sample() -> Sample:
    point = Location(106.829, 27.535, Exactness.REPRESENTATIVE_POINT, "inside the polygon")
    told = Account("来历", "含义", "沿革", "典故", "概况")
    places = (
        Place("p52", "21200", None, "nbs:52"),
        Place("pzy", "21400", "p52", "gb2260:520321"),
        Place("pbz", "21400", "p52", "nbs:520304", point, told, place_code="52030421400000000001"),
        Place("pvi", "21610", "pbz", "nbs:520304001201"),
    )
    approval = Approval(
        "国务院", "government", PartialDate.parse("2016-03-20"), "国函〔2016〕56号",
        announced_on=PartialDate.parse("2016-04"),
    )  # fmt: skip
    names = (
        Name("n1", "p52", "贵州省", "贵州", "省", romanization="Guìzhōu Shěng", period=KNOWN_2023),
        Name("n2", "pzy", "遵义县", "遵义", "县", status=NameStatus.HISTORICAL, period=UNTIL_2016),
        Name("n3", "pbz", "播州区", "播州", "区", period=SINCE_2016, approval=approval),
        Name("n4", "pvi", "㵲𠅤村", "㵲𠅤", "村", needs_review=True, minority_writing="ꆈꌠ"),
    )
    nbs = Code(Scheme.NBS, "520304", date(2023, 6, 30), KNOWN_2023)
    divisions = (
        Division("p52", "贵州省", Level.PROVINCE, DivisionKind.PROVINCE, None, (), KNOWN_2023),
        Division(
            "pzy", "遵义县", Level.COUNTY, DivisionKind.COUNTY, "p52",
            (Code(Scheme.GB2260, "520321", None, UNTIL_2016),), UNTIL_2016,
        ),
        Division(
            "pbz", "播州区", Level.COUNTY, DivisionKind.DISTRICT, "p52",
            (nbs, Code(Scheme.GB2260, "520304", date(2023, 6, 30), SINCE_2016)), SINCE_2016,
        ),
    )  # fmt: skip
    event = DivisionEvent(
        "e1", Operation.REPLACE, "撤销遵义县,设立遵义市播州区", "国函〔2016〕56号", "国务院",
        PartialDate.parse("2016-03-20"), announced_on=PartialDate.parse("2016"),
    )  # fmt: skip
    squares = [shapely.box(106, 27, 107, 28), shapely.box(107, 27, 108, 28), shapely.box(105, 27, 106, 28)]
    enclave = shapely.MultiPolygon([squares[1], shapely.box(106.4, 27.4, 106.1 + 0.5, 27.6)])
    polygons = np.empty(3, dtype=object)
    polygons[:] = [shapely.Polygon(squares[0].exterior, [enclave.geoms[1].exterior]), enclave, squares[2]]
    course = shapely.MultiLineString([[(107, 27), (107, 1 / 3 + 27), (107, 28)]])
    return Sample(
        Source(
            "nbs", "统计用区划代码", "国家统计局", "npm", "MIT", "", PartialDate.parse("2023-06-30"), "ab"
        ),
        _release(),
        places,
        names,
        divisions,
        (event,),
        (Succession("e1", "pzy", "pbz", Extent.PART), Succession("e1", "pzy", None, Extent.PART)),
        (
            NameEvent(
                "ne1", "n2", NameEventKind.RENAMED, PartialDate.parse("2016"), "国务院", "国函", "撤县设区"
            ),
        ),
        Edition("squares", "方格", "nbs", PartialDate.parse("2024"), 200.0, "made up for a test"),
        Territories(
            ("520304", "520305", "52"),
            ("播州区", "桐梓县", "贵州省"),
            (Level.COUNTY, Level.COUNTY, Level.PROVINCE),
            polygons,
        ),
        (BoundaryLine(("520304", "520305"), Level.COUNTY, 110_852.4, course),),
    )


@pytest.fixture
def new_schema() -> Iterator[Callable[[], str]]:
    """Addresses of empty schemas in the PostgreSQL that is given, each dropped when the test is over."""
    assert POSTGRES is not None, "mark the test with `postgres`"
    import psycopg

    made: list[str] = []

    def make() -> str:
        made.append(f"geoname_test_{uuid4().hex}")
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {made[-1]}")
        own = {"options": f"-csearch_path={made[-1]},public", "application_name": made[-1]}
        return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}{urlencode(own, quote_via=quote)}"

    yield make
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        for name in made:
            # What a failed test left open would hold the schema for ever.
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
                (name[:63],),
            )
            connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def store_address(tmp_path: Path) -> str:
    """Where to make an empty store; folders of tests over both kinds of databases give their own."""
    return str(tmp_path / "数据 库.gpkg")


@pytest.fixture
def store(store_address: str) -> Iterator[Store]:
    opened = open_store(store_address, create=True, busy_seconds=0.3)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store, sample: Sample) -> Store:
    with store.writing("loader", "first load") as writer:
        sample.put_all(writer)
    return store
