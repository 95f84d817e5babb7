"""Place names (地名): specific and generic element, characters, romanization, comparison keys."""
