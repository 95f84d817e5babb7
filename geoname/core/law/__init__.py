"""Citations of statutes and standards (法规引用)."""
