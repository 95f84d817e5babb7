"""The two parts of a name and the naming of autonomous divisions (名称结构)."""
