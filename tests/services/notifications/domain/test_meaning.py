"""What a text means: clear words in all their spellings, and never more than was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.meaning import Meaning, Word, meaning_of

NAMES = ["Camille Exemple"]
SAID = {
    Word.YES: (
        *("OUI", "oui!", "ouii", "Ouiii !!", "Oui merci", "Oui, à bientôt", "Oui, à demain !", "D’accord", "👍🏽"),
        *("ok", "yes", "Yess", "Y", "Yes, see you tomorrow", "je viens", "Je serai là", "avec plaisir", "oui oui"),
        *("OUI\n\nCamille Exemple", "oui\nEnvoyé de mon iPhone"),
    ),
    Word.NO: (
        *("non", "NON !!", "nonnn", "no", "Nope", "👎", "non merci", "désolée non", "non, Camille", "je viens pas"),
        *("Je ne viens pas", "je ne peux pas venir", "can't come"),
    ),
    Word.CANCEL: (
        *(
            "ANNULER",
            "anuler",
            "annuller",
            "Annulé",
            "annulez svp",
            "j'annule",
            "Je dois annuler",
            "cancel",
            "CANCELED",
        ),
        *("annuler ma réservation", "Cancel my booking please", "cancle"),
    ),
    Word.STOP: ("STOP", "stop", "Stopp", "STOP SMS", "arrêt", "Unsubscribe"),
    Word.START: ("START", "reprendre"),
    Word.THANKS: ("merci", "Merci beaucoup !", "bien reçu merci", "Thank you", "merci Camille"),
}
UNCLEAR = [
    *("", " ", "?", "Bonjour", "désolé", "да", "cancer", "noon", "oui ?", "annulé ?", "OUI ❌", "oui non"),
    *("non stop", "non mais je viens quand même", "Oui mais pas Paul", "n'annulez pas", "Merci de ne pas annuler"),
    *("non demain", "NON\nplutôt vendredi", "Non on sera 3", "ok pour annuler", "no problem", "no 2", "12", "1 ou 2"),
    "stop je ne viens pas",
    *("Je suis en réunion, je vous rappelle", "Oui, Dominique"),
]


@pytest.mark.parametrize(("word", "text"), [(word, text) for word, texts in SAID.items() for text in texts])
def test_a_word_is_understood_however_it_is_written(word: Word, text: str) -> None:
    assert meaning_of(text, NAMES) == Meaning(word)


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    assert meaning_of(text, NAMES) == Meaning()


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        *((text, Meaning(number=2)) for text in ("2", "2️⃣", "le 2", "n°2", "2 svp", "deux", "②")),
        ("annuler 2", Meaning(Word.CANCEL, 2)),
        ("oui, 1", Meaning(Word.YES, 1)),
    ],
)
def test_a_number_chooses(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) == meaning


@given(st.text(max_size=3000), st.lists(st.text(max_size=40), max_size=3))
def test_whatever_is_sent_is_read(text: str, names: list[str]) -> None:
    meaning = meaning_of(text, names)
    assert meaning.number is None or 1 <= meaning.number <= 9


PLAIN = st.sampled_from(
    ["mais", "demain", "vendredi", "pas", "avec", "trois", "enfants", "train", "plutôt", "Paul", "avant"]
)


@given(st.lists(PLAIN, min_size=1, max_size=8), st.sampled_from(["non", "NON", "annuler", "cancel", "no"]), st.data())
def test_a_sentence_with_a_no_in_it_cancels_nothing(others: list[str], word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(others)))
    text = " ".join([*others[:place], word, *others[place:]])
    assert meaning_of(text).word not in {Word.NO, Word.CANCEL, Word.STOP} or set(others) <= {"trois"}


@pytest.mark.parametrize(
    ("name", "text"), [("Marie Pas", "j'annule pas"), ("Not", "Not coming"), ("Pas de nom", "oui pas")]
)
def test_a_guests_name_takes_no_not_out_of_a_text(name: str, text: str) -> None:
    assert meaning_of(text, [name]).word not in (Word.YES, Word.CANCEL)
