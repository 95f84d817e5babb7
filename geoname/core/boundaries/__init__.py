"""Territories of divisions and the boundary lines (界线) between them: topology and exact look-up."""
