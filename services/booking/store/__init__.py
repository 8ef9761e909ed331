"""The tables of booking, and the only SQL."""
