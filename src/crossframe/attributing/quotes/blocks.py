"""Paragraphs without marks that are not the author's: posts with their signature, and what a lead-in with a colon introduces."""

import re
from collections.abc import Iterator, Sequence

from crossframe import lexicons
from crossframe.attributing.coreference.discourse_state import MAX_BACK, DiscourseState, Speaker, inside
from crossframe.attributing.quotes.cues import NO_SPEAKERS, find_cues
from crossframe.attributing.quotes.fragments import NOBODY
from crossframe.attributing.quotes.indirect import find_content
from crossframe.attributing.quotes.interviews import read_interview
from crossframe.attributing.quotes.speakers import resolve_subject
from crossframe.attributing.quotes.turns import Script, Turn, read_transcript
from crossframe.attributing.syntax.quotation_marks import MASK
from crossframe.attributing.syntax.regions import Region
from crossframe.text import slug

_HANDLE = r"@\w[\w.-]*(?:@[\w.-]+)?"
_SIGNATURE = re.compile(
    rf"(?P<dash>[—–―-]{{1,3}})\s?(?P<name>[^\n@()—–―]{{2,60}}?)?,?\s?(?:\({_HANDLE}\)|{_HANDLE})(?P<rest>[^\n.!?“\"]{{0,40}})\Z"
)
_POST_HEAD = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][^\n@()—–―:]{{1,60}}?)\s?(?:\({_HANDLE}\)|{_HANDLE})(?P<rest>[^\n.!?“\":]{{0,40}}):?\Z"
)
_SHARED_BY = re.compile(
    r"An?\s\w+\s(?:shared|posted|published|uploaded)\sby\s(?P<name>[^\n@()]{2,60}?)\s?(?:\(|@|\Z)"
)
_VIEW_POST = re.compile(r"View\sthis\s\w+\son\s\w+\.?\Z")
"""Lines around an embedded post: how it begins, and whose it was ("A post shared by Lena Frost (@lena)")."""
_NO_HEADS = NO_SPEAKERS | frozenset(
    ["follow", "contact", "email", "credit", "image", "photo", "picture", "tweet", "post", "via", "words", "story", "reporting"]
)  # fmt: skip
"""First words of lines that name a person who did not write what is below, beside those before a colon."""
_HEAD_NAME = re.compile(r"[A-ZÀ-Þ][^\n@()—–―:.!?]{1,40}")
_HEAD_HANDLE = re.compile(rf"(?P<name>)\(?{_HANDLE}\)?(?P<rest>[^\n.!?“\":]{{0,40}})\Z")
_STAMP = re.compile(r"(?=.*\d)(?:[\d:.,·|/ -]|[AaPp]\.?[Mm]\b\.?|[A-Z][a-z]{2,8}\b|\bat\b|\b[A-Z]{2,4}\b)+")
_SIGNED_WORDS = re.compile(
    r"(?P<dash>[—–―]|--)\s?(?P<name>[A-ZÀ-Þ][^\n,;:@()—–―“\"!?]{1,60}?)(?P<rest>(?:,\s|\s\()[^\n@“\"!?]{1,80})?\.?\Z"
)
"""A dash, a name, and what is said of it, that end a paragraph of somebody's words ("... — Tom Roe, fisherman")."""
_OF_THE_PRESS = re.compile(
    r"\b(?:report(?:er|ing|s|ed)|correspondents?|editor|writer|columnist|contribut\w+|staff|press|news)\b",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(r"[,(\s]+(?:[a-zß-ÿ]|\d|.*\b\d{4}\b)")
_DASHES = frozenset(["—", "–", "―", "--"])
_SENTENCE_ENDS = frozenset(".!?…")
MAX_POST = 6
"""Paragraphs up to which a post goes on to the line with its time."""
_NO_DATE = re.compile(r"\s[a-z]{4,}\s")
_ITEM = re.compile(r"(?:[-•*–·]|\d{1,2}[.)]|\([a-z\d]\))\s")
_QUOTED_LINE = re.compile(">")
"""What begins every line of a block quotation in plain text and Markdown."""
_DOCUMENT = (
    r"(?:statement|letter|e-?mail|message|memo(?:randum)?|note|ruling|judgment|judgement|verdict|post|tweet|resolution|"
    r"declaration|communiqu[eé]|remarks|comments|rant|reply|response|apology|notice|petition|manifesto|speech|(?:text|transcript)(?!\sof\b)|testimony|report|complaint|indictment|order|appeal)"
)
_READS = re.compile(
    rf"(?P<what>(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s|\b[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){{0,3}}['’]s?\s)(?:[\w’'-]+\s){{0,3}}?{_DOCUMENT}\b"
    r"(?:\s(?:by|from|of)\s(?:the\s)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3})?)"
    r"(?P<full>[^:]{0,40}\b(?:reads?|ran|in\sfull|in\spart|as\sfollows|below)\b[^:]{0,20})?"
)
_WHOLE = re.compile(
    r"\b(?:full|complete|whole|excerpts?|text|reads?|ran|in\sfull|in\spart|as\sfollows)\b", re.IGNORECASE
)
_FOLLOWS = re.compile(r"\b(?:below|in\sfull|as\sfollows|follows)\s?\.?[\s*_]*\Z")
"""How a sentence ends that introduces a document without a colon ("Its statement is below.")."""
_ENDED = re.compile(
    rf"(?:The|Her|His|Its|Their)\s{_DOCUMENT}\s(?:end(?:s|ed)|conclude[sd]|close[sd]|finishe[sd])\b"
)
_REPORTS = re.compile(
    r"\b(?:said|says|told|added|according\sto|declined|(?:did|would)\snot\s(?:comment|reply|respond|answer)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
"""What a paragraph says that reports, and is not what somebody states."""
_DEMANDS = re.compile(
    r"\b(?:should|ought\sto|deserves?|let\sus|shame\son|must(?!\s(?:now|first|still)))\b", re.IGNORECASE
)
"""What should be, of which reporters do not speak in their own name."""
_TELLS = re.compile(r"\s(?:an?|the|its|their|his|her)\s(?:[\w-]+\s)?(?:story|tale|truth)\b")
_PERSONAL = re.compile(
    r"(?:the|his|her|their)\s(?:full|complete|entire|whole)\s(?:statement|letter|e-?mail|message|note|post|tweet|speech|remarks|comments|rant|reply|response|apology)",
    re.IGNORECASE,
)
"""What somebody said or wrote who has just been quoted ("Read the full statement below:")."""
_SAYING = re.compile(r"\b([a-z]+ing)\s?:\s*\Z")
_OWNER = re.compile(r"(.+?)['’]s?\s|.*\s(?:by|from)\s(.+)$")


def find_blocks(script: Script) -> list[Turn]:
    """Return the turns, answers and posts of an article, in order."""
    turns = read_transcript(script) or read_interview(script)
    taken = {span[0] for turn in turns for span in turn.spans}
    posts = (post for post in _find_posts(script) if post.spans[0][0] not in taken)
    return sorted([*turns, *posts], key=lambda turn: turn.spans)


def _find_posts(script: Script) -> Iterator[Turn]:
    """Yield posts signed at their end ("words — Tom Roe (@tomroe) May 5, 2026") or headed by name and handle, and signed words."""
    document, paragraphs = script.article.document, script.paragraphs
    for at, (start, end) in enumerate(paragraphs):
        signed = _SIGNATURE.search(document, start, end)
        if signed is not None and not _NO_DATE.search(signed["rest"]):
            words = document[start : signed.start()].rstrip()
            content = (start, start + len(words)) if words.strip() else paragraphs[at - 1] if at else None
            cue = signed["dash"]
        elif (signed := _head_of_post(script, at)) and not _NO_DATE.search(signed["rest"]):
            yield from _headed_post(script, at, _signer(script, signed))
            continue
        elif signed := _SHARED_BY.match(document, start, end):
            yield from _shared_post(script, at, _signer(script, signed))
            continue
        else:
            yield from _signed_words(script, at)
            continue
        if content is not None:
            yield Turn((content,), cue, _signer(script, signed))


def _signed_words(script: Script, at: int) -> Iterator[Turn]:
    """Yield the paragraph that a person signs, at its end or in a line below it, where it cannot be the author's."""
    document, (start, end) = script.article.document, script.paragraphs[at]
    match = _SIGNED_WORDS.search(document, start, end)
    below = match is not None and match.start() == start
    if match is None or (below and at in {0, len(script.paragraphs) - 1}):
        return
    first, last = script.paragraphs[at - 1] if below else (start, match.start())
    words = first, first + len(document[first:last].rstrip())
    if document[words[1] - 1] in _SENTENCE_ENDS and _is_of_other(script, match, words):
        yield Turn((words,), match["dash"], _signer(script, match))


def _is_of_other(script: Script, match: re.Match[str], words: tuple[int, int]) -> bool:
    """Return whether who signs words is a person and neither the author nor of the press.

    An author signs, too: so it is one of whom the article tells, or is described behind the name, or says I or we.
    """
    document, name = script.article.document, match["name"]
    same = [one for one in script.entities if one.start == match.start("name")]
    person = all(one.kind in {"person", ""} for one in same) and (
        same or (" " in name and all(word[0].isupper() for word in name.split()))
    )
    by_press = (
        _OF_THE_PRESS.search(match.group()) or name.casefold() in (script.article.byline or "").casefold()
    )
    if not person or by_press:
        return False
    speaker = _signer(script, match)
    elsewhere = (one for one in script.entities if not match.start() <= one.start < match.end())
    told_of = any(
        script.is_name_of(one, speaker)
        and document[max(0, one.start - 3) : one.start].strip(" \n") not in _DASHES
        for one in elsewhere
    )
    return told_of or bool(_SAYS_WHO.match(match["rest"] or "")) or script.is_first_person(words)


def _head_of_post(script: Script, at: int) -> re.Match[str] | None:
    """Return the name and handle that head a post: paragraph `at`, or the handle there and the name in the paragraph before."""
    document, (start, end) = script.article.document, script.paragraphs[at]
    head = _HEAD_HANDLE.match(document, start, end)
    if head is None:
        head = _POST_HEAD.fullmatch(document, start, end)
    elif _named_above(script, at):
        first = script.paragraphs[at - 1][0]
        head = _POST_HEAD.fullmatch(" ".join(document[first:end].split()))
    return head if head is not None and (not head["name"] or _is_heading(head["name"])) else None


def _named_above(script: Script, at: int) -> bool:
    """Return whether the paragraph above is a name and nothing else."""
    name = _HEAD_NAME.fullmatch(script.article.document, *script.paragraphs[at - 1]) if at else None
    return name is not None and _is_heading(name.group())


def _is_heading(name: str) -> bool:
    """Return whether words are a name that may head a post ("Union of Fans FC", not "Photo by Lena Frost")."""
    words = name.partition(",")[0].split()
    small = {"of", "the", "and", "for", "&"} | lexicons.name_parts("particle")
    capital = all(not word[0].islower() or word in small for word in words)
    return capital and words[0].casefold() not in _NO_HEADS


def _headed_post(script: Script, at: int, speaker: Speaker) -> Iterator[Turn]:
    """Yield the post below its head: its first paragraph, or all up to the line with its time.

    An author's name and handle head an article, too: so at its beginning the words must be a person's own.
    """
    below = script.paragraphs[at + 1 : at + 2 + MAX_POST]
    stamp = next((n for n, one in enumerate(below) if _STAMP.fullmatch(script.masked, *one)), -1)
    words = below[: stamp if stamp >= 0 else 1]
    if not words or script.article.document.startswith(speaker.text, words[0][0]):
        return
    later = at > _named_above(script, at) or speaker.text.startswith("@") or stamp > 0
    if later or any(_is_own(script, one) for one in words) or _is_told_of(script, speaker, words[-1][1]):
        yield Turn(tuple(words), "", speaker)


def _is_own(script: Script, paragraph: tuple[int, int]) -> bool:
    """Return whether a paragraph reads as somebody's own: it says I or we, or judges and does not report."""
    text = script.masked[slice(*paragraph)].casefold()
    judges = any(word in lexicons.sentiment() for word in re.findall(r"\w+", text))
    return script.is_first_person(paragraph) or (judges and not _REPORTS.search(script.masked, *paragraph))


def _is_told_of(script: Script, speaker: Speaker, start: int) -> bool:
    """Return whether the title, or what is behind `start` and not about the press, names the speaker."""
    if speaker.text.casefold() in (script.article.byline or "").casefold():
        return False
    stretches = [(0, script.article.text_start), *(one for one in script.paragraphs if one[0] >= start)]
    return any(
        script.names(one, speaker) and not _OF_THE_PRESS.search(script.masked, *one) for one in stretches
    )


def _shared_post(script: Script, at: int, speaker: Speaker) -> Iterator[Turn]:
    """Yield what is between the first line of an embedded post and the one that says who shared it."""
    above = script.paragraphs[max(0, at - MAX_POST) : at]
    first = next((n for n, one in enumerate(above) if _VIEW_POST.match(script.masked, *one)), len(above))
    if above[first + 1 :]:
        yield Turn(tuple(above[first + 1 :]), "", speaker)


def _signer(script: Script, signed: re.Match[str]) -> Speaker:
    name = (signed["name"] or "").strip(" ,")
    if not name:
        handle = re.search(_HANDLE, signed.group())
        written = handle.group() if handle else ""
        people = script.possible_people()
        same = [
            one
            for one in people
            if slug(script.words(one)).replace("-", "") == slug(written).replace("-", "")
        ]
        return script.speaker(same[0]) if same else Speaker("", written)
    words = name.casefold().split()
    same = [one for one in script.possible_people() if script.words(one).casefold().split()[-1] == words[-1]]
    return script.speaker(same[0])._replace(text=name) if same else Speaker("", name)


def led_in(state: DiscourseState, script: Script, before: Region | None, region: Region) -> Turn | None:
    """Return the paragraphs that a lead-in introduces ("In its ruling the court wrote:"), None where `before` is none.

    Parameters
    ----------
    state : DiscourseState
        What has been read up to `before`, the region before `region`.
    script : Script
        The article.
    before, region : Region
        The last region of a paragraph, and the first of the next.
    """
    if before is None or before.title:
        return None
    paragraphs = [one for one in script.paragraphs if one[1] > region.start]
    if not paragraphs or paragraphs[0][0] < before.end or script.masked[region.start] == MASK:
        return None
    if not before.text.rstrip(" *_").endswith(":") and not (
        _FOLLOWS.search(before.text) and script.is_first_person(paragraphs[0])
    ):
        return None
    cue, speaker = _introduced(state, before)
    if speaker.actor and not speaker.text:
        named = [
            one for one in inside(state.entities, before.start, before.end) if one.actor == speaker.actor
        ]
        speaker = speaker._replace(text=script.words(named[-1]) if named else "")
    if not speaker.text:
        return None
    return Turn(tuple(_block_of(script, paragraphs, speaker)), cue, speaker)


def _block_of(
    script: Script, paragraphs: Sequence[tuple[int, int]], speaker: Speaker
) -> list[tuple[int, int]]:
    """Return the paragraphs that go on with what is introduced: lines of one block or list, or what says I or we."""
    first = script.is_first_person(paragraphs[0])
    marker = next((one for one in (_QUOTED_LINE, _ITEM) if one.match(script.masked, *paragraphs[0])), None)
    spans = []
    for at, one in enumerate(paragraphs):
        goes_on = marker.match(script.masked, *one) if marker else first and script.is_first_person(one)
        if at and (not goes_on or script.tells_of(one, speaker) or script.masked[one[0]] == MASK):
            break
        spans.append(one)
    if marker is None:
        spans = list(paragraphs[: max(len(spans), _end_of_statement(script, paragraphs, speaker))])
    if marker is _QUOTED_LINE:
        bare = ((start + 1, end) for start, end in spans)
        spans = [(end - len(script.masked[start:end].lstrip()), end) for start, end in bare]
    return [one for one in spans if one[0] < one[1]]


def _end_of_statement(script: Script, paragraphs: Sequence[tuple[int, int]], speaker: Speaker) -> int:
    """Return how many paragraphs go on with a statement: up to the last that says I, we or what should be, or to where it ends."""
    n_stated = 1
    for at, one in enumerate(paragraphs[1 : 1 + MAX_POST], 1):
        if _ENDED.match(script.masked, *one):
            return at
        reports = _REPORTS.search(script.masked, *one) or MASK in script.masked[slice(*one)]
        if reports or script.tells_of(one, speaker):
            break
        if script.is_first_person(one) or _DEMANDS.search(script.masked, *one):
            n_stated = at + 1
    return n_stated


def _introduced(state: DiscourseState, before: Region) -> tuple[str, Speaker]:
    """Return the cue of a lead-in and whose words it introduces; nobody where it introduces none."""
    cues = [cue for cue in find_cues(before) if cue.takes & {"quote", "according"}]
    if cues and cues[-1].subject is not None and find_content(before, cues[-1]) is None:
        if NOBODY.match(before.text, *cues[-1].subject) or _TELLS.match(before.text, cues[-1].end):
            return "", Speaker()
        return before.text[cues[-1].start : cues[-1].end], resolve_subject(state, before, cues[-1].subject)
    saying = _SAYING.search(before.text)
    if saying is not None and "quote" in lexicons.saying_verbs().get(saying.group(1), ("", ""))[1]:
        return saying.group(1), state.introduced
    document = _READS.search(before.text)
    if document is None or not (document["full"] or _WHOLE.search(before.text)):
        return "", Speaker()
    start, end = document.span("what")
    owner = _OWNER.match(before.text[start:end])
    if owner is not None:
        group = 1 if owner.group(1) else 2
        start, end = start + owner.start(group), start + owner.end(group)
    elif _PERSONAL.fullmatch(before.text, start, end) and state.spoken:
        paragraph, last = state.spoken[-1]
        if before.paragraph - paragraph <= MAX_BACK:
            return ":", last
    return ":", resolve_subject(state, before, (start, end))
