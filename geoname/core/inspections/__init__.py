"""Joint inspection of boundary lines by both sides (界线联合检查)."""
