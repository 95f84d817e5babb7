"""What became of a division (沿革): the events that touched it, and the edges to its successors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from geoname.core.divisions.changes import DivisionEvent, Succession


class Successions:
    """Who succeeded whom, and through which event."""

    def __init__(self, events: Iterable[DivisionEvent], edges: Iterable[Succession]) -> None:
        """Index the edges by both ends."""
        self._events = {event.id: event for event in events}
        self._touching: dict[str, list[Succession]] = defaultdict(list)
        self._of_event: dict[str, list[Succession]] = defaultdict(list)
        for edge in edges:
            self._of_event[edge.event_id].append(edge)
            for end in dict.fromkeys((edge.from_id, edge.to_id)):
                if end is not None:
                    self._touching[end].append(edge)

    def events_of(self, id_: str) -> tuple[DivisionEvent, ...]:
        """The events that a division came from, was changed by, or ended with, oldest first."""
        return self.events_of_any((id_,))

    def events_of_any(self, ids_: Iterable[str]) -> tuple[DivisionEvent, ...]:
        """The events that touched any of these divisions, each once, oldest first."""
        ids = dict.fromkeys(edge.event_id for id_ in ids_ for edge in self._touching.get(id_, ()))
        return tuple(sorted((self._events[event] for event in ids), key=_when))

    def event(self, event_id: str) -> DivisionEvent:
        """One event."""
        return self._events[event_id]

    def edges_of(self, event_id: str) -> tuple[Succession, ...]:
        """Every edge of one event."""
        return tuple(self._of_event[event_id])

    def successors(self, id_: str) -> tuple[Succession, ...]:
        """The edges that lead on from a division."""
        return tuple(edge for edge in self._touching.get(id_, ()) if edge.from_id == id_)

    def predecessors(self, id_: str) -> tuple[Succession, ...]:
        """The edges that lead to a division."""
        return tuple(edge for edge in self._touching.get(id_, ()) if edge.to_id == id_)

    def events(self) -> tuple[DivisionEvent, ...]:
        """Every event, oldest first."""
        return tuple(sorted(self._events.values(), key=_when))


def _when(event: DivisionEvent) -> tuple[date, str]:
    day = event.effective_on or event.approved_on or event.announced_on
    return (day.first if day else date.min), event.id
