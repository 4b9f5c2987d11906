"""What can go wrong, by name: every error a user can cause and every warning a reader of results must see."""


class CrossframeError(Exception):
    """Base of all errors that crossframe raises on purpose; the command line prints them as one line."""


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
    """Something that a reader of the results must know."""
