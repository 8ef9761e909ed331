"""The rules of booking: pure functions and frozen records."""
