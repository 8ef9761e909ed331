"""The JSON API of booking."""
