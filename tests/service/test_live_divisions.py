from geoname.service.live_divisions import KIND, open_divisions
from geoname.store.index_files import IndexFiles


def test_what_is_kept_is_what_the_store_holds(guizhou, tmp_path):
    files = IndexFiles(tmp_path / "cache")
    held = guizhou.store.divisions()
    assert open_divisions(guizhou.store, files, 7) == held
    assert files.generations(KIND) == ["7"]
    # From the file this time: nothing is asked of the store.
    assert open_divisions(None, files, 7) == held
