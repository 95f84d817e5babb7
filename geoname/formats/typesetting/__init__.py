"""Typesetting (排版): documents and maps as PDF and PNG."""
