"""Checks that records and rooms share: what a message suggests for a name that is nearly right, what is a path."""

from pathlib import Path

import pytest

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError


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


def test_str_and_path_are_alike() -> None:
    """A str and a Path name the same file; anything else is refused in one line that says what is accepted."""
    assert check.check_path("a/b", "model folder") == check.check_path(Path("a/b"), "model folder")
    for wrong in (None, 7, ""):
        with pytest.raises(
            InputError, match=f"Invalid model folder {wrong!r}. It must be a path: a str or a"
        ):
            check.check_path(wrong, "model folder")
        with pytest.raises(
            InputError, match=f"Invalid corpus {wrong!r}. It must be a name or a path: a str or a"
        ):
            check.check_name_or_path(wrong, "corpus")
    assert check.check_name_or_path(Path("a/b"), "corpus") == "a/b"
    assert check.check_name_or_path("https://a/v1#tiny", "model") == "https://a/v1#tiny"
