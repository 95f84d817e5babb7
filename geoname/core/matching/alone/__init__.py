"""One text by itself (单条匹配): the same reading as of many, without arrays where there are so few."""
