"""Every route (接口总表), in the order in which the documentation shows them."""

from __future__ import annotations

from typing import Any

from geoname.faces.api import (
    boundaries,
    check,
    division_changes,
    divisions,
    exports,
    findings,
    inspection_materials,
    inspection_outcomes,
    inspection_planning,
    inspection_work,
    inspections,
    loads,
    markers,
    match,
    names,
    naming,
    places,
    validations,
)
from geoname.faces.api.route import Route

ROUTES: tuple[Route[Any], ...] = (
    *names.ROUTES,
    *naming.ROUTES,
    *match.ROUTES,
    *check.ROUTES,
    *findings.ROUTES,
    *places.ROUTES,
    *divisions.ROUTES,
    *division_changes.ROUTES,
    *boundaries.ROUTES,
    *markers.ROUTES,
    *inspections.ROUTES,
    *inspection_work.ROUTES,
    *inspection_materials.ROUTES,
    *inspection_outcomes.ROUTES,
    *inspection_planning.ROUTES,
    *exports.ROUTES,
    *validations.ROUTES,
    *loads.ROUTES,
)

GROUPS = {
    "names": ("地名", "Names"),
    "naming": ("命名办理", "Naming procedures"),
    "rules": ("命名规则", "Naming rules"),
    "places": ("定位", "Points"),
    "divisions": ("行政区划", "Divisions"),
    "boundaries": ("界线", "Boundaries"),
    "inspections": ("界线联检", "Joint inspections"),
    "exports": ("导出", "Exports"),
    "validations": ("批量核对", "Files to validate"),
    "loads": ("载入数据", "Files to load"),
}


def route_of(command: str) -> Route[Any]:
    """The route whose twin on the command line is `command`."""
    return next(route for route in ROUTES if route.command == command)
