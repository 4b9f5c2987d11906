"""Who is quoted, saying what: direct, mixed and indirect quotations with cue and speaker; scare quotes are no quotes."""

from collections.abc import Sequence
from dataclasses import replace

from crossframe.attributing.coreference.discourse_state import Memory, Speaker
from crossframe.attributing.coreference.entities import Entity, entities_by_article, links_by_article
from crossframe.attributing.names.spotting import spot_names
from crossframe.attributing.quotes.cue_links import Attribution, Part
from crossframe.attributing.quotes.fragments import Fragment, read_region
from crossframe.attributing.quotes.joining import join_marked, resolve_sources
from crossframe.attributing.quotes.tagger import QuoteModel
from crossframe.attributing.syntax.quotation_marks import MASK, Quoted, pair_inside, pair_marks
from crossframe.attributing.syntax.regions import Region, split_regions, without_doubtful
from crossframe.attributing.voices import assign_voices
from crossframe.records import Article, Cast, Sentences, Spans

__all__ = ["assign_voices", "find_quotes"]


def find_quotes(
    sentences: Sentences,
    cast: Cast,
    *,
    model: QuoteModel | None = None,
) -> Spans:
    """Return the quotations in `sentences`, one row a fragment.

    Direct quotations stand for themselves (``direct``), quoted words inside a reported clause make it ``mixed``,
    what others say, think or want without marks is ``indirect``: clauses, infinitives and objects that a cue takes
    ("said it rained", "promised to go", "criticized the plan"). Spans of quoted words include their marks. Quoted
    words without a cue that are neither a clause nor long are the author's. A quotation inside another one is a quote of
    its own where it has a cue and a speaker there.

    Parameters
    ----------
    sentences : Sentences
        Articles of one event.
    cast : Cast
        Its actors and their mentions, from `find_actors`. Speakers who are no actors are found by the names that rules
        spot, whoever found the actors' names: on BASIL speakers come out right a little more often so.
    model : QuoteModel, optional
        A trained reader of attributions, from `load_quote_model`: it says what is quoted beside direct quotations, by
        which cue and source; None takes the rules alone.

    Returns
    -------
    Spans
        In order of articles and offsets; ``quote`` ids are ``q01``, ``q02``, ... within an article; ``speaker`` is
        the id of an actor of the cast or "", ``speaker_text`` the words that name the speaker, with what they
        say of him ("" where nobody is named); for a pronoun the name of whom it means, if that is no actor.

    References
    ----------
    Cue and speaker patterns follow Pouliquen, B., Steinberger, R., Best, C. (2007). Automatic detection of
    quotations in multilingual news. RANLP; Asr, F. T. et al. (2021). The Gender Gap Tracker. PLoS ONE 16(1).

    Examples
    --------
    >>> text = '"We will go," said Jane Doe, the minister. Mr. Roe called it a "farce."'
    >>> article = Article("a", "e", "o", "", text)
    >>> quotes = find_quotes(Sentences((article,), [0, 0], [1, 2], [0, 43], [42, 71]), Cast((), Spans()))
    >>> [(text[row["start"]:row["end"]], row["kind"], row["cue"], row["speaker_text"]) for row in quotes.rows()]
    [('"We will go,"', 'direct', 'said', 'Jane Doe, the minister'), ('it a "farce."', 'mixed', 'called', 'Mr. Roe')]
    """
    entities = entities_by_article(cast, spot_names(sentences))
    links = links_by_article(cast)
    marked = model.mark(sentences.articles) if model is not None else {}
    rows = []
    for article in sentences.articles:
        memory = Memory([], [], links=links.get(article.id, {}))
        fragments = _quotes_of(
            article, sentences, entities.get(article.id, []), memory, marked.get(article.id, ())
        )
        numbers = {number: at for at, number in enumerate(dict.fromkeys(one.number for one in fragments), 1)}
        for one in fragments:
            rows.append(
                {
                    "article": article.id,
                    "start": one.start,
                    "end": one.end,
                    "kind": one.kind,
                    "quote": f"q{numbers[one.number]:02d}",
                    "cue": one.cue,
                    "speaker": one.speaker.actor,
                    "speaker_text": one.speaker.text,
                }
            )
    return Spans.from_rows(rows)


def _quotes_of(
    article: Article,
    sentences: Sentences,
    entities: Sequence[Entity],
    memory: Memory,
    marked: Sequence[Attribution],
) -> list[Fragment]:
    quoted = without_doubtful(article.document, pair_marks(article.document))
    found: list[Fragment] = []
    speakers: dict[Part, Speaker] = {}
    before = None
    for region in split_regions(article, sentences, quoted):
        speakers |= resolve_sources(article.document, region, marked, entities, memory)
        found += read_region(article.document, region, before, entities, memory, found)
        before = region
    found = _share_speakers(found)
    if marked:
        found = join_marked(article.document, found, marked, speakers, quoted)
    found += _nested(article.document, found, quoted, entities, memory)
    return sorted(found, key=lambda one: (one.start, one.end))


def _nested(
    document: str,
    found: Sequence[Fragment],
    quoted: Sequence[Quoted],
    entities: Sequence[Entity],
    memory: Memory,
) -> list[Fragment]:
    """Return the quotations inside quotations that have a cue and another's subject there ("Roe told me, 'I will go'")."""
    made: list[Fragment] = []
    number = max((one.number for one in found), default=0)
    for outer in quoted:
        inner = pair_inside(document, outer)
        if not inner or not any(one.start <= outer.start and outer.end <= one.end for one in found):
            continue
        start, end = outer.start + 1, outer.end if outer.goes_on else outer.end - 1
        text = document[start:end]
        for one in inner:
            text = text[: one.start - start] + MASK * (one.end - one.start) + text[one.end - start :]
        heard = Memory([], [], links=memory.links, quotes=number)
        read = read_region(document, Region(start, end, 0, text, tuple(inner)), None, entities, heard, [])
        bounds = {(one.start, one.end) for one in inner}
        made += [
            one
            for one in read
            if (one.start, one.end) in bounds
            and one.kind == "direct"
            and one.cue
            and one.speaker.text
            and not {"i", "we"}.intersection(one.speaker.text.casefold().split())
        ]
        number = max(number, heard.quotes)
    return made


def _share_speakers(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Give every fragment of a quote the cue and the speaker that one of its fragments has."""
    told: dict[int, Fragment] = {}
    for one in fragments:
        if one.speaker.text and one.number not in told:
            told[one.number] = one
    return [
        replace(one, cue=one.cue or told[one.number].cue, speaker=told[one.number].speaker)
        if one.number in told and not one.speaker.text
        else one
        for one in fragments
    ]
