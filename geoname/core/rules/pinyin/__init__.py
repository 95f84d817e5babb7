"""The spelling rules of 1984 and what follows from them (拼写规则)."""
