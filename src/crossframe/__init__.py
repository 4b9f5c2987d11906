"""crossframe: how did different outlets tell the same story, and how did each frame the actors in it?"""

from importlib import import_module
from typing import Any

_ROOMS = {
    "records": "Actor Alignment Annotation Article Cast Claim Copies Corpus Coverage Embeddings Estimates Event "
    "NameSpans Outlet Sentences Spans Stretches Units Wording",
    "errors": "CrossframeError CrossframeWarning InputError MissingDataError MissingPackageError UnknownNameError",
    "synthetic": "Press make_press",
    "statistics.metrics": "krippendorff_alpha",
    "learning.encoders.by_name": "Encoder load_encoder",
    "learning.encoders.embedding": "embed_sentences",
    "learning.encoders.adapters": "fit_adapter",
    "reading.public.corpora": "fetch_corpus list_corpora read_corpus show_corpus",
    "reading.corpus.events_table": "regroup",
    "reading.text.split": "split_sentences",
    "matching.copies": "find_copies",
    "matching.aligners": "load_aligner",
    "matching.aligner": "Aligner",
    "matching.claims": "group_claims",
    "attributing.find_actors": "find_actors",
    "attributing.names.finders": "NameFinder load_name_finder",
    "attributing.quotes.readers": "QuoteReader load_quote_reader",
    "attributing.find_quotes": "find_quotes",
    "attributing.voices": "assign_voices split_voices",
    "judging.targets": "StanceItem",
    "judging.stance.stance_model": "StanceModel annotate_mentions",
    "judging.stance.judgements": "judge_actors",
    "judging.stance.by_name": "load_stance_model",
    "judging.frames": "load_frame_model",
    "contrasting.judged": "Judged",
    "contrasting.within_event": "summarise_event",
    "contrasting.framing": "summarise_framing",
    "contrasting.voice_shares": "find_carried summarise_voices",
    "contrasting.over_events": "compare_over_events",
    "contrasting.coverage": "measure_coverage",
    "contrasting.wording": "compare_wording",
    "showing.plots.claims_plot": "plot_claims",
    "showing.plots.framing_plot": "plot_framing",
    "showing.plots.portrayal_plot": "plot_portrayal plot_stance",
    "showing.plots.voices_plot": "plot_voices",
    "showing.plots.wording_plot": "plot_wording",
    "showing.html.table_display": "show_table",
    "showing.html.model_card": "show_model",
    "studies.compare.comparison": "Comparison read_comparison",
    "studies.compare.study": "compare",
    "studies.prepare.imports": "import_files",
    "studies.prepare.grouping": "group_corpus",
    "studies.evaluate.tasks": "evaluate",
    "studies.train.tasks": "train",
    "studies.reproduce.run": "list_reproductions reproduce",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

__version__ = "0.2.0"
__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'crossframe' has no attribute {name!r}")
    return getattr(import_module(f"crossframe.{_ROOM_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
