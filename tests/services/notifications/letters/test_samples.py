"""Every kind of letter, in each language and by each channel: written from its samples, and held to the limits."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.notifications.domain.letter import AFTER_THE_MEAL, BACK_TO_TEXTS, ONLY_BY_EMAIL, Channel, LetterKind
from services.notifications.domain.sending import Outgoing
from services.notifications.letters.names import shortened
from services.notifications.letters.samples import BY_KIND, CANTINE, Scene, samples
from services.notifications.letters.to_guests import BY_KIND as BY_BOOKING
from services.notifications.letters.write import Writer
from shared.gsm7 import segments
from shared.languages import Languages

LANGUAGES = Languages([Path(__file__).parents[4] / "services/notifications/translations"])
SITE = "https://cantines.tablee.example.org"
WRITER = Writer(LANGUAGES, public_url=SITE, network="Les Tablées")
LONG = replace(CANTINE, name="Les Tablées participatives de la Guillotière-Confluence et du Vieux-Lyon")
ONE_WORD = replace(CANTINE, name="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")


ANSWERABLE = Writer(LANGUAGES, public_url=SITE, network="Les Tablées", answers_to="33639980000", answers_heard=True)


def written(
    kind: LetterKind, language: str, channel: Channel, writer: Writer = WRITER, **changes: object
) -> list[Outgoing]:
    scene = Scene(language=language, channel=channel, site=SITE, **changes)  # type: ignore[arg-type]
    return [writer.compose(one) for one in samples(kind, scene)]


def test_every_kind_has_samples() -> None:
    assert set(BY_KIND) == set(LetterKind), "What would a letter of this kind look like? Say it in letters/samples.py."


@pytest.mark.parametrize("language", LANGUAGES.codes)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_can_be_written(kind: LetterKind, channel: Channel, language: str) -> None:
    letters = written(kind, language, channel)
    assert bool(letters) is (kind not in (ONLY_BY_EMAIL if channel is Channel.SMS else BACK_TO_TEXTS))
    for one in letters:
        assert one.channel is channel
        assert one.to
        said = one.subject + one.text + one.html
        assert not re.search(r"%\(|\bNone\b(?! of it)|\{\{", said), said
        if channel is Channel.EMAIL:
            assert one.subject and one.subject.replace("\N{NO-BREAK SPACE}", " ").isprintable()
            assert "<script" not in one.html
            assert not re.search(r"(src|href)=\"(?!https?://)", one.html), "everything is inlined, or leads to the site"


@pytest.mark.parametrize("writer", [WRITER, ANSWERABLE], ids=["from a name", "to be answered"])
@pytest.mark.parametrize("cantine", [CANTINE, LONG, ONE_WORD], ids=["usual", "long", "one word"])
@pytest.mark.parametrize("language", LANGUAGES.codes)
@pytest.mark.parametrize("kind", sorted(set(LetterKind) - ONLY_BY_EMAIL - {LetterKind.HOST_MESSAGE}))
def test_every_sms_but_a_hosts_is_one_sms_whatever_the_canteen_is_called(
    kind: LetterKind, language: str, cantine: object, writer: Writer
) -> None:
    for one in written(kind, language, Channel.SMS, writer, cantine=cantine):
        assert segments(one.text) == 1, one.text
        assert (SITE in one.text) is (kind not in BACK_TO_TEXTS - {LetterKind.TEXT_NO_PLACE})


@pytest.mark.parametrize("writer", [WRITER, ANSWERABLE], ids=["from a name", "to be answered"])
@pytest.mark.parametrize("language", LANGUAGES.codes)
@pytest.mark.parametrize("kind", sorted(set(BY_BOOKING) - {LetterKind.HOST_MESSAGE}))
def test_an_sms_to_a_proxy_says_for_whom_and_is_one_sms(kind: LetterKind, language: str, writer: Writer) -> None:
    scene = Scene(language=language, channel=Channel.SMS, site=SITE, cantine=ONE_WORD)
    for one in samples(kind, scene):
        assert one.booking
        booking = replace(one.booking, name="Jeanne-Antoinette Exemple", proxy="Camille", to_proxy=True, by_team=False)
        text = writer.compose(replace(one, booking=booking)).text
        assert segments(text) == 1, text
        assert re.match(r"(Llanfairpwll, (for|pour) )?Jeanne-Antoi ?:", text)
        of_reader = r"(?<!thank )\byou|\bvous\b(?! écri)|\bvotre\b|a bientot|tout à l'heure|want it"
        assert kind in AFTER_THE_MEAL or not re.search(of_reader, text.lower()), text


@pytest.mark.parametrize("kind", [LetterKind.OFFER, LetterKind.REMINDER, LetterKind.COOK_CALL])
def test_only_what_can_be_answered_asks_for_an_answer(kind: LetterKind) -> None:
    for language, asks in (("fr", "pondez OUI"), ("en", "Reply YES")):
        assert all(asks in one.text for one in written(kind, language, Channel.SMS, ANSWERABLE))
        assert not any(asks in one.text for one in written(kind, language, Channel.SMS))
        for other in (LetterKind.CONFIRMED, LetterKind.WAITLISTED, LetterKind.MOVED):
            assert "STOP" not in written(other, language, Channel.SMS, ANSWERABLE)[0].text, "no solicitation"
    assert all("STOP" in one.text for one in written(LetterKind.COOK_CALL, "fr", Channel.SMS, ANSWERABLE))


def test_a_name_that_fits_is_left_whole() -> None:
    for one in written(LetterKind.REMINDER, "fr", Channel.SMS):
        assert one.text.startswith("Les Tablées de Vaise")


def test_of_a_long_name_the_last_words_stay() -> None:
    names = list(shortened("Les Tablées de la Guillotière"))
    assert names == ["Les Tablées de la Guillotière", "Tablées de la Guillotière", "Guillotière"]
    assert list(shortened("Anticonstitutionnellement")) == ["Anticonstitutionnellement", "Anticonstitu"]
    assert list(shortened("")) == [""]
