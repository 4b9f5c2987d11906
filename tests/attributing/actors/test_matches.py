"""Names are matched by their letters."""

from hypothesis import given
from hypothesis import strategies as st

from crossframe.attributing.actors.matches import keyed
from crossframe.text import name_key


@given(st.text(alphabet=st.sampled_from("aÀé’ﬁ \n\u0301ẞ.U"), max_size=40))
def test_keyed_offsets(text: str) -> None:
    """The key is name_key's up to outer blanks, with one offset a character, never falling."""
    key, offsets = keyed(text)
    assert " ".join(key.split()) == name_key(text)
    assert len(key) == len(offsets)
    assert offsets == sorted(offsets)
