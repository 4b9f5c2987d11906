"""Packages of the extra ``formats``, imported where a file needs them."""

import importlib
from typing import Any

from crossframe.errors import MissingPackageError


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
