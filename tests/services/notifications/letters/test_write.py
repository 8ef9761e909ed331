"""What letters say, in both languages and on both channels."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.domain.sending import Outgoing
from services.notifications.letters import of_guests
from services.notifications.letters.to_guests import BY_KIND
from services.notifications.letters.write import Writer
from services.notifications.providers.smtp import compose
from shared.contracts.booking import BookingStatus, Origin
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.gsm7 import segments
from shared.languages import Languages
from tests.services.notifications.domain.facts import BOOKING, SITTING

TRANSLATIONS = Path(__file__).parents[4] / "services/notifications/translations"
WRITER = Writer(Languages([TRANSLATIONS]), public_url="https://tablee.example.org", network="Les Tablées")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
COOK = Party(cooks=1, eaters=2, children=1)
LONG_NAME = replace(SITTING.cantine, name="Les Tablées de la Guillotière")


def write(
    kind: LetterKind,
    booking: Booking = BOOKING,
    sitting: Sitting = SITTING,
    channel: Channel = Channel.EMAIL,
    *,
    first: bool = False,
    changed: bool = False,
) -> Outgoing:
    letter = Letter(
        key="k",
        kind=kind,
        booking=booking.id,
        sitting=sitting.id,
        channel=channel,
        state=LetterState.ATTEMPTING,
        due_at=NOW,
        latest_at=sitting.starts_at,
    )
    return WRITER.write(letter, booking, sitting, first=first, changed=changed)


def write_to_staff(kind: LetterKind, language: str) -> Outgoing:
    letter = Letter(
        key="k",
        kind=kind,
        channel=Channel.EMAIL,
        state=LetterState.ATTEMPTING,
        due_at=NOW,
        taken_at=NOW,
        latest_at=NOW + timedelta(minutes=30),
        facts={
            "name": "Dominique",
            "email": "dominique@example.org",
            "language": language,
            "link": "https://tablee.example.org/coordination/x",
        },
    )
    return WRITER.write(letter, None, None)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("party", [Party(eaters=1), Party(cooks=1), COOK])
@pytest.mark.parametrize("kind", sorted(BY_KIND.keys() - {LetterKind.HOST_MESSAGE}))  # its length is the host's
def test_every_sms_is_one_segment_and_asks_for_no_answer(kind: LetterKind, party: Party, language: str) -> None:
    sitting = replace(SITTING, cantine=LONG_NAME, date=SITTING.date.replace(month=9, day=30))
    until = SITTING.starts_at - timedelta(hours=16)
    booking = replace(BOOKING, party=party, language=language, offer_until=until)
    sms = write(kind, booking, sitting, Channel.SMS)
    assert segments(sms.text) == 1, sms.text
    assert sms.to == BOOKING.phone
    assert "https://tablee.example.org/messages/l/abcdefghijkl" in sms.text
    assert not re.search(r"stop|reply|répond|repond", sms.text, re.IGNORECASE)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", BY_KIND)
def test_every_e_mail_has_its_link_its_cantine_and_a_way_to_ask(kind: LetterKind, language: str) -> None:
    letter = write(kind, replace(BOOKING, language=language))
    assert letter.to == BOOKING.email
    assert letter.sender_name == SITTING.cantine.name
    assert letter.reply_to == SITTING.cantine.email
    assert BOOKING.link in letter.text
    assert f'href="{BOOKING.link}"' in letter.html
    assert "06 39 98 00 01" in letter.text.replace("\u00a0", " ")
    assert "%(" not in letter.text + letter.html + letter.subject
    assert not re.search(r"lonel|solitude|isolement", letter.text + letter.html, re.IGNORECASE)


def test_the_confirmation_in_french() -> None:
    letter = write(LetterKind.CONFIRMED, replace(BOOKING, party=COOK))
    assert letter.subject == "Votre repas du vendredi 27 novembre est réservé"
    for words in (
        "Bonjour Camille Exemple,",
        "Quand : vendredi 27 novembre à 12 h 30",
        "En cuisine : à partir de 9 h 30",
        "Pour : 4 personnes, dont 1 en cuisine",
        "Prix : libre ; un repas nous coûte 12,50 €",
    ):
        assert words in re.sub("[\u00a0\u202f]", " ", letter.text)


def test_after_a_change_it_says_how_many_come_now() -> None:
    said = {
        "fr": ("est maintenant réservé pour 4 personnes", "noté pour 4 personnes"),
        "en": ("is booked for 4 people now", "it is 4 people now"),
    }
    for language, (subject, words) in said.items():
        written = write(LetterKind.CONFIRMED, replace(BOOKING, party=COOK, language=language), changed=True)
        assert subject in written.subject
        assert words in re.sub("[\u00a0\u202f]", " ", written.text)


def test_a_proxy_reads_of_their_guest_that_there_is_a_place() -> None:
    kader = replace(BOOKING, name="Monsieur Kader", proxy="Inès", to_proxy=True)
    letter = write(LetterKind.CONFIRMED, kader)
    assert letter.subject == "Pour Monsieur Kader\N{NO-BREAK SPACE}: le repas du vendredi 27 novembre est réservé"
    assert (
        "une place à table est gardée pour Monsieur Kader" in letter.text and "votre place à table" not in letter.text
    )
    reminded = write(LetterKind.REMINDER, kader)
    assert reminded.subject.startswith("Pour Monsieur Kader") and "merci de les lui transmettre" in reminded.text


@pytest.mark.parametrize("why", Why)
def test_no_reason_is_given_to_a_proxy_as_if_it_were_theirs(why: Why) -> None:
    kader = replace(BOOKING, name="Monsieur Kader", proxy="Inès", to_proxy=True, language="en", why=why)
    for kind in (LetterKind.FULL, LetterKind.CHANGE_REFUSED, LetterKind.WAITLISTED):
        said = write(kind, kader).text.partition("When:")[0].lower()
        assert not re.search(r"you would be|of you|your (?:contact|group|association|booking|place)|you keep", said), (
            said
        )


@pytest.mark.parametrize("kind", of_guests.BY_KIND)
def test_what_was_asked_for_a_guest_is_told_to_the_proxy_of_them(kind: LetterKind) -> None:
    kader = replace(BOOKING, name="Monsieur Kader", proxy="Inès", to_proxy=True, party=COOK, language="en")
    kader = replace(kader, offer_until=SITTING.starts_at - timedelta(hours=16))
    letter = write(kind, kader, changed=kind is LetterKind.CONFIRMED)
    assert letter.subject.startswith("For Monsieur Kader:") and "pass them on" not in letter.text
    said = letter.subject + letter.text.partition("When:")[0]
    assert "Monsieur Kader" in said.partition("Hello Inès,")[2]
    of_reader = r"you (?:are on|have cancelled|asked for)|[Yy]our (?:place|booking|change)|welcome you|of you|my "
    assert not re.search(of_reader, said), said
    assert "of you cook" not in letter.text
    own = write(kind, replace(kader, proxy=None, to_proxy=False))
    assert not own.subject.startswith("For") and "Monsieur Kader" not in own.text.replace("Hello Monsieur Kader", "")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("channel", Channel)
def test_who_was_booked_for_is_not_told_that_they_cancelled(channel: Channel, language: str) -> None:
    booking = replace(BOOKING, status=BookingStatus.CANCELLED, proxy="Ursula Voisine", language=language)
    said = write(LetterKind.CANCELLED_BY_GUEST, booking, channel=channel).text
    assert not re.search(r"[Yy]ou have cancelled|[Vv]ous avez annulé|[Tt]hank you for|[Mm]erci de", said), said
    assert ("Ursula Voisine" if channel is Channel.EMAIL else "Ursula V.") in said


@pytest.mark.parametrize("status", [BookingStatus.CANCELLED, BookingStatus.REFUSED])
def test_nobody_is_told_to_cancel_what_is_no_more(status: BookingStatus) -> None:
    kind = LetterKind.CANCELLED_BY_GUEST if status is BookingStatus.CANCELLED else LetterKind.FULL
    booking = replace(BOOKING, status=status, proxy="Ursula Voisine", language="en")
    said = write(kind, booking, first=True).text
    assert "90 days after the meal" in said and "Cancel it on that page" not in said


def test_only_the_choices_that_there_are_are_offered() -> None:
    both = replace(BOOKING, email="camille@example.org", phone="+33639980042")
    assert "par e-mail ou par SMS" in write(LetterKind.CONFIRMED, both).text
    assert "SMS" not in write(LetterKind.CONFIRMED, replace(both, phone=None)).text


@pytest.mark.parametrize(
    ("origin", "yes", "no"),
    [(Origin.GUEST, "Oui, nous venons", "Non, j’annule"), (Origin.STANDING, "Oui, nous venons", "Passer mon tour")],
)
def test_a_reminder_is_answered_by_one_of_two_links(origin: Origin, yes: str, no: str) -> None:
    letter = write(LetterKind.REMINDER, replace(BOOKING, origin=origin))
    for words, address in ((yes, f"{BOOKING.link}&coming=1"), (no, f"{BOOKING.link}&cancel=1")):
        assert words in letter.html or escape(words) in letter.html
        assert f'href="{escape(address)}"' in letter.html
        assert letter.text.split().count(address) == 1


def test_a_language_that_we_do_not_speak_is_written_in_french() -> None:
    assert write(LetterKind.CONFIRMED, replace(BOOKING, language="br")).subject.startswith("Votre repas")


def test_a_reminder_tells_a_cook_and_only_a_cook_to_stay_at_home_when_ill() -> None:
    english = replace(BOOKING, language="en")
    assert "cancel without guilt" in write(LetterKind.REMINDER, replace(english, party=COOK)).text
    assert "guilt" not in write(LetterKind.REMINDER, english).text


@pytest.mark.parametrize("kind", [LetterKind.FULL, LetterKind.CHANGE_REFUSED])
@pytest.mark.parametrize("why", [None, *Why])
def test_a_refusal_always_says_why(kind: LetterKind, why: Why | None) -> None:
    texts = {write(kind, replace(BOOKING, why=reason)).text for reason in (why, Why.PAST_CUTOFF)}
    assert len(texts) == (1 if why is Why.PAST_CUTOFF else 2)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_link_to_sign_in(language: str) -> None:
    sign_in = write_to_staff(LetterKind.SIGN_IN, language)
    assert "30 minutes" in sign_in.text and 'href="https://tablee.example.org/coordination/x"' in sign_in.html


def test_names_are_text_not_html() -> None:
    letter = write(LetterKind.CONFIRMED, replace(BOOKING, name='<img src=x onerror="alert(1)">&'))
    assert "<img" not in letter.html
    assert "&lt;img" in letter.html
    assert '<img src=x onerror="alert(1)">&' in letter.text


nasty = st.text(alphabet="ab<>&\"'\r\n\u2028\x00%({}é", min_size=1, max_size=30)


@given(name=nasty, menu=nasty, cantine=nasty)
def test_nothing_that_people_type_breaks_a_letter_or_adds_a_header(name: str, menu: str, cantine: str) -> None:
    sitting = replace(SITTING, menu=menu, cantine=replace(SITTING.cantine, name=cantine))
    letter = write(LetterKind.CONFIRMED, replace(BOOKING, name=name), sitting)
    wire = message_from_bytes(compose(letter, "bonjour@example.org", letter.to), policy=policy.default)
    assert set(wire.keys()) == {
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Date",
        "Auto-Submitted",
        "Reply-To",
        "MIME-Version",
        "Content-Type",
    }
    tags = re.findall(r"<(\w+)", letter.html)
    assert tags == re.findall(r"<(\w+)", write(LetterKind.CONFIRMED).html)
    sms = write(LetterKind.CONFIRMED, replace(BOOKING, name=name), sitting, Channel.SMS)
    assert "\n" not in sms.text and "\r" not in sms.text


def test_a_letter_without_what_it_tells_of_cannot_be_written() -> None:
    letter = Letter(
        key="k", kind=LetterKind.MOVED, channel=Channel.SMS, state=LetterState.DUE, due_at=NOW, latest_at=NOW
    )
    with pytest.raises(ValueError, match="without what it tells of"):
        WRITER.write(letter, None, SITTING)


def test_only_an_e_mail_carries_the_link_that_proves_its_address() -> None:
    booking = replace(BOOKING, email_link=f"{BOOKING.link}&by=mailbox")
    for kind in BY_KIND:
        assert "by=mailbox" in write(kind, booking).text, kind
        assert "by=mailbox" not in write(kind, booking, channel=Channel.SMS).text, kind
