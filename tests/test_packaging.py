"""The wheel carries what the installed package needs: registry, gold, models, word lists, templates."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from crossframe import storage

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_wheel_carries_data(tmp_path: Path) -> None:
    """A wheel built from the repository holds registry, gold, models and word lists, and no news text."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "crossframe/_corpora/basil/registry.toml",
        "crossframe/_corpora/basil/gold/alignment/basil-dev.tsv",
        "crossframe/_corpora/georgia-2008/corpus.toml",
        "crossframe/models/stance-news/model.safetensors",
        "crossframe/models/aligner-news/README.md",
    ):
        assert wanted in names
    assert any(name.startswith("crossframe/wordlists/") for name in names)
    assert not any(name.endswith((".pkl", ".joblib", ".pt", ".bin")) for name in names)


def test_this_install_finds_its_corpora() -> None:
    """Whether installed editable or from a wheel, the packaged corpora are found."""
    assert (storage.corpora_folder() / "basil" / "registry.toml").exists()
    assert (storage.models_folder() / "stance-news" / "config.json").exists()
