"""What a study compared, in words: articles, outlets, events, and all that was left out or counts less."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crossframe.records.display import count_of
from crossframe.showing.tables.inventory import describe_extents, shorten_list
from crossframe.studies.exports.joined import Names

if TYPE_CHECKING:
    from pandas import DataFrame, Series

MAX_LISTED_NAMES = 12


def one_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())


def join_sentences(parts: Iterable[str]) -> str:
    """Return the sentences that are not empty, with blanks between them."""
    return " ".join(part for part in parts if part)


def list_names(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    return "; ".join(shorten_list([one_line(name) for name in names], MAX_LISTED_NAMES))


def describe_material(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> str:
    """Return what was compared: corpus, articles, outlets, events, what was left out."""
    articles, names = tables["articles"], Names(tables, run)
    outlets = [one for one in tables["outlets"]["outlet"] if one in set(articles["outlet"])]
    events = sorted(set(articles["event"]))
    fingerprint = str(run.get("corpus_fingerprint", ""))[:12]
    marked = f" (fingerprint {fingerprint})" if fingerprint else ""
    return join_sentences(
        [
            f"We compared {count_of(len(articles), 'article')} of {count_of(len(outlets), 'outlet')} "
            f"({list_names([names.outlet(one) for one in outlets])}) on {count_of(len(events), 'event')} "
            f"({list_names([names.event(one) for one in events])}), from the corpus {run.get('corpus', 'without a name')}{marked}.",
            f"Its provenance, as declared: {one_line(str(run['provenance']))}"
            if run.get("provenance")
            else "",
            _describe_dates(articles),
            _describe_kinds(articles["language"], "language"),
            _describe_unread(run),
            _describe_kinds(articles["genre"], "genre", "news"),
            _describe_parts(articles),
            _describe_imports(run),
            _describe_excluded(run, len(articles)),
            _describe_dependence(articles, len(events)),
        ]
    )


def _describe_dates(articles: "DataFrame") -> str:
    dates = sorted(date[:10] for date in articles["published"] if date)
    lacking = len(articles) - len(dates)
    if not dates:
        return "The articles carry no date."
    span = f"on {dates[0]}" if dates[0] == dates[-1] else f"from {dates[0]} to {dates[-1]}"
    return f"The articles were published {span}" + (f"; {lacking} carry no date." if lacking else ".")


def _describe_kinds(values: "Series", word: str, taken: str = "") -> str:
    """Return how many articles there are of each kind, and how many do not state theirs (`taken`: what these count as)."""
    counts = values[values != ""].value_counts().sort_index()
    n_silent = int((values == "").sum())
    if counts.empty:
        return f"No article states its {word}."
    listed = ", ".join(f"{kind} {n}" for kind, n in counts.items())
    state, count = ("states", "counts") if n_silent == 1 else ("state", "count")
    silent = f"; {count_of(n_silent, 'article')} {state} none{f' and {count} as {taken}' if taken else ''}"
    return f"Articles by {word}: {listed}{silent if n_silent else ''}."


def _describe_unread(run: Mapping[str, Any]) -> str:
    """Return in which languages articles have no model scores."""
    languages = Counter(map(str, run.get("unread", {}).values()))
    if not languages:
        return ""
    listed = ", ".join(f"{language} {n}" for language, n in sorted(languages.items()))
    return (
        f"Of {count_of(languages.total(), 'article')} in a language that the models do not read ({listed}) no model scores are given; "
        "sentences and quotations are."
    )


def _describe_parts(articles: "DataFrame") -> str:
    """Return how many articles are known in part, and what follows for claims."""
    known = describe_extents(dict(zip(articles["article"], articles["extent"], strict=True)))
    return f"{known} What is not found in them counts nowhere as left out." if known else ""


def _describe_imports(run: Mapping[str, Any]) -> str:
    """Return what was left out when the corpus was imported, by reason."""
    left_out = {
        one_line(str(reason)): n
        for reason, n in run.get("left_out_of_imports", {}).items()
        if isinstance(n, int)
    }
    if not left_out or not isinstance(run.get("articles_in"), int):
        return ""
    total = sum(left_out.values())
    reasons = [
        f"{reason[:1].lower()}{reason[1:]} ({n})"
        for reason, n in sorted(left_out.items(), key=lambda one: -one[1])
    ]
    return (
        f"Of {total + run['articles_in']} pages, documents and rows that were read {total} were left out when the corpus was "
        f"imported: {list_names(reasons)}."
    )


def _describe_excluded(run: Mapping[str, Any], n_compared: int) -> str:
    """Return what was left out and why, as far as the run says it."""
    whole, excluded = run.get("articles_in"), one_line(str(run.get("excluded", "")))
    edited = run.get("edited_tables", {})
    absent = run.get("outlets_without_articles", [])
    parts = []
    if isinstance(whole, int) and whole > n_compared:
        parts.append(
            f"Of {whole} articles {whole - n_compared} were left out{f': {excluded}' if excluded else ''}."
        )
    elif isinstance(whole, int):
        parts.append("Every article of the corpus was compared.")
    if edited:
        parts.append(f"Edited tables were applied: {', '.join(sorted(map(str, edited)))}.")
    if absent:
        parts.append(
            f"Outlets of the corpus without an article here: {list_names([str(one) for one in absent])}."
        )
    return " ".join(parts)


def _describe_dependence(articles: "DataFrame", n_events: int) -> str:
    """Return how many articles are copies, versions, or doubtful, and what was done about copies."""
    copies, versions, doubtful = (
        (articles[name] != "").sum() for name in ("copy_of", "version_of", "misfit")
    )
    parts = []
    if copies:
        over = " and take no part in differences over events" if n_events > 1 else ""
        parts.append(
            f"{count_of(int(copies), 'article')} shared half or more with another outlet's; copies were kept, but count as no "
            f"independent voice{over}."
        )
    if versions:
        parts.append(
            f"{count_of(int(versions), 'article')} updated an earlier one of the same outlet; the latest version counts, and "
            "earlier ones take no part in claims, scores and estimates."
        )
    if doubtful:
        parts.append(
            f"{count_of(int(doubtful), 'article')} may not belong to the event; see the column misfit."
        )
    return " ".join(parts)
