"""The HTTP API: one blueprint per subject."""
