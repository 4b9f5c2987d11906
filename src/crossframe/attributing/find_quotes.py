"""Who is quoted, and saying what: direct, mixed and indirect quotations with cue and speaker; scare quotes are left out."""

from collections.abc import Sequence
from dataclasses import replace

from crossframe.attributing.coreference.discourse_state import (
    DiscourseState,
    Speaker,
    entities_by_article,
    links_by_article,
)
from crossframe.attributing.coreference.profiles import read_genders
from crossframe.attributing.names.spotting import spot_names
from crossframe.attributing.quotes.blocks import find_blocks, led_in
from crossframe.attributing.quotes.fragments import Fragment, read_region
from crossframe.attributing.quotes.interviews import read_interview
from crossframe.attributing.quotes.joining import join_marked, resolve_sources
from crossframe.attributing.quotes.marked import Bounds, MarkedQuote, read_marked
from crossframe.attributing.quotes.readers import QuoteReader
from crossframe.attributing.quotes.turns import Script, Turn
from crossframe.attributing.syntax.quotation_marks import MASK, Quoted, mask_quoted, pair_inside, pair_marks
from crossframe.attributing.syntax.regions import Region, split_regions, without_doubtful
from crossframe.errors import InputError
from crossframe.records import Article, Cast, Sentences, Spans

_FIRST_PERSON = frozenset({"i", "we"})


def find_quotes(sentences: Sentences, cast: Cast, *, reader: QuoteReader | None = None) -> Spans:
    """Return the quotations in `sentences`, one row per fragment.

    Quotations in marks that make an utterance are ``direct``, quoted words inside a reported clause make it ``mixed``, and
    what others say, think or want without marks is ``indirect``: clauses, infinitives and objects of a cue ("said it
    rained", "promised to go", "criticized the plan"). Whole paragraphs without marks that are somebody's words are
    ``direct``, too: turns of transcripts, answers of interviews, posts with their signature, and what a lead-in that ends in
    a colon introduces. Deeds are no quotes ("refused to go", "voted to close it"). Spans include quotation marks. Quoted words without a cue that
    are neither a clause nor long are the author's. A quotation inside another one is a quote of its own where it has a
    cue and a speaker there.

    Parameters
    ----------
    sentences : Sentences
        Articles of one event.
    cast : Cast
        Its actors and their mentions, from `find_actors`. Speakers who are no actors are found by the names that rules
        spot, whatever found the actors' names: on BASIL a few more speakers are right that way.
    reader : QuoteReader, optional
        Marks quotes beside the direct quotations that rules read; None takes the rules alone.

    Returns
    -------
    Spans
        In order of articles and offsets; ``quote`` ids are ``q01``, ``q02``, ... within an article; ``speaker`` is
        the id of an actor of the cast or "", ``speaker_text`` the words that name the speaker, with the apposition
        ("" where nobody is named); for a pronoun whose antecedent is no actor, the antecedent's name.

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
    names = spot_names(sentences)
    genders = read_genders(sentences, cast, names)
    entities, links = entities_by_article(cast, names, genders), links_by_article(cast, genders)
    marked = read_marked(sentences, _find_marked(reader, sentences)) if reader is not None else {}
    rows = []
    for article in sentences.articles:
        state = DiscourseState(article.document, entities.get(article.id, ()), links.get(article.id, {}))
        rows += _rows_of(article, _quotes_of(article, sentences, state, marked.get(article.id, ())))
    return Spans.from_rows(rows)


def is_interview(sentences: Sentences) -> bool:
    """Return whether the one article of `sentences` is an interview: questions in paragraphs of their own, which a named person answers.

    Examples
    --------
    >>> text = "Ms Roe, did it rain?\\n\\nIt did.\\n\\nWhat then?\\n\\nThe dam broke."
    >>> is_interview(Sentences((Article("a", "e", "o", "", text),), [0], [1], [0], [len(text)]))
    True
    """
    (article,) = sentences.articles
    entities = entities_by_article(Cast((), Spans()), spot_names(sentences), {}).get(article.id, ())
    masked = mask_quoted(article.document, without_doubtful(article.document, pair_marks(article.document)))
    answers = read_interview(Script.of(article, masked, entities))
    return bool(answers) and bool(answers[0].speaker.text)


def _find_marked(reader: QuoteReader, sentences: Sentences) -> Spans:
    spans = reader.find(sentences)
    if not isinstance(spans, Spans):
        raise InputError(
            f"Invalid quotes of type {type(spans).__name__!r} from quote reader {reader.name!r}. They must be Spans."
        )
    return spans


def _rows_of(article: Article, fragments: Sequence[Fragment]) -> list[dict[str, object]]:
    numbers = {number: at for at, number in enumerate(dict.fromkeys(one.number for one in fragments), 1)}
    return [
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
        for one in fragments
    ]


def _quotes_of(
    article: Article, sentences: Sentences, state: DiscourseState, marked: Sequence[MarkedQuote]
) -> list[Fragment]:
    quoted = without_doubtful(article.document, pair_marks(article.document))
    script = Script.of(article, mask_quoted(article.document, quoted), state.entities)
    blocks = find_blocks(script)
    fragments: list[Fragment] = []
    inside: list[Fragment] = []
    speakers: dict[MarkedQuote, Speaker] = {}
    before = None
    regions = split_regions(article, sentences, quoted)
    for region in regions:
        block = _block_of(region, blocks)
        if block is None and (block := led_in(state, script, before, region)):
            blocks.append(block)
        speakers |= resolve_sources(state, region, marked)
        if block is None:
            fragments += read_region(state, region, before, fragments)
        else:
            inside += _reported(read_region(state, region, None, ()), block.speaker)
        before = region if block is None else None
    fragments = _share_speakers(fragments)
    outside = [one for one in marked if not any(_overlap(one.contents, block.spans) for block in blocks)]
    if outside:
        fragments = join_marked(article.document, fragments, outside, speakers, regions, quoted)
    fragments += [*inside, *_whole_paragraphs(state, blocks)]
    fragments += _nested(state, fragments, quoted)
    return sorted(fragments, key=lambda one: (one.start, one.end))


def _block_of(region: Region, blocks: Sequence[Turn]) -> Turn | None:
    spans = ((start, end, block) for block in blocks for start, end in block.spans)
    return next((block for start, end, block in spans if region.start < end and start < region.end), None)


def _overlap(contents: Sequence[Bounds], spans: Sequence[Bounds]) -> bool:
    return any(start < last and first < end for start, end in contents for first, last in spans)


def _reported(fragments: Sequence[Fragment], speaker: Speaker) -> list[Fragment]:
    """Return the quotes of others inside a speaker's words: "I" and "we" are the speaker, "he" and "she" are not."""
    return [
        replace(one, speaker=Speaker()) if _is_same(one.speaker, speaker) else one
        for one in fragments
        if one.cue.isalpha()
        and one.speaker.text
        and not _FIRST_PERSON.intersection(one.speaker.text.casefold().split())
    ]


