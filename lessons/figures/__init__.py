"""Pictures: each a pure function from a trajectory to one plain dictionary."""
