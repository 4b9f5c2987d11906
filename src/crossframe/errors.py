"""What can go wrong, by name: every error a user can cause and every warning a reader of results must see."""

import unicodedata

MAX_MESSAGE = 500
"""Characters of the longest message."""
_UNSHOWN = frozenset(["Cc", "Cs", "Zl", "Zp"])
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows."""


def printable(text: str, limit: int | None = None) -> str:
    """Return text as a message shows it: on one line, controls written out, and its middle cut where it is longer than `limit`.

    Examples
    --------
    >>> printable("a\\x1b[31m.html"), printable("a long name", 7)
    ('a\\\\x1b[31m.html', 'a l … me')
    """
    shown = "".join(
        repr(letter)[1:-1] if unicodedata.category(letter) in _UNSHOWN or letter in _DIRECTIONS else letter
        for letter in text
    )
    if limit is None or len(shown) <= limit:
        return shown
    return f"{shown[: limit // 2]} … {shown[len(shown) - limit // 3 :]}"


class CrossframeError(Exception):
    """Base of all errors that crossframe raises on purpose: its message is one line, and cut where it is too long.

    Examples
    --------
    >>> len(str(CrossframeError("Invalid name " + "a" * 9000))) <= MAX_MESSAGE
    True
    """

    def __init__(self, message: object = "") -> None:
        super().__init__(printable(str(message), MAX_MESSAGE))


class InputError(CrossframeError, ValueError):
    """Input that cannot be used: what, where, and what would be accepted."""


class UnknownNameError(CrossframeError, LookupError):
    """A name (path, corpus, event, outlet, encoder, model, task) that does not exist."""


class MissingDataError(CrossframeError, OSError):
    """A file that is not here and cannot be fetched, or whose hash is wrong."""


class MissingPackageError(CrossframeError, ImportError):
    """An optional package that is not installed; the message names the install command."""


class ReproductionError(CrossframeError):
    """A published figure that does not come out again within the tolerance stated."""


class CrossframeWarning(UserWarning):
    """Something that a reader of the results must know: one line, as of errors."""

    def __init__(self, message: object = "") -> None:
        super().__init__(printable(str(message), MAX_MESSAGE))
