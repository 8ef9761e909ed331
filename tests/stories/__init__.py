"""Whole stories across the three services."""
