"""One record of a change, and the hash chain of a subject (审计链)."""

from geoname.core.audit.chain import AuditRecord, ChainFault, append, verify_chain
