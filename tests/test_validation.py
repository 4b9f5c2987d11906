"""Checks that records and rooms share: what a message suggests for a name that is nearly right."""

import pytest

from crossframe import _validation as check
from crossframe.errors import UnknownNameError


@pytest.mark.parametrize(
    ("value", "suggested"),
    [("bazil", "basil"), ("BASIL", "basil"), ("newsmtcs", "newsmtsc"), ("xyz", None), ("", None), (7, None)],
)
def test_mistyped_names_are_suggested(value: object, suggested: str | None) -> None:
    """The nearest known name ends the message, whatever its case; nothing does where none is near."""
    names = ["basil", "newsmtsc"]
    for refuse in (
        lambda: check.check_choice(value, "corpus", names),
        lambda: check.match_prefix(value, names, "corpus"),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnknownNameError) as error:
            refuse()
        assert repr(value) in str(error.value)
        assert str(error.value).endswith(f"Did you mean {suggested!r}?") == (suggested is not None)
        assert ("Did you mean" in str(error.value)) == (suggested is not None)
