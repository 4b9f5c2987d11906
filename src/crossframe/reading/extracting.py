"""Run as a process of its own: HTML on standard input, the article's parts as JSON on standard output."""

import json
import sys


def extract_parts(html: str) -> dict[str, str | None]:
    """Return title, text, date, author, sitename and url that trafilatura finds in `html` (None where nothing is).

    References
    ----------
    Barbaresi 2021, Trafilatura: a web scraping library and command-line tool for text discovery and extraction, ACL.
    """
    import trafilatura

    document = trafilatura.bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        favor_precision=True,
        deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None:
        return {}
    found = document.as_dict() if hasattr(document, "as_dict") else dict(document)
    return {name: found.get(name) for name in ("title", "text", "date", "author", "sitename", "url")}


def run_as_process() -> None:
    """Read standard input, write standard output; its memory is limited to 4 GiB."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    parts = extract_parts(sys.stdin.buffer.read().decode("utf-8"))
    sys.stdout.buffer.write(json.dumps(parts).encode("utf-8"))


if __name__ == "__main__":
    run_as_process()
