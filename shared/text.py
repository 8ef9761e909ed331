"""Text as it comes in from outside."""

import unicodedata


def is_storable(text: str) -> bool:
    """Whether a text holds only characters that a database and a letter can carry: no controls, no half characters."""
    return all(unicodedata.category(character) not in {"Cc", "Cs"} for character in text)
