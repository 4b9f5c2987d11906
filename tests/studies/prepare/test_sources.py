"""Folders and zips: what is read, what is left out with its reason, and where outlet and event come from."""

import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from crossframe.errors import CrossframeWarning, InputError
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.left_out import LEFT_OUT_TABLE
from crossframe.studies.prepare import read_sources, sources
from crossframe.studies.prepare.import_status import ImportStatus
from crossframe.studies.prepare.imports import import_files
from crossframe.studies.prepare.sources import list_sources

TEXT = "Bridge {n} opens\nThe mayor opened the new bridge number {n} on Monday morning.\nShe thanked the workers.\n"


def page(n: int, site: str = "") -> str:
    """Return a saved page."""
    name = f'<meta property="og:site_name" content="{site}">' if site else ""
    paragraphs = "".join(
        f"<p>The mayor opened the new bridge number {n} in town {k} on Monday.</p>" for k in range(4)
    )
    return (
        f"<html><head><title>Bridge {n} opens</title>{name}</head><body><article><h1>Bridge {n} opens</h1>"
        f"{paragraphs}</article></body></html>"
    )


def fill(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def quietly(*files: Path, corpus: Path, **options: object) -> ImportStatus:
    """Import without the warnings that are not what a test is about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return import_files(files, corpus=corpus, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("container", ["folder", "zip"])
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (".DS_Store", b"\0\1", "hidden"),
        ("post/.hidden.txt", TEXT.format(n=3), "hidden"),
        ("__MACOSX/post/._a.txt", b"\0\1", "hidden"),
        ("Thumbs.db", b"\0\1", "hidden"),
        ("photo.jpg", b"\xff\xd8\xff" * 40, "no kind of file"),
        ("style.css", "body { color: red }", "no kind of file"),
        ("app.js", "document.write('<html>')", "no kind of file"),
        ("drawing.svg", "<svg><title>A bridge</title><path d='M0 0'/></svg>", "no kind of file"),
        ("fonts", b"wOFF\0\1" * 40, "no kind of file"),
        (
            "tool.py",
            'def opens(bridge):\n    """Return whether it opens today or tomorrow."""\n    return not bridge\n',
            "no kind of file",
        ),
        ("post/Bridge_files/advert.html", page(9), "images and scripts"),
        ("inner.zip", b"PK\x05\x06" + bytes(18), "zip"),
        ("post/bad.txt", b"\0\1\2" * 99, "bad.txt"),
        ("post/empty.html", "", "empty"),
        ("post/again.txt", TEXT.format(n=1), "repeats a text of its outlet: the same text as article"),
    ],
)
def test_what_is_left_out(
    tmp_path: Path, container: str, name: str, content: str | bytes, reason: str
) -> None:
    """What is no article is left out and listed with its reason; the others come in."""
    files = {
        "post/Bridge.html": page(2) if "_files" in name else TEXT.format(n=2),
        "post/a.txt": TEXT.format(n=1),
        name: content,
    }
    given = (
        fill(tmp_path / "pages", files) if container == "folder" else zipped(tmp_path / "pages.zip", files)
    )
    if (container, name) == ("folder", "inner.zip"):
        reason = ""  # a zip in a folder is opened; this one is empty
    status = quietly(given, corpus=tmp_path / "mine")
    assert len(status.imported) == 2
    assert {one.article.outlet for one in status.imported} == {"post"}
    assert {one.article.event for one in status.imported} == {"pages"}
    if reason:
        table = (tmp_path / "mine" / LEFT_OUT_TABLE).read_text(encoding="utf-8").splitlines()
        assert len(table) == 2
        assert reason in table[1]
        assert f"left out: {given}" in status.summary()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("container", ["folder", "zip"])
@pytest.mark.parametrize("name", ["post/bridge", "post/bridge.001", "post/Bridge 3. It opens"])
@pytest.mark.parametrize(
    "content",
    [
        page(3),
        TEXT.format(n=3),
        TEXT.format(n=3).encode("utf-16"),
        "title,text\nOne,The mayor opened the bridge on Monday.\n",
        '{"title": "One", "text": "The mayor opened the bridge on Monday."}\n',
        "TY  - NEWS\nTI  - One\nT2  - Post\nN1  - Full text: The mayor opened the bridge on Monday.\nER  - \n",
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>One</title>"
        "<description>The mayor opened the bridge on Monday.</description></item></channel></rss>",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
        + page(3)
        + "\n--b--",
        r"{\rtf1\ansi One\par The mayor opened the new bridge on Monday.\par}",
    ],
)
def test_kinds_are_known_whatever_a_file_is_called(
    tmp_path: Path, container: str, name: str, content: str | bytes
) -> None:
    """A file without an ending, or with one that says nothing, is what its first bytes show."""
    files = {name: content}
    given = fill(tmp_path / "in", files) if container == "folder" else zipped(tmp_path / "in.zip", files)
    [one] = quietly(given, corpus=tmp_path / "mine").imported
    assert one.article.outlet == "post"
    assert "The mayor opened the" in one.article.text


@pytest.mark.parametrize(
    ("name", "content", "given", "outlet"),
    [
        ("a.html", page(1, "Daily Star"), None, "daily-star"),
        ("post/a.html", page(1, "Daily Star"), None, "daily-star"),
        ("post/a.html", page(1), None, "post"),
        ("uk/post/a.txt", TEXT.format(n=1), None, "post"),
        ("a.html", page(1, "Daily Star"), "Herald", "daily-star"),
        ("a.html", page(1), "Herald", "herald"),
        ("post/a.html", page(1), "Herald", "herald"),
        ("post/a.txt", TEXT.format(n=1), "Herald", "herald"),
        ("post/a.html", page(1, "Правда"), None, "pravda"),
        ("post/a.html", page(1, "***"), None, "post"),
        ("a.csv", "outlet,text\nDaily Star,The mayor opened the bridge on Monday.\n", "Herald", "daily-star"),
        ("post/a.csv", "title,text\nOne,The mayor opened the bridge on Monday.\n", None, "post"),
    ],
)
@pytest.mark.parametrize("container", ["folder", "zip"])
def test_where_the_outlet_comes_from(
    tmp_path: Path, container: str, name: str, content: str, given: str | None, outlet: str
) -> None:
    """A table's column wins over a page's site, that over --outlet, that over the folder's name."""
    path = fill(tmp_path / "in", {name: content})
    if container == "zip":
        path = zipped(tmp_path / "in.zip", {f"in/{name}": content})
    status = quietly(path, corpus=tmp_path / "mine", outlet=given)
    assert [one.article.outlet for one in status.imported] == [outlet]


NAMELESS = {
    "a.txt": (TEXT.format(n=1), ""),
    "a.html": (page(1), ""),
    "a.csv": ("outlet,text\n,The mayor opened the bridge.\nHerald,The council closed the ferry.\n", "row 1"),
    "b.jsonl": (
        '{"text": "The mayor opened the bridge."}\n{"outlet": "Herald", "text": "It rained."}\n',
        "line 1",
    ),
}


@pytest.mark.parametrize("name", sorted(NAMELESS))
def test_what_names_no_outlet_is_left_out(tmp_path: Path, name: str) -> None:
    """The row or page is listed with what to do; all else comes in; --strict refuses, and --outlet fills in."""
    content, row = NAMELESS[name]
    folder = fill(tmp_path / "in", {name: content, "post/b.html": page(2, "Post")})
    status = quietly(folder, corpus=tmp_path / "mine")
    assert {one.article.outlet for one in status.imported} == {"post", *(["herald"] if row else [])}
    [left] = [one for one in status.left_out if one.where.endswith(name)]
    assert left.row == row
    assert (
        "--outlet NAME, in a table by --map outlet=COLUMN, or put the files of each outlet into a folder of its name"
        in left.reason
    )
    table = (tmp_path / "mine" / LEFT_OUT_TABLE).read_text(encoding="utf-8")
    assert f"{name}\t{row}\tIt does not name its outlet" in table
    with pytest.raises(
        InputError, match=r"1 of what they hold would be left out.*--outlet NAME.*without --strict"
    ):
        quietly(folder, corpus=tmp_path / "other", strict=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CrossframeWarning)
        filled = import_files(folder, corpus=tmp_path / "filled", outlet="Daily Star")
    n = len(filled.imported)
    assert any(f"1 of {n} articles: Its outlet is that of --outlet" in str(one.message) for one in caught)
    assert not filled.left_out
    assert {one.article.outlet for one in filled.imported} == {
        "daily-star",
        "post",
        *(["herald"] if row else []),
    }


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_an_outlet_that_nobody_names_is_asked_for(tmp_path: Path, name: str) -> None:
    """Where nothing else is there, the line names the files, and says how to name the outlet; nothing is written."""
    folder = fill(tmp_path / "in", {name: NAMELESS[name][0]})
    for given in (folder, folder / name):
        with pytest.raises(
            InputError, match=rf"Unknown outlet of .*{name}.*--outlet NAME, .*or put .* folder of its name"
        ):
            quietly(given, corpus=tmp_path / "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("strict", [False, True])
def test_a_dry_run_shows_what_would_be_refused(tmp_path: Path, strict: bool) -> None:
    """The table of what would come in is shown all the same, and then why it would be refused."""
    folder = fill(tmp_path / "in", {"a.txt": TEXT.format(n=1), "post/b.html": page(2)})
    status = quietly(folder, corpus=tmp_path / "mine", strict=strict, dry_run=True)
    assert "post/b.html" in status.summary()
    assert "left out: " in status.summary()
    assert bool(status.refusal) == strict
    none = quietly(folder / "a.txt", corpus=tmp_path / "mine", dry_run=True)
    with pytest.raises(InputError, match="Unknown outlet"):
        none.check()


@pytest.mark.parametrize(
    ("files", "given", "outlets", "said"),
    [
        ({"a.html": page(1, "Daily Star")}, "Herald", ["herald"], "Its outlet is that of --outlet; the page calls its site 'Daily Star'"),
        ({"a.html": page(1, "The Herald")}, "the-herald", ["the-herald"], ""),
        ({"a.html": page(1)}, "Herald", ["herald"], ""),
        ({"a.html": page(1, "Daily Star"), "b.html": page(2)}, "Herald", ["daily-star", "herald"], "1 of 2 articles: Its outlet is that of --outlet, for"),
        ({"a.html": page(1, "Daily Star"), "b.html": page(2, "Post")}, "Herald", ["daily-star", "post"], "Outlet 'herald' of --outlet is that of no article"),
        ({"a.html": page(1), "b.html": page(2)}, "Herald", ["herald", "herald"], ""),
    ],
)  # fmt: skip
def test_an_outlet_of_the_command(
    tmp_path: Path, files: dict[str, str], given: str, outlets: list[str], said: str
) -> None:
    """It is that of a single page, and of several of those that name none; where it is not, that is said."""
    folder = fill(tmp_path / "in", files)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CrossframeWarning)
        status = import_files([folder / name for name in files], corpus=tmp_path / "mine", outlet=given)
    assert [one.article.outlet for one in status.imported] == outlets
    about = [str(one.message) for one in caught if "--outlet" in str(one.message)]
    assert len(about) == bool(said)
    assert said in "".join(about)


def test_a_second_import_says_what_is_known(tmp_path: Path) -> None:
    """What the corpus has is known, also with the ids of a table; what is twice in the files stays left out; nothing else is said."""
    table = (
        "id,outlet,text\none,Herald,The mayor opened the bridge.\ntwo,Herald,The mayor opened the bridge.\n"
    )
    folder = fill(tmp_path / "in", {"a.csv": table, "post/b.html": page(2), "post/c.txt": "\0\1"})
    first, second = (quietly(folder, corpus=tmp_path / "mine") for _ in range(2))
    assert len(first.imported) == 2
    assert "2 articles of 2 outlets" in first.summary()
    assert "known already" not in first.summary()
    assert (len(second.imported), len(second.repeated)) == (0, 2)
    assert second.left_out == first.left_out
    assert f"Imported nothing new into {tmp_path / 'mine'}; 2 known already" in second.summary()
    listed = (tmp_path / "mine" / LEFT_OUT_TABLE).read_text(encoding="utf-8").splitlines()
    assert len(listed) == 1 + len(first.left_out)


def test_what_is_mended_is_no_longer_listed(tmp_path: Path) -> None:
    """A table that is imported again lists what it lacks now; rows of other files stay."""
    folder = tmp_path / "in"
    fill(
        folder,
        {
            "a.csv": "outlet,text\nHerald,\nHerald,It rained.\n",
            "b.csv": "outlet,text\nPost,\nPost,It snowed.\n",
        },
    )
    for name in ("a.csv", "b.csv"):
        quietly(folder / name, corpus=tmp_path / "mine")
    fill(folder, {"a.csv": "outlet,text\nHerald,The sun shone.\nHerald,It rained.\n"})
    status = quietly(folder / "a.csv", corpus=tmp_path / "mine")
    assert (len(status.imported), len(status.repeated)) == (1, 1)
    [listed] = (tmp_path / "mine" / LEFT_OUT_TABLE).read_text(encoding="utf-8").splitlines()[1:]
    assert "b.csv\trow 1\t" in listed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (b"not a zip at all \0\0\0", "a.zip"),
        (b"", "empty"),
        (b"PK\x05\x06" + bytes(18), "No article was found"),
    ],
)
def test_zips_that_are_none(tmp_path: Path, content: bytes, said: str) -> None:
    """A damaged or empty zip is one line, and no corpus comes into being."""
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        quietly(path, corpus=tmp_path / "mine", outlet="post")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_sizes_in_zips_are_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is too large, and what goes beyond the whole's limit, is left out, also where the zip lies of its size."""
    monkeypatch.setattr(sources, "MAX_ENTRY_BYTES", 1000)
    monkeypatch.setattr(sources, "MAX_ZIP_BYTES", 1500)
    files = {"a/1.txt": "x" * 900, "a/2.txt": "x" * 1100, "a/3.txt": TEXT.format(n=1)}
    found = list_sources([zipped(tmp_path / "a.zip", files)])
    assert [one.entry for one in found.files] == ["a/1.txt"]
    assert [
        "at most 1,000" in found.left_out[0].reason,
        "1,500 bytes already" in found.left_out[1].reason,
    ] == [True] * 2
    monkeypatch.setattr(sources, "MAX_ENTRY_BYTES", 800)
    [(_, content)] = sources.open_sources(found.files)
    assert "at most 800" in content.reason  # type: ignore[union-attr]


