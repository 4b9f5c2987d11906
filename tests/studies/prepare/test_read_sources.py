"""What was read is kept as JSON and comes back as it was."""

import datetime

from crossframe.reading.formats.contents import Contents, LeftOut, Parts
from crossframe.reading.text.clean import Dropped
from crossframe.studies.prepare.read_sources import dump_contents, load_contents


def test_what_is_kept_comes_back() -> None:
    """Dates, times, reasons and half a surrogate pair survive."""
    articles = [
        Parts("Text \ud800.", "Title", "row 1", published, other={"split": "dev"}, notes=("A teaser.",))
        for published in (
            None,
            "5 May 2026",
            datetime.date(2026, 5, 4),
            datetime.datetime(2026, 5, 4, 10, 15, tzinfo=datetime.UTC),
        )
    ]
    articles.append(Parts("x", dropped=(Dropped(3, "menu", "Home"),), site="Post", genre="live"))
    contents = Contents("table", tuple(articles), (LeftOut("row 9", "It has no text."),), ("headline",))
    assert load_contents(dump_contents(contents)) == contents
