"""The tables of this service and the only SQL."""
