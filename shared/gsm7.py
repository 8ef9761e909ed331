"""An SMS is written in GSM-7, where one message holds 160 characters. One letter outside it would cut that to 70."""

import math
import re
import unicodedata
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")  # each counts two
_INSTEAD = {
    "œ": "oe",
    "Œ": "OE",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "…": "...",
    "–": "-",
    "—": "-",
    "‑": "-",
    "·": ".",
    "•": "-",
    "×": "x",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "þ": "th",
    "ð": "d",
    "ı": "i",
    "`": "'",
    "⁄": "/",
    "\t": " ",
}
_HOUR = re.compile(r"(?<=\d)\sh(?:\s(?=\d\d\b)|\b)")  # as French writes it, with whatever spaces
SINGLE, PART = 160, 153
UCS2_SINGLE, UCS2_PART = 70, 67


@dataclass(frozen=True)
class Size:
    """How a text travels as SMS: in which alphabet, how many places it takes there, and as how many SMS it is paid."""

    alphabet: str
    length: int
    segments: int


def size_of(text: str) -> Size:
    """The size of any text; one letter outside GSM-7 brings all of it into UCS-2."""
    try:
        return Size("GSM-7", septets(text), segments(text))
    except ValueError:
        length = len(text.encode("utf-16-le")) // 2
        return Size("UCS-2", length, 1 if length <= UCS2_SINGLE else math.ceil(length / UCS2_PART))


def to_gsm7(text: str) -> str:
    """The same text with GSM-7 characters only: ê becomes e, ç becomes c, a narrow space a space, a smiley vanishes. An
    hour is written as briefly as by hand: “12 h 30” becomes 12h30.
    """
    return "".join(_letter(character) for character in unicodedata.normalize("NFC", _HOUR.sub("h", text)))


def septets(text: str) -> int:
    """How many places a GSM-7 text takes. Raises ValueError if it holds anything else."""
    if not all(character in _BASIC or character in _EXTENDED for character in text):
        raise ValueError("not a GSM-7 text")
    return sum(2 if character in _EXTENDED else 1 for character in text)


def segments(text: str) -> int:
    """How many SMS a GSM-7 text is sent (and paid) as. Raises ValueError if it is not one."""
    length = septets(text)
    return 1 if length <= SINGLE else math.ceil(length / PART)


def _letter(character: str) -> str:
    if character in _BASIC or character in _EXTENDED:
        return character
    if character in _INSTEAD:
        return _INSTEAD[character]
    if unicodedata.category(character) in {"Zs", "Zl", "Zp"}:
        return " "
    parts = (_INSTEAD.get(part, part) for part in unicodedata.normalize("NFKD", character))
    return "".join(part for part in parts if part in _BASIC or part in _EXTENDED)
