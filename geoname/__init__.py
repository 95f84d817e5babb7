"""Standard place names, administrative divisions and boundary lines (地名、区划、界线)."""

__version__ = "0.1.0"
