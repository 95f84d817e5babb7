"""Naming rules (命名规则): one rule one file, each with its citation, its check and its examples."""
