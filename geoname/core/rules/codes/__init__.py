"""Codes of divisions, places and boundary markers (代码)."""
