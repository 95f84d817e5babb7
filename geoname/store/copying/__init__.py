"""Databases copied whole (整库复制), from either kind to either kind, and compared."""
