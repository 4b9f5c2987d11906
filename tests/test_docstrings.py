"""Every public name is documented by numpydoc's rules, and its examples run (as doctests, with the rest)."""

import inspect

import pytest
from numpydoc.validate import validate

import crossframe

# What numpydoc may ask for beyond our conventions: extended summaries, "See Also", examples on every name,
# final stops in type-only lines, and (for exceptions and protocols) parameters documented elsewhere.
WAIVED = {
    "ES01",
    "SA01",
    "EX01",
    "GL01",
    "GL02",
    "GL03",
    "GL08",
    "SS05",
    "SS06",
    "PR06",
    "RT02",
    "RT03",
    "RT04",
    "RT05",
    "PR08",
    "PR09",
    "PR05",
    "YD01",
}


@pytest.mark.parametrize("name", crossframe.__all__)
def test_public_name_is_documented(name: str) -> None:
    """A public name has a docstring that numpydoc accepts."""
    thing = getattr(crossframe, name)
    assert inspect.getdoc(thing), f"{name} has no docstring"
    room = thing.__module__
    report = validate(f"{room}.{thing.__qualname__}")
    waived = WAIVED | ({"PR01", "PR02"} if isinstance(thing, type) else set())
    problems = [f"{code}: {text}" for code, text in report["errors"] if code not in waived]
    assert problems == []


def test_dir_lists_the_public_api() -> None:
    """`dir(crossframe)` shows what `__all__` names, and an unknown name is refused."""
    assert set(crossframe.__all__) <= set(dir(crossframe))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = crossframe.nothing
