"""Print who is found in twelve invented articles, actor by actor, to be read by eye, with the errors named.

Run: python benchmarks/actors_by_eye.py [--rules]. The articles and their annotation (by a language model) lie in
tests/attributing/invented_articles; its build.py says the rules. Every article is an event of its own. Of each annotated actor
with three or more mentions a row gives the ids under which its names and its descriptions were found, with how many of them;
a name counts as found where a mention by name lies in it, or a description is the name with "the" ("the Danes"); a description where a mention by description lies in it, begins
where it does, articles aside, and owns nothing in it ("supporters" in "the supporters' foundation"). Names in
datelines say where an article was written, and are left out.
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.finders import load_name_finder
from crossframe.attributing.syntax.words import dateline_end
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, Cast

FOLDER = Path(__file__).parents[1] / "tests" / "attributing" / "invented_articles"
FORMS = ("name", "description")


class Found(NamedTuple):
    """An annotated actor: article, id, kind, and by form how many of its mentions lie under which id ("" under none)."""

    article: str
    actor: str
    kind: str
    ids: Mapping[str, Counter[str]]

    @property
    def error(self) -> str:
        """What is wrong with it; "" where all names, and all descriptions found, lie under one id."""
        names, all_ids = self.ids["name"], Counter[str]()
        for form in FORMS:
            all_ids += self.ids[form]
        found = [id for id in all_ids if id]
        if not found:
            return "missing"
        if len(found) > 1:
            return f"split: {', '.join(sorted(found))}"
        return f"{names['']} of {names.total()} names not found" if names[""] else ""


def read_articles(folder: Path = FOLDER) -> Iterator[tuple[Article, list[dict[str, str]]]]:
    """Yield the articles with their annotated mentions."""
    with (folder / "mentions.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        outlet = "".join(c if c.isalnum() else "-" for c in one["outlet"].casefold())
        article = Article(one["id"], one["id"], outlet, one["title"], one["text"])
        yield article, [row for row in rows if row["article"] == one["id"]]


def compare_actors(article: Article, rows: Sequence[Mapping[str, str]], cast: Cast) -> list[Found]:
    """Return for every annotated actor with three or more mentions the ids under which they were found."""
    mentions = [(row["start"], row["end"], row["actor"], row["kind"]) for row in cast.mentions.rows()]
    ids: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: {form: Counter() for form in FORMS})
    kinds = {row["actor"]: row["kind"] for row in rows if row["minor"] == "0"}
    dateline = dateline_end(article.text, 0)
    for row in rows:
        if row["actor"] in kinds and row["form"] in FORMS and int(row["start"]) >= dateline:
            ids[row["actor"]][row["form"]][_id_at(article, mentions, row)] += 1
    return [Found(article.id, actor, kind, ids[actor]) for actor, kind in kinds.items()]


def _id_at(article: Article, mentions: Sequence[tuple[int, int, str, str]], row: Mapping[str, str]) -> str:
    """Return the id of the mention with the annotated noun or name, "" where there is none."""
    shift = len(article.document) - len(article.text)
    start, end = int(row["start"]) + shift, int(row["end"]) + shift
    is_name = row["form"] == "name"
    fitting = [
        (abs(first - start) + abs(last - end), id)
        for first, last, id, kind in mentions
        if (
            (kind == "name" and start <= first < last <= end)
            or (kind == "nominal" and (start - len("the "), end) == (first, last))
            if is_name
            else kind == "nominal"
            and start <= first <= start + len("the ")
            and first < last <= end
            and (last == end or article.document[last] not in "'’")
        )
    ]
    return min(fitting, default=(0, ""))[1]


def main(rules: bool) -> None:
    """Print the table and the share of actors without an error."""
    finder = load_name_finder("rules" if rules else None)
    table: list[Found] = []
    for article, rows in read_articles():
        sentences = split_sentences([article])
        table += compare_actors(article, rows, find_actors(sentences, (), names=finder.find(sentences)))
    for one in table:
        cells = [
            f"{form}s " + ", ".join(f"{id or '(none)'} {n}" for id, n in sorted(one.ids[form].items()))
            for form in FORMS
            if one.ids[form]
        ]
        error = f"  ERROR {one.error}" if one.error else ""
        print(f"{one.article} {one.kind:12} {one.actor:14} {'; '.join(cells)}{error}")  # noqa: T201
    for kind in sorted({one.kind for one in table}):
        own = [one for one in table if one.kind == kind]
        print(f"{kind}: {sum(not one.error for one in own)} of {len(own)} without an error")  # noqa: T201


if __name__ == "__main__":
    main("--rules" in sys.argv)
