"""RTF files: their text, a paragraph per line."""

import re
from dataclasses import replace

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File
from crossframe.reading.formats.packages import import_package, refuse_damage
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.decode import MAX_BYTES

_CELL_ENDS = re.compile(r"\|+[^\S\n]*$", re.MULTILINE)


def recognises(file: File) -> bool:
    """Return whether `file` is RTF, by its first characters."""
    return file.head.startswith(b"{\\rtf")


def unpack(file: File) -> File:
    """Return the text of an RTF file, read in a process that can be killed.

    Raises
    ------
    InputError
        When it is damaged, too large, or has no text.
    MissingPackageError
        When striprtf is not installed.

    References
    ----------
    striprtf, https://github.com/joshy/striprtf; Microsoft 2008, Rich Text Format specification 1.9.1.
    """
    if len(file.content) > MAX_BYTES:
        raise InputError(
            f"Invalid file {file.where!r} of {len(file.content):,} bytes. It must have at most {MAX_BYTES:,}."
        )
    return read_in_worker(_unpack, file)


def _unpack(file: File) -> File:
    rtf_to_text = import_package("striprtf.striprtf", "striprtf", "RTF").rtf_to_text
    # The address of a link is no text: striprtf would put it behind the words that are linked.
    source = file.content.decode("cp1252", errors="replace").replace("HYPERLINK", "LINK")
    with refuse_damage(f"Invalid file {file.where!r}. It is no whole RTF; save it again or as plain text."):
        text = _CELL_ENDS.sub("", rtf_to_text(source, errors="replace"))
    if not text.strip():
        raise InputError(f"Invalid file {file.where!r}. It has no text; it must hold an article.")
    return replace(file, content=text.encode("utf-8", errors="replace"))
