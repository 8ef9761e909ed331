"""What providers bring to our door: each has a file that reads what it sends.

Only what is needed is read, and nothing is trusted to have the shape that it should.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shared.text import is_storable

LONGEST_REF = 200
LONGEST_TEXT = 5000


class Unreadable(Exception):
    """What was brought is not what this provider says it brings."""


@dataclass(frozen=True, kw_only=True)
class TextHeard:
    """A text message from a guest; `ref` is the provider's name for it, by which it is known if it is brought again."""

    ref: str
    sender: str = field(repr=False)
    text: str = field(repr=False)


Fields = Mapping[str, object]
Reader = Callable[[Fields], TextHeard | None]
"""Reads one thing that was brought; None if it is nothing for us. Raises Unreadable."""


def word(fields: Fields, *names: str) -> str:
    """The first of these fields that is there, as text; "" if none is. Raises Unreadable if it is no simple value."""
    for name in names:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Unreadable
        return str(value)[:LONGEST_TEXT]
    return ""


def text_from(ref: str, sender: str, text: str) -> TextHeard:
    """A text with all that is needed of it. Raises Unreadable."""
    if not (ref and sender) or len(ref) > LONGEST_REF or not is_storable(ref):
        raise Unreadable
    return TextHeard(ref=ref, sender=sender, text=text)
