"""When something holds: days known to the day, month or year, and half-open periods of them."""
