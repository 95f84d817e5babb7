"""Citations of statutes and standards (法规引用)."""

from geoname.core.law.citation import Citation, Known
