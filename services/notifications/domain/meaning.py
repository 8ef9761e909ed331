"""What a text message means, if it can only mean one thing. A sentence is never guessed at: a person reads it.

All of the text must be said in words of one meaning, but for politeness, the guest's own name and a signature. So
“Oui merci”, “ouiii !” and “OUI / Camille Exemple” are a yes, and “non mais je viens quand même” is nothing.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.text import plain

LONGEST = 1600  # characters that are looked at


class Word(StrEnum):
    """The words that are understood. `thanks` needs no answer."""

    YES = "yes"
    NO = "no"
    CANCEL = "cancel"
    STOP = "stop"
    START = "start"
    THANKS = "thanks"


@dataclass(frozen=True)
class Meaning:
    """A word, or a number that chooses among what was asked, or both; neither, if it is for a person to read."""

    word: Word | None = None
    number: int | None = None


UNCLEAR = Meaning()

_EMOJI = {"👍": " oui ", "👌": " oui ", "✅": " oui ", "👎": " non "} | dict.fromkeys("❌🚫⛔", " x ")  # who knows?
_POLITE = frozenset(
    {
        *("bonjour", "bonsoir", "salut", "coucou", "bjr", "bsr", "hello", "hi", "hey", "dear", "cher", "chers"),
        *("svp", "stp", "please", "pls", "merci", "mercii", "beaucoup", "bcp", "thanks", "thank", "you", "thx", "ty"),
        *("cordialement", "cdt", "bisous", "bises", "bise", "regards", "kind", "best", "a", "bientot", "bonne"),
        *(
            "journee",
            "soiree",
            "desole",
            "desolee",
            "sorry",
            "m",
            "mr",
            "mme",
            "mlle",
            "monsieur",
            "madame",
            "mrs",
            "ms",
        ),
    }
)
_THANKS = frozenset({"merci", "mercii", "thanks", "thank", "thx", "ty", "recu", "received"})
_RECEIVED = frozenset({"bien", "recu", "received", "note", "message"})
_WORDS = {
    Word.YES: re.compile(
        r"o+u+i+s?(?:demain)?|ye+sseetomorrow|ouais?|y|ye+s+|yep|yup|yeah|o+k+|okay|daccord|volontiers|avecplaisir|jeviens|onvient|nousvenons"
        r"|jeseraila|jyserai|presente?|coming|i?amcoming|imcoming|wearecoming|illcome|iwillcome|icome"
    ),
    Word.NO: re.compile(
        r"n|non+|no{3,}n+|no+|nope|nan|paspossible|jenepeuxpas(?:venir)?|jepeuxpas(?:venir)?|jene?vienspas|jevienspas"
        r"|jeneviensplus|onnevientpas|nousnevenonspas|notcoming|i?amnotcoming|imnotcoming|i?cantcome|i?cannotcome"
    ),
    Word.CANCEL: re.compile(
        r"(?:j|je)?an+ul+(?:er?|ee|ez|es|r|ation|ations)?(?:(?:ma|la|notre|mon)(?:reservation|place|repas))?"
        r"|je(?:dois|veux|souhaite|voudrais)an+ul+er?(?:(?:ma|la)(?:reservation|place))?"
        r"|can+cel+(?:ed|ation)?(?:(?:my|the|our)(?:booking|reservation|place))?|cancle|icancel"
    ),
    Word.STOP: re.compile(
        r"sto+p+|stopall|stop(?:les)?sms|arret(?:e|er|ez)?(?:lessms)?|desabonne(?:r|ment)?|desinscri(?:re|ption)"
        r"|unsubscribe|plusde?sms|nomore(?:sms|texts)"
    ),
    Word.START: re.compile(r"start|restart|unstop|reprendre|reprise|reprenez"),
}
_NUMBERS = {"un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4}
_FILLERS = frozenset({"le", "la", "les", "the", "numero", "num", "option", "choix", "choice", "number"})
_NEGATIONS = frozenset({"ne", "n", "pas", "plus", "jamais", "not", "dont", "cant"})
_NOT_BY_HAND = (("envoye", "de"), ("envoye", "depuis"), ("sent", "from"), ("get", "outlook"))


def meaning_of(text: str, names: Collection[str] = ()) -> Meaning:
    """The meaning of a text; `names` are those of the guests who have its sender's number. Whoever asks something back
    is answered by a person.
    """
    if "?" in text:
        return UNCLEAR
    own = {token for name in names for token in _tokens(name)} - _NEGATIONS  # of who is called Pas, “j’annule pas”
    lines = [line for line in map(_tokens, text[:LONGEST].splitlines()) if line and tuple(line[:2]) not in _NOT_BY_HAND]
    return _read([token for line in lines for token in line], own)


def _read(tokens: Sequence[str], names: Collection[str]) -> Meaning:
    if tokens and _THANKS & set(tokens) and set(tokens) <= _POLITE | _RECEIVED | set(names):
        return Meaning(Word.THANKS)
    said = [token for token in tokens if token not in _POLITE and (token not in names or _word(token))]
    if word := _one_word(said):
        return Meaning(word)
    numbers = [one for one in map(_number, said) if one]
    if len(numbers) != 1:
        return UNCLEAR
    rest = [token for token in said if token not in _FILLERS and not _number(token)]
    word = _one_word(rest)
    if (rest and word is None) or "no" in rest:  # “no 2” may be a number
        return UNCLEAR
    return Meaning(word, numbers[0])


def _one_word(tokens: Sequence[str]) -> Word | None:
    """The one word that all of this says, however often, or as a phrase."""
    words = {_word(token) for token in tokens}
    return words.pop() if len(words) == 1 and None not in words else _word("".join(tokens))


def _word(text: str) -> Word | None:
    return next((word for word, pattern in _WORDS.items() if pattern.fullmatch(text)), None)


def _number(said: str) -> int | None:
    return int(said) if re.fullmatch("[1-9]", said) else _NUMBERS.get(said)


def _tokens(text: str) -> list[str]:
    """A text as small words without accents, signs and smileys: “D’accord !” is d, accord."""
    for emoji, word in _EMOJI.items():
        text = text.replace(emoji, word)
    text = text.replace("n°", " numero ").replace("N°", " numero ")
    return "".join(c if c.isalnum() else " " for c in plain(text)).split()
