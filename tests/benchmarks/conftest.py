"""Let tests import the modules of ``benchmarks/`` by name, as its scripts do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