def test_encrypted_and_damaged_entries(tmp_path: Path) -> None:
    """One bad entry does not spoil a zip."""
    files = {"post/a.txt": TEXT.format(n=1), "post/b.txt": TEXT.format(n=2), "post/c.txt": TEXT.format(n=3)}
    path = zipped(tmp_path / "a.zip", files)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo("post/b.txt").header_offset + 30 + len("post/b.txt")
    raw[offset + 4 : offset + 12] = b"\xff" * 8
    place = raw.rindex(b"post/c.txt") - 46 + 8
    raw[place] |= 1
    path.write_bytes(raw)
    status = quietly(path, corpus=tmp_path / "mine")
    assert len(status.imported) == 1
    reasons = {Path(one.where).name: one.reason for one in status.left_out}
    assert "damaged" in reasons["b.txt"]
    assert "encrypted" in reasons["c.txt"]


def test_corpora_and_results_in_a_folder_are_passed_over(small: Path, tmp_path: Path) -> None:
    """A folder that holds a corpus beside pages does not import it again; links and their loops are followed no further."""
    folder = fill(
        tmp_path / "in",
        {"post/a.txt": TEXT.format(n=1), "results/run.json": "{}", "results/tables/a.csv": ""},
    )
    shutil.copytree(small, folder / "small")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "post" / "gone.txt").symlink_to(folder / "none.txt")
    status = quietly(folder, corpus=tmp_path / "mine")
    assert len(status.imported) == 1
    reasons = " ".join(one.reason for one in status.left_out)
    assert "It is a corpus" in reasons
    assert "results of a comparison" in reasons
    assert "no file that can be read" in reasons


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_dry_run_writes_nothing(tmp_path: Path, jobs: int) -> None:
    """It says of every file what would come in, and what would not."""
    folder = fill(
        tmp_path / "in",
        {"a.html": page(1, "Daily Star"), "post/b.txt": TEXT.format(n=2), "post/c.txt": b"\0\1" * 99},
    )
    before = sorted(tmp_path.rglob("*"))
    said = quietly(folder, corpus=tmp_path / "mine", dry_run=True, jobs=jobs).summary()
    assert sorted(tmp_path.rglob("*")) == before
    header, first, second, *rest = said.splitlines()
    assert header.split() == ["file", "format", "outlet", "date", "title", "paragraphs", "warnings"]
    assert first.split()[0].endswith("a.html")
    assert first.split()[1:] == [
        "saved",
        "page",
        "daily-star",
        "unknown",
        "Bridge",
        "1",
        "opens",
        "4",
        "No",
        "date.",
    ]
    assert "b.txt" in second
    assert "c.txt" in rest[0]
    assert (
        "Would import 2 articles of 2 outlets (daily-star 1, post 1); 1 left out. Nothing was written."
        in rest[-1]
    )


