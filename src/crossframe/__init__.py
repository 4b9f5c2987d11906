"""crossframe: how did different outlets tell the same story, and how did each frame the actors in it?"""

from importlib import import_module
from typing import Any

_ROOMS = {
    "records": "Actor Alignment Annotation Article Cast Claim Copies Corpus Coverage Embeddings Estimates Event "
    "Outlet Sentences Spans Stretches Units Wording",
    "errors": "CrossframeError CrossframeWarning InputError MissingDataError MissingPackageError UnknownNameError",
    "synthetic": "Press make_press",
    "statistics.agreement": "krippendorff_alpha",
    "learning.encoders": "Encoder load_encoder",
    "learning.embedding": "embed_sentences",
    "learning.adapters": "fit_adapter",
    "reading.public": "fetch_corpus list_corpora read_corpus show_corpus",
    "reading.regrouping": "regroup",
    "reading.sentences": "split_sentences",
    "reading.copies": "find_copies",
    "matching.aligners": "load_aligner",
    "matching.alignment": "Aligner",
    "matching.claims": "group_claims",
    "attributing.actors": "find_actors",
    "attributing.quotes": "find_quotes",
    "attributing.voices": "assign_voices split_voices",
    "judging.stance": "load_stance_model",
    "judging.frames": "load_frame_model",
    "contrasting.outlets": "summarise_event",
    "contrasting.framing": "summarise_framing",
    "contrasting.carrying": "find_carried",
    "contrasting.voices": "summarise_voices",
    "contrasting.over_events": "compare_over_events",
    "contrasting.coverage": "measure_coverage",
    "contrasting.wording": "compare_wording",
    "showing.figures": "plot_claims plot_stance plot_wording",
    "showing.framing": "plot_framing",
    "showing.quoting": "plot_voices",
    "showing.html": "show_table",
    "showing.cards": "show_model",
    "studies.comparing": "Comparison compare read_comparison",
    "studies.importing": "import_files",
    "studies.grouping": "group_corpus",
    "studies.evaluating": "evaluate",
    "studies.training": "train",
    "studies.reproducing": "list_reproductions reproduce",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

__version__ = "0.1.0"
__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'crossframe' has no attribute {name!r}")
    return getattr(import_module(f"crossframe.{_ROOM_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
