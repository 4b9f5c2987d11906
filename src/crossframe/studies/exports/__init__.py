"""Take a finished comparison elsewhere: tables whose rows can be read alone, LaTeX, and its methods as text; one file per format."""
