"""The word lists of matching as they are shipped."""

from geoname.formats.shipped_matching import read_similar_shapes, read_variant_characters


def test_variants_lead_to_standard_characters():
    variants = read_variant_characters()
    assert variants["貴"] == "贵"
    assert variants["縣"] == "县"
    assert len(variants) > 4000
    assert all(len(char) == len(meant) == 1 and char != meant for char, meant in variants.items())


def test_no_variant_comes_back_to_itself():
    variants = read_variant_characters()
    for char in variants:
        seen, at = {char}, variants[char]
        while at in variants:
            assert at not in seen, char
            seen.add(at)
            at = variants[at]


def test_similar_shapes_are_mutual():
    similar = read_similar_shapes()
    assert "末" in similar["未"]
    assert all(one in similar[other] for one, others in similar.items() for other in others)
