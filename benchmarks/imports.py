"""Measure imports: a day's work of saved pages by one and by two jobs, and a newsroom's folder of pages compared.

Pages are invented: articles of a press of known truth on the layout of a news site, with a menu and a comment around them. Each
measurement is a command in a process of its own; seconds are those of the clock, memory is the largest of all its processes.

Run: python benchmarks/imports.py [--articles 10000] [--jobs 2] on a machine that does nothing else.
"""

import argparse
import html
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crossframe import storage
from crossframe.records import Article
from crossframe.synthetic import make_press

OUT = Path(__file__).parents[1] / "results" / "benchmarks" / "imports.csv"
COLUMNS = ("what", "jobs", "pages", "seconds", "times_one_job", "peak_mib")
N_COMPARED = 8
"""Pages of the folder that is compared."""
PER_ARTICLE = 12
"""Claims of an invented event: sentences of its articles."""
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title>
<meta property="og:site_name" content="{site}"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2026-05-{day:02}T08:00:00Z"></head>
<body><header><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav></header>
<main><article><h1>{title}</h1>{body}</article></main><aside><h2>Most read</h2><a href="/a">Ten things to know</a></aside>
<footer>Copyright {site}. All rights reserved.</footer></body></html>
"""


def make_page(article: Article, number: int) -> str:
    """Return an article as a news site shows it; `number` makes it another one than all before."""
    title = html.escape(f"{article.title or 'Report'} ({number})")
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in article.text.split("\n\n"))
    body = f"{paragraphs}<p>The report has the number {number} in the records of the town.</p>"
    return PAGE.format(title=title, site=f"The {article.outlet.title()}", day=number % 28 + 1, body=body)


def write_pages(folder: Path, n_pages: int) -> None:
    """Write saved pages of five outlets."""
    folder.mkdir(parents=True)
    press = make_press(n_events=8, n_outlets=5, n_claims=PER_ARTICLE, seed=1)
    for number in range(n_pages):
        article = press.corpus.articles[number % len(press.corpus.articles)]
        (folder / f"{number:05}.html").write_text(make_page(article, number), encoding="utf-8")


def measure(*arguments: str | Path) -> tuple[float, float]:
    """Return the seconds of a command of crossframe, and the memory of the largest of its processes in MiB."""
    code = "import resource, subprocess, sys\nsubprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)\n"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-m", "crossframe.cli", *map(str, arguments)]
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return time.monotonic() - start, int(done.stdout) / unit


def run(n_articles: int, jobs: int) -> list[list[object]]:
    """Return the rows of the table: imports of so many pages by one job and by several, and a comparison of eight pages."""
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as place:
        pages, few = Path(place) / "pages", Path(place) / "few"
        write_pages(few, N_COMPARED)
        seconds, peak = measure("compare", few, "--out", Path(place) / "results")
        rows.append(["compare", 1, N_COMPARED, round(seconds, 1), "", round(peak)])
        print(rows[-1], flush=True)  # noqa: T201
        write_pages(pages, n_articles)
        first = 0.0
        for n_jobs in sorted({1, jobs}):
            given = ("import", pages, "--corpus", Path(place) / f"by-{n_jobs}", "--jobs", str(n_jobs))
            seconds, peak = measure(*given)
            first = first or seconds
            rows.append(
                ["import", n_jobs, n_articles, round(seconds, 1), round(first / seconds, 2), round(peak)]
            )
            print(rows[-1], flush=True)  # noqa: T201
    return rows


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="pages that are imported")
    parser.add_argument("--jobs", type=int, default=2, help="jobs beside one")
    parser.add_argument("--out", type=Path, default=OUT, help="table to be written")
    options = parser.parse_args()
    storage.write_csv(options.out, COLUMNS, run(options.articles, options.jobs))
    print(options.out.read_text())  # noqa: T201


if __name__ == "__main__":
    main()