def test_side_by_side_is_the_same(tmp_path: Path) -> None:
    """With several jobs, from a folder or a zip, articles and tables are the same."""
    files: dict[str, str | bytes] = {f"post/{n:02}.txt": TEXT.format(n=n) for n in range(12)}
    files |= {
        "star/a.html": page(1),
        "star/bad.txt": b"\0\1" * 99,
        "star/t.jsonl": '{"text": "The mayor left."}',
    }
    folder, archive = fill(tmp_path / "in", files), zipped(tmp_path / "in.zip", dict(sorted(files.items())))
    written = []
    for name, given, jobs in (("one", folder, 1), ("two", folder, 2), ("zip", archive, 2)):
        status = quietly(given, corpus=tmp_path / name / "mine", jobs=jobs)
        assert len(status.imported) == 14
        assert len(status.left_out) == 1
        articles = tmp_path / name / "mine" / "articles"
        written.append({path.name: path.read_bytes() for path in articles.rglob("*.*")})
    assert written[0] == written[1] == written[2]


def test_an_import_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read stays beside the corpus after a kill, is not read again, and is gone when the import is done."""
    folder = fill(tmp_path / "in", {f"post/{n}.txt": TEXT.format(n=n) for n in range(6)})
    script = (
        "import sys, os\nfrom crossframe.studies.prepare import read_sources\nfrom crossframe.studies.prepare.imports import import_files\n"
        "real, seen = read_sources.read_in_worker, []\n"
        "def counted(read, file):\n    seen.append(file)\n    if len(seen) == 4: os.kill(os.getpid(), 9)\n    return real(read, file)\n"
        "read_sources.read_in_worker = counted\nimport_files(sys.argv[1], corpus=sys.argv[2])\n"
    )
    killed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, folder, tmp_path / "mine"], check=False
    )
    assert killed.returncode == -9
    assert sorted(path.name for path in tmp_path.iterdir()) == [".mine.import", "in"]
    seen = []
    real = read_sources.read_in_worker
    monkeypatch.setattr(
        read_sources, "read_in_worker", lambda read, file: seen.append(file) or real(read, file)
    )
    status = quietly(folder, corpus=tmp_path / "mine")
    assert len(seen) == 3
    assert len(status.imported) == 6
    with pytest.warns(CrossframeWarning, match="single outlet"):
        assert len(read_folder(tmp_path / "mine").articles) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "mine"]
