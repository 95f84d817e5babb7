"""Files in and out: boundary and name files, the shipped tables, exports."""
