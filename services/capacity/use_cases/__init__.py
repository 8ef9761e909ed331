"""What happens in capacity, one file per story: load, decide, keep, say."""
