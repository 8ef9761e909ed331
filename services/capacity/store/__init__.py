"""The tables of capacity, and its only SQL."""
