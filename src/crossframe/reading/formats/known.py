"""Which format a file is in, by its content; and what it holds."""

from typing import Protocol

from crossframe.reading.formats import (
    factiva,
    feed,
    mhtml,
    nexis,
    pdf_pages,
    proquest,
    rich_text,
    ris,
    rows,
    saved_page,
    scraped_text,
    word_document,
)
from crossframe.reading.formats.contents import Contents, File


class Format(Protocol):
    """A module of this folder that reads files."""

    def recognises(self, file: File) -> bool:
        """Return whether `file` is in this format, by its content."""

    def read(self, file: File) -> Contents:
        """Return what it holds; raise InputError, one line, where it holds nothing of use."""


class Wrapper(Protocol):
    """A module of this folder that takes text or HTML out of files: what is in it may be any of the formats."""

    def recognises(self, file: File) -> bool:
        """Return whether `file` is in this format, by its content."""

    def unpack(self, file: File) -> File:
        """Return its text (UTF-8) or HTML under the same name; raise InputError, one line, where there is none."""


WRAPPERS: tuple[Wrapper, ...] = (mhtml, pdf_pages, rich_text, word_document)
FORMATS: tuple[Format, ...] = (rows, feed, factiva, nexis, proquest, saved_page, ris, scraped_text)
"""The first that recognises a file reads it: those with surer marks come first, text without any last."""


def read_contents(file: File) -> Contents:
    """Return what a file holds.

    Parameters
    ----------
    file : File
        In any format.

    Returns
    -------
    Contents
        Its articles, and what of it was left out.

    Raises
    ------
    InputError
        When it is in no format that is known, is damaged, or holds no article.
    """
    for wrapper in WRAPPERS:
        if wrapper.recognises(file):
            file = wrapper.unpack(file)
            break
    known = next((format for format in FORMATS if format.recognises(file)), scraped_text)
    return (rows if known is scraped_text and rows.is_named_table(file) else known).read(file)
