"""Names of a study: ids that complete themselves, and names that mean ids."""

import pytest

from crossframe.errors import UnknownNameError
from crossframe.showing.tables.study_names import Names


def test_ids_as_attributes() -> None:
    """What cannot stand in an attribute is written with underscores, a leading digit after n."""
    names = Names("event", ("2008-war", "peace.talks"), ("War", "Talks"))
    assert names.n2008_war == "2008-war"
    assert names.peace_talks == "peace.talks"
    assert list(names) == ["2008-war", "peace.talks"]
    assert len(names) == 2
    assert "Talks" in names._repr_html_()
    assert repr(names) == "2 events: 2008-war, peace.talks"


def test_unknown_ids() -> None:
    """Brackets refuse what is unknown; private attributes are never ids."""
    names = Names("event", ("war",), ("",))
    with pytest.raises(UnknownNameError, match="Unknown event 'peace'"):
        _ = names["peace"]
    with pytest.raises(AttributeError):
        _ = names._war
