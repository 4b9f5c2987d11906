"""Studies to be shown: a small one, and one whose every text is hostile."""

import shutil
import warnings
from pathlib import Path

import pytest

from crossframe.errors import CrossframeWarning
from crossframe.records import Actor, Article, Corpus, Event, Outlet
from crossframe.studies.compare.comparison import Comparison, read_comparison
from crossframe.studies.compare.study import compare

HOSTILE = (
    '<script>document.title = "owned"</script> <img src=x onerror="document.title=\'owned\'"> {{ 7 * 7 }} {% if %} '
    "</style></script><svg onload=alert(1)> ${1} $x_1^2$ \u202e &amp; javascript:alert(1) \"Bell\" 'lied' =HYPERLINK(1)"
)
LIGHT = {"encoder": "tfidf", "aligner": "aligner-lexical", "stance_model": "stance-lexicon"}


@pytest.fixture(scope="session")
def hostile() -> Comparison:
    """Return a comparison of articles made to break a page, a figure and a spreadsheet."""
    said = f'Ada Bell opened the bridge. {HOSTILE} "{HOSTILE}" said Ada Bell. The bridge cost nine million. '
    articles = tuple(
        Article(
            f"{outlet}-1", "e", outlet, f"=cmd|' /C calc'!A0 {HOSTILE}", said + said.replace("brave", "cruel") + outlet,
            url="javascript:document.title='owned'", byline=HOSTILE, dateline=HOSTILE,
        )
        for outlet in ("one", "two", "three")
    )  # fmt: skip
    corpus = Corpus(
        "hostile", articles, (Actor("bell", f"Ada Bell {HOSTILE}", ("Ada Bell", "Bell"), "person"),),
        tuple(Outlet(outlet, name=HOSTILE, owner=HOSTILE) for outlet in ("one", "two", "three")),
        (Event("e", title=HOSTILE),), licence=HOSTILE, provenance=HOSTILE,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return compare(corpus, **LIGHT)


@pytest.fixture(scope="session")
def demo() -> Comparison:
    """Return the committed comparison of the demo."""
    return read_comparison(Path(__file__).parents[2] / "results" / "georgia-2008")


@pytest.fixture(scope="session")
def several() -> Comparison:
    """Return a comparison of seven invented events."""
    from crossframe.synthetic import make_press

    return compare(make_press(n_events=7, slant=0.5, seed=15).corpus, **LIGHT)


@pytest.fixture(scope="session")
def two_outlets() -> Comparison:
    """Return a comparison of an invented event that two outlets cover."""
    from crossframe.synthetic import make_press

    return compare(make_press(n_events=1, n_outlets=2, n_claims=12, omission=0.3, seed=8).corpus, **LIGHT)


@pytest.fixture(scope="session")
def recalibrated() -> Comparison:
    """Return the same with estimates by recalibrated probabilities."""
    from crossframe.synthetic import make_press

    return compare(make_press(n_events=7, slant=0.5, seed=15).corpus, **LIGHT, recalibrate=True)


@pytest.fixture
def chromium() -> str:
    """Return the path of a Chromium, or skip the test where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("needs Chromium")
    return str(Path(found))
