"""Changes of townships (乡镇调整)."""
