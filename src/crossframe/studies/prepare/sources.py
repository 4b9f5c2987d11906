"""Files that may hold articles, also in folders and zips: which are read, and which are left out for what reason."""

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from crossframe.errors import InputError, UnknownNameError, printable
from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.formats.known import may_hold_articles

ENDINGS = frozenset(
    [
        ".html",
        ".htm",
        ".xhtml",
        ".mht",
        ".mhtml",
        ".txt",
        ".text",
        ".md",
        ".rtf",
        ".docx",
        ".pdf",
        ".csv",
        ".tsv",
        ".json",
        ".jsonl",
        ".ndjson",
        ".xlsx",
        ".xls",
        ".parquet",
        ".ris",
        ".rss",
        ".atom",
        ".xml",
    ]
)
"""Endings of files that are read where they are found in a folder or zip; others are where their first bytes show what they are."""
MAX_FILE_BYTES = 500_000_000
"""Bytes of the largest file that is read."""
MAX_ENTRY_BYTES = 100_000_000
"""The same in a zip, unpacked."""
MAX_ZIP_BYTES = 4_000_000_000
"""Bytes of all files of a zip, unpacked."""
MAX_ENTRIES = 200_000
"""Files of a zip."""
_HEAD = 4096
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = ("[Content_Types].xml", "mimetype")
"""Entries of files that are zips themselves: Office Open XML, OpenDocument, EPUB."""
_ASSETS = (
    "_files", ".files", "-dateien", "_fichiers", "_bestanden", "_file", "_archivos", "-filer", "_tiedostot", "_pliki",
    "_soubory", "_elemei", "_ficheiros", "_arquivos", "_dosyalar", "_datoteke", "_fitxers", "_failid", "_fails", "_bylos",
    "_fajlovi", "_fitxategiak",
)  # fmt: skip
"""What browsers add to a page's name for the folder of its images and scripts (Microsoft's list of connected files)."""
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, ValueError, OverflowError, RuntimeError
)  # fmt: skip
"""What damaged, encrypted or unknown zips raise."""
_KIND = "It is no kind of file that articles are in: pages, text, RTF, DOCX, PDF, tables, RIS or feeds."


@dataclass(frozen=True)
class Source:
    """A file that may hold articles.

    Parameters
    ----------
    path : Path
        Of the file, or of the zip that it is in.
    entry : str
        Its name in the zip; "" for a file on disk.
    folder : str
        Name of the folder that it is in, below the folder or zip that was given; "" right in that, or given itself.
    is_named : bool
        Whether it was given itself, and not found in a folder or zip.
    """

    path: Path
    entry: str = ""
    folder: str = ""
    is_named: bool = False

    @property
    def where(self) -> str:
        """Its path, for messages."""
        return printable(f"{self.path}/{self.entry}" if self.entry else str(self.path))


@dataclass(frozen=True)
class Sources:
    """Files to be read, in order, and those that are left out."""

    files: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]


def list_sources(paths: Sequence[Path]) -> Sources:
    """Return the files of paths: themselves, and what folders (with all below them) and zips hold.

    Parameters
    ----------
    paths : sequence of Path
        Files, folders and zips.

    Returns
    -------
    Sources
        Hidden files, folders of a page's images, corpora, results and whatever is no kind of file that articles are in are
        left out, each with the reason.

    Raises
    ------
    UnknownNameError
        When a path does not exist.
    InputError
        When a zip that is given is damaged.
    """
    files: list[Source] = []
    left_out: list[LeftOut] = []
    for path in paths:
        if path.is_dir():
            found = _list_folder(path)
        elif not path.is_file():
            raise UnknownNameError(f"Unknown file {str(path)!r}. It must be an existing file.")
        elif _is_zip(path):
            found = _list_zip(path)
        else:
            found = iter([Source(path, is_named=True)])
        for one in found:
            (files if isinstance(one, Source) else left_out).append(one)  # type: ignore[arg-type]
    return Sources(tuple(files), tuple(left_out))


def open_sources(sources: Iterable[Source]) -> Iterator[tuple[Source, bytes | LeftOut]]:
    """Yield the content of every file, each zip opened once; of those that cannot be read the reason."""
    opened: tuple[Path, zipfile.ZipFile] | None = None
    try:
        for source in sources:
            if not source.entry:
                yield source, _read_file(source)
                continue
            if opened is None or opened[0] != source.path:
                if opened is not None:
                    opened[1].close()
                opened = source.path, zipfile.ZipFile(source.path)
            yield source, _read_entry(opened[1], source)
    finally:
        if opened is not None:
            opened[1].close()


# --- folders --------------------------------------------------------------------------------------------


def _list_folder(root: Path) -> Iterator[Source | LeftOut]:
    for place, folders, names in os.walk(root):
        here = Path(place)
        folders.sort()
        for name in list(folders):
            reason = _refuse_folder(here / name, names)
            if reason:
                folders.remove(name)
                yield LeftOut(printable(str(here / name)), reason)
        for name in sorted(names):
            path = here / name
            if _is_hidden(name):
                yield LeftOut(printable(str(path)), "It is hidden.")
            elif path.is_file() and _is_zip(path):
                try:
                    yield from _list_zip(path)
                except InputError as error:
                    yield LeftOut(printable(str(path)), str(error))
            else:
                reason = _refuse_file(path)
                folder = "" if here == root else printable(here.name)
                yield LeftOut(printable(str(path)), reason) if reason else Source(path, folder=folder)


