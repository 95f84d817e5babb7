"""Values to rows (记录) and back, a subject to a file."""
