from geoname.core.divisions.changes import DivisionEvent, Extent, Operation, Succession
from geoname.core.divisions.successions import Successions
from geoname.core.validity.partial_date import PartialDate

SPLIT = DivisionEvent("e2", Operation.REPLACE, "撤县设区", approved_on=PartialDate.parse("2016-03-20"))
FOUNDED = DivisionEvent("e1", Operation.ESTABLISH, "设县", effective_on=PartialDate.parse("1958"))
EDGES = [
    Succession("e2", "zunyi", "bozhou", Extent.WHOLE),
    Succession("e2", "zunyi", "huichuan", Extent.PART),
    Succession("e1", None, "zunyi", Extent.WHOLE),
]


def test_events_come_oldest_first_and_once():
    events = Successions([SPLIT, FOUNDED], EDGES).events_of("zunyi")
    assert [event.id for event in events] == ["e1", "e2"]


def test_successors_name_whole_and_parts():
    known = Successions([SPLIT, FOUNDED], EDGES)
    assert {(edge.to_id, edge.extent) for edge in known.successors("zunyi")} == {
        ("bozhou", Extent.WHOLE),
        ("huichuan", Extent.PART),
    }
    assert known.successors("bozhou") == ()
    assert known.edges_of("e1") == (EDGES[2],)
