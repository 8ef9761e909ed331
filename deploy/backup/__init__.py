"""Copies of the three databases: made, counted, put back into empty databases, and counted again."""
