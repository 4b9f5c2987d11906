"""Compare a corpus: options, checks, models, the step of one event, estimates over events, results and their manifest."""
