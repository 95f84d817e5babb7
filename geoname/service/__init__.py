"""One file per thing a user asks for: which steps, in which order."""
