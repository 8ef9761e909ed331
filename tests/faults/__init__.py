"""Faults of every kind on servers of our own, while residents book: what must still be true at the end."""
