"""Loader of SemEval-2016 Task 6 A: tweets for or against one of five targets."""

from crossframe.errors import InputError
from crossframe.reading.public.parsing import CorpusFiles, index_of, sentence_article
from crossframe.records import AUTHOR, Actor, Annotation, Corpus

DEBATE_LABELS = ("none", "against", "favor")
"""In the order of upstream's numbers 0, 1, 2."""
DEBATE_TARGETS = (
    Actor("abortion", "Legalization of Abortion", kind="other"),
    Actor("atheism", "Atheism", kind="other"),
    Actor("climate", "Climate Change is a Real Concern", kind="other"),
    Actor("feminist", "Feminist Movement", kind="group"),
    Actor("hillary", "Hillary Clinton", kind="person"),
)
"""Ids as upstream's folders, names as in the task's paper."""


def load(files: CorpusFiles) -> Corpus:
    """Return SemEval-2016 Task 6 A: each tweet an article of its own event.

    Gold ``debate-stance``: an Annotation of article x actor, the actor being the target, labels none, against, favor.
    Upstream divides the task's own training split into ``train`` and ``dev``.
    """
    articles, units, chosen = [], [], []
    for split in files.choose("train", "dev", "test"):
        paths = files.paths(split)
        folder = files.fetch(*paths)
        for labels, texts in zip(paths[::2], paths[1::2], strict=True):
            target = labels.split("/")[-2]
            numbers = (folder / labels).read_text(encoding="utf-8").split()
            tweets = (folder / texts).read_text(encoding="utf-8").removesuffix("\n").split("\n")
            if len(numbers) != len(tweets):
                raise InputError(
                    f"Invalid number of labels {len(numbers)!r} in {labels!r} of corpus {files.entry.name!r}. "
                    f"It must be that of the {len(tweets)} tweets."
                )
            for number, (text, label) in enumerate(zip(tweets, numbers, strict=True)):
                id = f"{target}-{split}-{number:04d}"
                articles.append(sentence_article(id, text, split))
                units.append({"article": id, "sentence": 1, "actor": target, "voice": AUTHOR})
                chosen.append(index_of(label, ("0", "1", "2"), "label", labels))
    gold = Annotation.of_choices(
        units, "article x actor", DEBATE_LABELS, chosen, "annotators of SemEval-2016"
    )
    return files.make_corpus(articles, {"debate-stance": gold}, actors=DEBATE_TARGETS)
