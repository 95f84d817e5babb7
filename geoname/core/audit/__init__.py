"""One record of a change, and the hash chain of a subject (审计链)."""
