"""When something holds: days known to the day, month or year, and half-open periods of them."""

from geoname.core.validity.partial_date import PartialDate, Precision
from geoname.core.validity.period import ALWAYS_UNKNOWN, Held, Period
