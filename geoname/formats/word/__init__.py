"""Word documents (DOCX 文书)."""
