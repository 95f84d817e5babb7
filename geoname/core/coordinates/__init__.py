"""Coordinate reference systems (坐标系) of the field and explicit conversions on arrays."""
