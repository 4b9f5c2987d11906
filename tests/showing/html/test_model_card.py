"""Model cards in a notebook."""

from pathlib import Path

import pytest
from tests.shipped_models import SHIPPED

from crossframe import storage
from crossframe.errors import UnknownNameError
from crossframe.showing.html.model_card import show_model


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_cards(name: str) -> None:
    """Every shipped model shows its heading, its metrics with bars, and its command."""
    card = show_model(name)
    html = card._repr_html_()
    assert f"<h2>{name}</h2>" in html
    assert "<table" in html
    assert "display:inline-block" in html
    assert "<pre>" in html
    assert str(card).startswith(f"# {name}")


def test_a_folder_with_a_picture(tmp_path: Path) -> None:
    """A trained folder is read like a shipped model; its pictures are in the page, its text is escaped."""
    storage.write_text(tmp_path / "mine" / "config.json", "{}")
    storage.write_bytes(tmp_path / "mine" / "calibration.png", b"\x89PNG")
    text = "# mine\n\n<script>1</script>\n\n![Calibration](calibration.png)\n\n![gone](gone.png)\n\n| a | b |\n|---|---|\n| f1 | 0.5 |\n"
    storage.write_text(tmp_path / "mine" / "README.md", text)
    html = show_model(tmp_path / "mine")._repr_html_()
    assert "data:image/png;base64,iVBORw==" in html
    assert "&lt;script&gt;" in html
    assert "width:45px" in html
    assert "![gone](gone.png)" in html


def test_unknown_model() -> None:
    """An unknown model is refused with the names of those that exist."""
    with pytest.raises(UnknownNameError, match=r"Unknown model 'best'.*frames-news"):
        show_model("best")
