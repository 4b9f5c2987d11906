"""Pages that a browser saved as one file (.mhtml, .mht): the page inside, with the address from which it was saved."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from html import escape

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File
from crossframe.reading.formats.worker import read_in_worker

_HEADER = re.compile(rb"^(?:from|subject|date|mime-version|content-type|snapshot-content-location|message-id|x-[\w-]+):", re.MULTILINE)  # fmt: skip
MAX_PARTS = 5000
"""Parts of a file that are looked at."""


def recognises(file: File) -> bool:
    """Return whether `file` is a web archive: it begins with headers of a mail whose parts are related."""
    return _HEADER.match(file.head) is not None and b"multipart/related" in file.head


def unpack(file: File) -> File:
    """Return the HTML of the page in UTF-8, below a comment that says where it was saved from; read in a process that can be killed.

    Raises
    ------
    InputError
        When there is no HTML in it.

    References
    ----------
    RFC 2557, MIME Encapsulation of Aggregate Documents, such as HTML (MHTML).
    """
    return read_in_worker(_unpack, file)


def _unpack(file: File) -> File:
    message = message_from_bytes(file.content.removeprefix(b"\xef\xbb\xbf").lstrip())
    address = str(message.get("Snapshot-Content-Location") or "").strip()
    pages = [part for part, _ in zip(message.walk(), range(MAX_PARTS), strict=False) if _is_page(part)]
    page = next((part for part in pages if address and _location(part) == address), None) or next(
        iter(pages), None
    )
    html = _text(page) if page is not None else ""
    if page is None or not html.strip():
        raise InputError(
            f"Invalid web archive {file.where!r}. It holds no page; save the page again as HTML or MHTML."
        )
    address = address or _location(page)
    saved = f"<!-- saved from url=({len(address):04}){escape(address)} -->\n" if address else ""
    return replace(file, content=b"\xef\xbb\xbf" + f"<!DOCTYPE html>\n{saved}{html}".encode())


def _is_page(part: Message) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml")


def _location(part: Message) -> str:
    return str(part.get("Content-Location") or "").strip()


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return content.decode("utf-8", errors="replace")
