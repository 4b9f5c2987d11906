"""Packages of the extra ``formats``: imported where a file needs them, and what they raise at damaged files."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crossframe.errors import CrossframeError, InputError, MissingPackageError


def import_package(module: str, package: str, format: str) -> Any:
    """Return a module of an optional package.

    Raises
    ------
    MissingPackageError
        When it is not installed; the message names the install command.

    Examples
    --------
    >>> import_package("json", "json", "JSON").__name__
    'json'
    >>> import_package("no_such_module", "no-such-package", "nothing")
    Traceback (most recent call last):
    crossframe.errors.MissingPackageError: Missing package 'no-such-package' for nothing. Install it: pip install "crossframe[formats]".
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        message = f'Missing package {package!r} for {format}. Install it: pip install "crossframe[formats]".'
        raise MissingPackageError(message) from None


@contextmanager
def refuse_damage(refusal: str) -> Iterator[None]:
    """Raise InputError with `refusal`, one line, for whatever a package's parser raises.

    Examples
    --------
    >>> with refuse_damage("Invalid file 'a'. It is damaged; save it again."):
    ...     int("x")
    Traceback (most recent call last):
    crossframe.errors.InputError: Invalid file 'a'. It is damaged; save it again.
    """
    try:
        yield
    except CrossframeError:
        raise
    except Exception:  # noqa: BLE001 - parsers let errors of zlib, XML, codecs and numbers through
        raise InputError(refusal) from None
