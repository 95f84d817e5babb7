"""Administrative divisions (行政区划): codes and their schemes, divisions, changes, what held on a date."""
