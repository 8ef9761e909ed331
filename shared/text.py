"""Text as it comes in from outside."""

import re
import unicodedata

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether a text holds only characters that a database and a letter can carry: no controls, no half characters."""
    return all(unicodedata.category(character) not in {"Cc", "Cs"} for character in text)


def showable(text: object) -> str:
    """What a page may show of something typed, so that it can be mended: without controls and half characters."""
    return _UNSHOWABLE.sub("", str(text))


def plain(text: str) -> str:
    """A text without accents and capitals, as it is sorted and compared: “Élise” is “elise”, and before “Yvonne”."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one))
