"""What booking does, one file per story: load, decide, keep, say."""
