"""Records kept: the protocols, their SQL implementation, mapped index files."""
