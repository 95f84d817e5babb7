"""What the law, the standards and geometry say; no web, no SQL, no files, no clock, no environment."""
