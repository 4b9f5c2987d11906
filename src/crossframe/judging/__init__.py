"""How actors and stories are framed: models of stance and frames, what stands in a target's place, probes."""
