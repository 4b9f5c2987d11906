"""Files of public corpora: verified, cached, fetched again where damaged, named where missing."""

import shutil
from pathlib import Path

import pytest

from crossframe.errors import CrossframeWarning, MissingDataError, UnknownNameError
from crossframe.reading.public.corpora import fetch_corpus, read_corpus
from crossframe.reading.public.registry import read_entry


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_nothing_to_be_had(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty mirror is one clear error that says what to do; a mirror that is not there is unknown."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingDataError, match="Missing all 5 files"):
        fetch_corpus("newsmtsc", mirror=str(tmp_path / "empty"))
    with pytest.raises(UnknownNameError, match="Unknown mirror"):
        fetch_corpus("newsmtsc", mirror=str(tmp_path / "none"))
    monkeypatch.setenv("CROSSFRAME_MIRROR", str(tmp_path / "empty"))
    with pytest.raises(MissingDataError, match="crossframe corpora fetch newsmtsc --mirror"):
        read_corpus("newsmtsc")


def test_a_wrong_file_is_not_taken(cache: Path, tmp_path: Path) -> None:
    """A file whose hash is not the registered one never enters the cache."""
    entry = read_entry("newsmtsc")
    wrong = tmp_path / "mirror" / entry.prefix / "LICENSE"
    wrong.parent.mkdir(parents=True)
    wrong.write_text("not it", encoding="utf-8")
    with pytest.raises(MissingDataError, match=f"LICENSE.*hash.*{entry.files['LICENSE']}"):
        fetch_corpus("newsmtsc", mirror=str(tmp_path / "mirror"))
    assert not (entry.folder / "LICENSE").exists()


@pytest.mark.mirror
def test_what_is_missing_is_named_and_the_rest_kept(cache: Path, mirror: Path) -> None:
    """A mirror without one file gives the others, and reading needs only what is asked for."""
    entry = read_entry("narrative-frames")
    own = cache.parent / "own" / entry.prefix
    shutil.copytree(mirror / entry.prefix, own)
    articles = entry.files_of("dev")[-1]
    (own / articles).unlink()
    fetched = fetch_corpus("narrative-frames", mirror=str(cache.parent / "own"))
    assert [path for path, _ in fetched.missing] == [articles]
    assert len(fetched.present) == len(entry.files) - 1
    assert f"missing: {articles} (not in the mirror" in fetched.summary()
    assert f"expected SHA-256 {entry.files[articles]})" in fetched.summary()


@pytest.mark.mirror
def test_damaged_file_is_fetched_again(cache: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A truncated file warns and is replaced; with all in the cache the mirror may be gone."""
    entry = read_entry("narrative-frames")
    fetch_corpus("narrative-frames", mirror=str(mirror))
    path = entry.folder / entry.files_of("dev")[0]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.warns(CrossframeWarning, match="Damaged file"):
        assert len(read_corpus("narrative-frames")) == 428
    monkeypatch.setenv("CROSSFRAME_MIRROR", str(cache.parent / "gone"))
    assert len(read_corpus("narrative-frames")) == 428


@pytest.mark.mirror
def test_a_corpus_of_labels_fetches_what_its_texts_are_of(
    mirror: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every source has a line in the summary; what is missing of one is named, and the rest stays."""
    fetched = fetch_corpus("reference-labels", mirror=str(mirror))
    lines = fetched.summary().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["ecbplus", "gvfc", "narrative-frames", "neus"]
    assert not fetched.missing
    assert len(fetched.present) == sum(len(source.present) for source in fetched.sources) > 700
    entry = read_entry("gvfc")
    shutil.rmtree(entry.folder)
    (cache.parent / "own").mkdir()
    monkeypatch.setenv("CROSSFRAME_MIRROR", str(cache.parent / "own"))
    without = fetch_corpus("reference-labels")
    assert [path for path, _ in without.missing] == entry.files_of("train")
    assert f"expected SHA-256 {entry.files[entry.files_of('train')[0]]}" in without.summary()
    with pytest.raises(MissingDataError, match=r"Missing file 'dataset/0/train.tsv' of corpus 'gvfc'"):
        read_corpus("reference-labels")
    shutil.rmtree(cache)
    with pytest.raises(
        MissingDataError, match=r"Missing all 780 files of corpus 'reference-labels', first .*expected SHA"
    ):
        fetch_corpus("reference-labels")
