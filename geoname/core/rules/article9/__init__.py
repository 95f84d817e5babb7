"""Article 9 of the Regulations on place names, item by item (条例第九条)."""
