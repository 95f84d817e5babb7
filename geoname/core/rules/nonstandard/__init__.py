"""The criteria for nonstandard names (不规范地名): grand, foreign, odd, repeated; and the census classes."""
