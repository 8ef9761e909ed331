"""A canteen's name in an SMS: as long as one message allows, because what to do, and where, must be whole."""

from collections.abc import Callable, Iterator

from shared.gsm7 import segments

LONGEST_WORD = 12  # characters that stay of a name that is one long word
_LEADING = frozenset(["de", "du", "des", "d'", "la", "le", "les", "l'", "au", "aux", "à", "et", "the", "of", "and"])


def in_one_sms(name: str, write: Callable[[str], str]) -> str:
    """The SMS (in GSM-7) with as much of the name as lets it be one; two if even the shortest name is too much."""
    text = ""
    for shorter in shortened(name):
        text = write(shorter)
        if segments(text) == 1:
            break
    return text


def shortened(name: str) -> Iterator[str]:
    """The name, then ever shorter: of a long one the last words stay, for the first are those of the whole network.

    Les Tablées de la Guillotière is Tablées de la Guillotière, then Guillotière.
    """
    yield name
    words = name.split()
    while len(words) > 1:
        words.pop(0)
        while len(words) > 1 and words[0].lower() in _LEADING:
            words.pop(0)
        yield " ".join(words)
    if words and len(words[0]) > LONGEST_WORD:
        yield words[0][:LONGEST_WORD]