def _is_same(one: Speaker, other: Speaker) -> bool:
    return one.actor == other.actor and (bool(one.actor) or one.text == other.text)


def _whole_paragraphs(state: DiscourseState, blocks: Sequence[Turn]) -> list[Fragment]:
    fragments = []
    for block in blocks:
        state.n_quotes += 1
        fragments += [
            Fragment(start, end, "direct", state.n_quotes, block.cue, block.speaker)
            for start, end in block.spans
        ]
    return fragments


def _nested(state: DiscourseState, fragments: Sequence[Fragment], quoted: Sequence[Quoted]) -> list[Fragment]:
    """Return the quotations inside quotations that have a cue and a speaker there ("Roe told me, 'I will go'")."""
    nested: list[Fragment] = []
    number = max((one.number for one in fragments), default=0)
    for outer in quoted:
        inner = pair_inside(state.document, outer)
        if not inner or not any(one.start <= outer.start and outer.end <= one.end for one in fragments):
            continue
        start, end = outer.start + 1, outer.end if outer.goes_on else outer.end - 1
        text = state.document[start:end]
        for one in inner:
            text = text[: one.start - start] + MASK * (one.end - one.start) + text[one.end - start :]
        within = DiscourseState(state.document, state.entities, state.links, n_quotes=number)
        read = read_region(within, Region(start, end, 0, text, tuple(inner)), None, [])
        bounds = {(one.start, one.end) for one in inner}
        nested += [
            one
            for one in read
            if (one.start, one.end) in bounds
            and one.kind == "direct"
            and one.cue
            and one.speaker.text
            and not _FIRST_PERSON.intersection(one.speaker.text.casefold().split())
        ]
        number = max(number, within.n_quotes)
    return nested


def _share_speakers(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Give every fragment of a quote the cue and the speaker of the fragment that has them."""
    attributed: dict[int, Fragment] = {}
    for one in fragments:
        if one.speaker.text:
            attributed.setdefault(one.number, one)
    return [
        replace(one, cue=one.cue or attributed[one.number].cue, speaker=attributed[one.number].speaker)
        if one.number in attributed and not one.speaker.text
        else one
        for one in fragments
    ]
