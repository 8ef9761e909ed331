"""Text as it comes in from outside."""

import re
import unicodedata
from functools import lru_cache

_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # the categories Cc and Cs of Unicode
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether a text holds only characters that a database and a letter can carry: no controls, no half characters."""
    return _UNSTORABLE.search(text) is None


def showable(text: object) -> str:
    """What a page may show of something typed, so that it can be mended: without controls and half characters."""
    return _UNSHOWABLE.sub("", str(text))


@lru_cache(4096)  # the same few hundred names are sorted for every page
def plain(text: str) -> str:
    """A text without accents and capitals, as it is sorted and compared: “Élise” is “elise”, and before “Yvonne”."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one))
