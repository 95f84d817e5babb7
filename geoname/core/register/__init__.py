"""The register of place names (地名信息库): places, names, their life, and the indexes over them."""
