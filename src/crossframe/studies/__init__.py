"""The conductors: the only rooms that know the order of steps."""
