"""What providers bring to our door: each has a file that reads what it sends.

Only what is needed is read, and nothing is trusted to have the shape that it should.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from services.notifications.domain.receipts import Delivery
from shared.text import is_storable

LONGEST_REF = 200
LONGEST_TEXT = 5000
LONGEST_DETAIL = 60

_OUR_NAME = re.compile(r"<?([0-9a-f]{32})(?:@[^\s<>]+)?>?$")


class Unreadable(Exception):
    """What was brought is not what this provider says it brings."""


@dataclass(frozen=True, kw_only=True)
class TextHeard:
    """A text message from a guest; `ref` is the provider's name for it, by which it is known if it is brought again."""

    ref: str
    sender: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ReceiptHeard:
    """What a provider tells of a letter, which it calls `ref` or knows by our `name`; `detail` is its word for it."""

    ref: str = ""
    name: str = ""
    delivery: Delivery
    detail: str = ""


Fields = Mapping[str, object]
Heard = TextHeard | ReceiptHeard | None
Reader = Callable[[Fields], Heard]
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


def receipt_from(delivery: Delivery, *, ref: str = "", name: str = "", detail: str = "") -> ReceiptHeard:
    """A receipt with all that is needed of it. Raises Unreadable."""
    if not (ref or name) or len(ref) > LONGEST_REF or not (is_storable(ref) and is_storable(name)):
        raise Unreadable
    told = "".join(c for c in detail if c.isascii() and (c.isalnum() or c in " .-_"))  # a word or a code, no address
    return ReceiptHeard(ref=ref, name=name, delivery=delivery, detail=told[:LONGEST_DETAIL])


def our_name(text: str) -> str:
    """Our name for a letter, if a text such as a Message-ID holds one; else ""."""
    found = _OUR_NAME.match(text.strip())
    return found[1] if found else ""


def text_from(ref: str, sender: str, text: str) -> TextHeard:
    """A text with all that is needed of it. Raises Unreadable."""
    if not (ref and sender) or len(ref) > LONGEST_REF or not is_storable(ref):
        raise Unreadable
    return TextHeard(ref=ref, sender=sender, text=text)
