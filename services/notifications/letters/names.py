"""Names in an SMS. A canteen's is as long as one message allows, because what to do, and where, must be whole."""

from collections.abc import Callable, Iterable, Iterator

from shared.gsm7 import segments

LONGEST_WORD = 12  # characters that stay of a name that is one long word
_LEADING = frozenset(["de", "du", "des", "d'", "la", "le", "les", "l'", "au", "aux", "à", "et", "the", "of", "and"])


def in_one_sms(names: Iterable[str], write: Callable[[str], str]) -> str:
    """The SMS (in GSM-7) with the first of these names that lets it be one; two if even the last is too much."""
    text = ""
    for shorter in names:
        text = write(shorter)
        if segments(text) == 1:
            break
    return text


def short_name(name: str) -> str:
    """Somebody's name in an SMS. Examples: “Jeanne Exemple” is “Jeanne E.”, “Bartholomée Exemple” is “Bartholomée”."""
    first, *others = name.split() or [""]
    with_initial = f"{first} {others[-1][0].upper()}." if others else first
    return with_initial if len(with_initial) <= LONGEST_WORD else first[:LONGEST_WORD]


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
