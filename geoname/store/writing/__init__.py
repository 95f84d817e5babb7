"""How records are written (写入): compared by value, audited, staged until their release is published."""
