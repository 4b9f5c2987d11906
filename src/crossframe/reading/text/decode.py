"""Bytes of saved files become clean Unicode text: encodings, mojibake, invisible characters."""

import re
import unicodedata
from dataclasses import dataclass

from crossframe.errors import InputError
from crossframe.storage import guess_encoding

MAX_BYTES = 20_000_000
MAX_TABLE_BYTES = 500_000_000
_DECLARED_ENCODING = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""", re.I
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\u2028\u2029\u0085\u000b\u000c]")
_DIVISION = re.compile("(?<=[^\\W\\d_])\u00ad[ \t]*\n[ \t]*(?=[^\\W\\d_])")
"""The division of a word at a line's end."""
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"PAR1",
)


@dataclass(frozen=True)
class Decoded:
    """Clean text, and how it was decoded.

    Parameters
    ----------
    text : str
        NFC, LF line ends, without control, bidirectional-override and zero-width characters.
    encoding : str
        Name of the encoding used.
    n_stripped : int
        Invisible characters stripped.
    repaired : bool
        Whether mojibake was repaired.
    """

    text: str
    encoding: str
    n_stripped: int
    repaired: bool


def decode(content: bytes, where: str, *, declared: bool = False) -> Decoded:
    """Return the text in `content`.

    Parameters
    ----------
    content : bytes
        A saved page or text.
    where : str
        File, for the message of an error.
    declared : bool
        Whether an encoding declared in the content (HTML) is used.

    Returns
    -------
    Decoded
        Encoding by byte order mark, then declaration, then strict UTF-8, then detection.

    Raises
    ------
    InputError
        When the content is empty, too large, or not text.
    """
    text, encoding = _checked(content, where, declared=declared, max_bytes=MAX_BYTES)
    repaired = repair(text)
    clean, n_stripped = normalise(repaired)
    return Decoded(clean, encoding, n_stripped, repaired != text)


def decode_table(content: bytes, where: str) -> str:
    """Return the text of a table as it stands, its cells not yet repaired or normalised; raises as `decode` does."""
    return _checked(content, where, declared=False, max_bytes=MAX_TABLE_BYTES)[0]


def _checked(content: bytes, where: str, *, declared: bool, max_bytes: int) -> tuple[str, str]:
    if not content.strip():
        raise InputError(f"Invalid file {where!r}. It is empty; it must hold an article.")
    if len(content) > max_bytes:
        raise InputError(
            f"Invalid file {where!r} of {len(content):,} bytes. It must have at most {max_bytes:,}."
        )
    text, encoding = _decoded(content, declared)
    if text is None or content.startswith(_SIGNATURES) or _is_binary(text):
        raise InputError(
            f"Invalid file {where!r}. It is not text (a binary file?); save the page as HTML or plain text."
        )
    return text, encoding


def in_utf8(start: bytes) -> bytes:
    """Return the first bytes of a file without a byte order mark, in UTF-8 where that says another encoding.

    Examples
    --------
    >>> in_utf8("<html>".encode("utf-16")), in_utf8(b"\\xef\\xbb\\xbf<html>"), in_utf8(b"<html>")
    (b'<html>', b'<html>', b'<html>')
    """
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return start.decode(encoding, errors="ignore").encode("utf-8", errors="replace")
    wide = _is_utf_16(start)
    return start[: len(start) & ~1].decode(wide, errors="ignore").encode() if wide else start


def _is_utf_16(content: bytes) -> str:
    """Return the name of UTF-16 without a byte order mark where every second byte of a beginning is zero; "" where it is not."""
    first, second = content[0:400:2], content[1:400:2]
    for name, zeros, others in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if len(second) > 8 and 5 * zeros.count(0) > 4 * len(zeros) and not others.count(0):
            return name
    return ""


def repair(text: str) -> str:
    """Return `text` with mojibake repaired; typographic quotes and ligatures stay as they are.

    References
    ----------
    Speer 2019, ftfy.
    """
    import ftfy

    return ftfy.fix_text(
        text, uncurl_quotes=False, unescape_html=False, fix_latin_ligatures=False, fix_character_width=False,
        fix_line_breaks=False, remove_control_chars=False, normalization=None,
    )  # fmt: skip


def normalise(text: str) -> tuple[str, int]:
    """Return `text` in NFC with LF line ends and without invisible characters, and the number of those stripped."""
    lined = _DIVISION.sub("", _LINE_ENDS.sub("\n", text))
    clean, n_stripped = _INVISIBLE.subn("", lined)
    return unicodedata.normalize("NFC", _SURROGATE.sub("", clean)), n_stripped


def _decoded(content: bytes, declared: bool) -> tuple[str | None, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _try(content, encoding), encoding
    if (wide := _is_utf_16(content)) and (text := _try(content, wide)) is not None:
        return text, wide
    declaration = _DECLARED_ENCODING.search(content[:4096]) if declared else None
    if declaration and (text := _try(content, name := declaration.group(1).decode())) is not None:
        return text, name
    if (text := _try(content, "utf-8")) is not None:
        return text, "utf-8"
    name = guess_encoding(content)
    return content.decode(name, errors="replace"), name


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_binary(text: str) -> bool:
    start = text[:20000]
    odd = sum(
        c == "\ufffd" or (unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\r\f\v")
        for c in start
    )
    return "\x00" in start or odd > max(3, 0.01 * len(start))
