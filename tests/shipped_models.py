"""Models that come with crossframe, by name."""

SHIPPED = (
    "actors-news",
    "aligner-lexical",
    "aligner-news",
    "frames-base",
    "frames-guns",
    "frames-news",
    "quotes-news",
    "stance-base",
    "stance-news",
)
