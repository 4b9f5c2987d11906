"""Files, pages, tables and public corpora become articles and sentences."""
