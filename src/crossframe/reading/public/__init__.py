"""Public corpora: the registry and a loader each.

A new corpus is a registry entry and a loader. The entry is a folder ``corpora/<name>/`` without any text: ``registry.toml``
(repository, commit, licence, citation, the files of every split, counts that are checked at load), ``files.sha256`` (the
hash of every file) and ``README.md`` (the data card). The loader is the module of this package that is called as the
corpus, with ``_`` for ``-``, and has a function ``load``::

    def load(files: CorpusFiles) -> Corpus:
        articles = []
        for split in files.choose("train", "test"):
            for number, line in enumerate(files.lines(split)):
                articles.append(sentence_article(f"{split}-{number:04d}", line, split))
        return files.make_corpus(articles)

It is given a `CorpusFiles` (`parsing`), which fetches and verifies the files that it reads, and returns a `Corpus` with
gold by name: `Annotation`, `Spans` or `Alignment`. It never alters a character of the text, because gold refers to it by
offsets. A corpus of labels alone (``reference-labels``, ``quote-labels``) has no files: its entry names the corpora that its texts are of,
under ``[sources]``; nor has one that comes with crossframe (``invented-names``, ``similar-events``), whose entry names no repository. A loader outside of the package works as well: ``read_corpus(folder_of_the_entry, loader=load)``.
"""