def _refuse_folder(folder: Path, files_beside: Sequence[str]) -> str:
    """Return why a folder is not looked into; "" where it is."""
    if _is_hidden(folder.name):
        return "It is hidden."
    pages = {Path(name).stem.casefold() for name in files_beside if _ending(name) in (".html", ".htm")}
    if any(folder.name.casefold().removesuffix(end) in pages for end in _ASSETS if _ends(folder.name, end)):
        return "It holds the images and scripts of the page beside it."
    if (folder / "corpus.toml").is_file():
        return "It is a corpus."
    if (folder / "run.json").is_file() and (folder / "tables").is_dir():
        return "It holds the results of a comparison."
    return ""


def _ends(name: str, end: str) -> bool:
    return name.casefold().endswith(end)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "__MACOSX", "~$")) or name in ("Thumbs.db", "desktop.ini")


def _refuse_file(path: Path) -> str:
    """Return why a file that was found is not read; "" where it is."""
    try:
        if not path.is_file():
            return "It is no file that can be read."
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        return f"It cannot be read: {error.strerror}."
    return "" if _ending(path.name) in ENDINGS or may_hold_articles(head) else _KIND


def _read_file(source: Source) -> bytes | LeftOut:
    try:
        size = source.path.stat().st_size
        if size > MAX_FILE_BYTES:
            return LeftOut(source.where, _too_large(size, MAX_FILE_BYTES))
        return source.path.read_bytes()
    except OSError as error:
        return LeftOut(source.where, f"It cannot be read: {error.strerror}.")


def _too_large(size: int, limit: int) -> str:
    return f"It has {size:,} bytes; it must have at most {limit:,}."


# --- zips -----------------------------------------------------------------------------------------------


def _is_zip(path: Path) -> bool:
    """Return whether a file is a zip of files, by its content; a DOCX or XLSX is none."""
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(_ZIP_MARKS):
                return False
        with zipfile.ZipFile(path) as archive:
            return not any(name in archive.NameToInfo for name in _OFFICE)
    except OSError:
        return False
    except _ZIP_ERRORS:
        return _ending(path.name) == ".zip"


def _list_zip(path: Path) -> Iterator[Source | LeftOut]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _ZIP_ERRORS as error:
        raise InputError(
            f"Invalid zip {str(path)!r}. It is damaged ({error}); make it again, or give a folder."
        ) from None
    if len(entries) > MAX_ENTRIES:
        raise InputError(
            f"Invalid zip {str(path)!r} of {len(entries):,} files. At most {MAX_ENTRIES:,} are read."
        )
    last = {entry.filename: entry for entry in entries}
    total = 0
    for entry in entries:
        total += entry.file_size
        reason = "Another file of the zip has its name." if last[entry.filename] is not entry else ""
        reason = reason or _refuse_entry(entry, total)
        where = printable(f"{path}/{entry.filename}")
        yield LeftOut(where, reason) if reason else Source(path, entry.filename, _folder_in_zip(path, entry))


def _refuse_entry(entry: zipfile.ZipInfo, total: int) -> str:
    """Return why a file of a zip is not read; "" where it is."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if any(_is_hidden(part) for part in parts):
        return "It is hidden."
    if any(part.casefold().endswith(_ASSETS) for part in parts[:-1]):
        return "It belongs to the images and scripts of a page."
    if entry.flag_bits & 1:
        return "It is encrypted; unpack the zip with its password and give the folder."
    if (entry.external_attr >> 28) == 0xA:
        return "It is a link."
    if _ending(entry.filename) == ".zip":
        return "It is a zip inside a zip; unpack it and give the folder."
    if entry.file_size > MAX_ENTRY_BYTES:
        return _too_large(entry.file_size, MAX_ENTRY_BYTES)
    if total > MAX_ZIP_BYTES:
        return f"The files of the zip before it have {MAX_ZIP_BYTES:,} bytes already."
    return ""


def _folder_in_zip(path: Path, entry: zipfile.ZipInfo) -> str:
    """Return the name of the folder that a file of a zip is in; a folder that is called as the zip counts as the zip."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts[:-1]
    if parts and parts[0].casefold() == path.stem.casefold():
        parts = parts[1:]
    return printable(parts[-1]) if parts else ""


def _read_entry(archive: zipfile.ZipFile, source: Source) -> bytes | LeftOut:
    try:
        with archive.open(source.entry) as file:
            content = file.read(_HEAD)
            if _ending(source.entry) not in ENDINGS and not may_hold_articles(content):
                return LeftOut(source.where, _KIND)
            content += file.read(MAX_ENTRY_BYTES + 1 - len(content))
    except (*_ZIP_ERRORS, OSError) as error:
        return LeftOut(source.where, f"It is damaged ({error}).")
    if len(content) > MAX_ENTRY_BYTES:
        return LeftOut(source.where, _too_large(len(content), MAX_ENTRY_BYTES))
    return content
