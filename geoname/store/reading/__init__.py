"""How records are read (读取): only those of published releases."""
