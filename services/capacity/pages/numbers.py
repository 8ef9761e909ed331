"""Numbers and hours as people type them."""

from datetime import time


def read_time(text: str) -> time:
    """A time of day, such as 9:30 or 9h30. Raises ValueError."""
    hours, colon, minutes = text.replace("h", ":").partition(":")
    if not colon or len(hours) > 2 or not (hours + minutes).isascii() or not (hours + minutes).isdigit():
        raise ValueError("not a time of day")
    return time(int(hours), int(minutes[:2]))


def read_count(text: str) -> int:
    """A whole number. Raises ValueError."""
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
        raise ValueError("not a whole number")
    return int(text)


def read_hundredths(text: str) -> int:
    """A number with at most two decimals, such as 12,5 or 12.50, in hundredths. Raises ValueError."""
    whole, _, decimals = text.replace(",", ".").partition(".")
    if len(decimals) > 2 or decimals.startswith("-"):
        raise ValueError("not a number with two decimals")
    sign = -1 if whole.startswith("-") else 1
    return read_count(whole) * 100 + sign * read_count((decimals or "0").ljust(2, "0"))
