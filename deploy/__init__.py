"""How Tablée is run: the demo in one process, containers, the broker."""
