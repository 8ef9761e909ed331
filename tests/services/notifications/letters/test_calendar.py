"""The file for a guest's calendar, read by two parsers that are not ours, out of an e-mail read by a third."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.domain.sending import Outgoing
from services.notifications.letters.content import one_line
from services.notifications.providers.smtp import compose
from tests.services.notifications.domain.facts import BOOKING, SITTING
from tests.services.notifications.letters.test_write import COOK, NOW, WRITER

NEWS = int(NOW.timestamp()) * 1_000_000


def write(
    kind: LetterKind = LetterKind.CONFIRMED,
    booking: Booking = BOOKING,
    sitting: Sitting = SITTING,
    channel: Channel = Channel.EMAIL,
    *,
    invited: bool = True,
) -> Outgoing:
    letter = Letter(
        key="k",
        kind=kind,
        booking=booking.id,
        channel=channel,
        state=LetterState.ATTEMPTING,
        due_at=NOW,
        latest_at=sitting.starts_at,
    )
    return WRITER.write(letter, booking, sitting, invited=invited)


def wire(outgoing: Outgoing) -> EmailMessage:
    """The e-mail as its reader's program takes it apart."""
    message = message_from_bytes(compose(outgoing, "bonjour@example.org", outgoing.to), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not any(part.defects for part in message.walk())
    return message


def ics(outgoing: Outgoing) -> bytes:
    """The calendar's text out of the e-mail, where it stands twice alike."""
    message = wire(outgoing)
    (inline,) = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    (file,) = message.iter_attachments()
    assert outgoing.calendar and inline.get_param("method") == outgoing.calendar.method
    assert file.get_content_type() == "application/ics" and file.get_filename() == "tablee.ics"
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.decode().splitlines() == inline.get_content().splitlines()
    return content


def calendar(outgoing: Outgoing) -> Any:
    """The whole calendar."""
    return Calendar.from_ical(ics(outgoing))


def event(outgoing: Outgoing) -> Any:
    """Its one event."""
    (found,) = calendar(outgoing).events
    assert not found.errors
    return found


def test_a_confirmation_is_text_html_and_event_and_has_the_file() -> None:
    message = wire(write())
    assert message.get_content_type() == "multipart/mixed"
    alternatives, file = message.iter_parts()
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert file.get_content_disposition() == "attachment"
    body = message.get_body(("plain",))
    assert body and "Bonjour Camille" in body.get_content()


@pytest.mark.parametrize("kind", [LetterKind.REMINDER, LetterKind.WAITLISTED])
def test_a_letter_that_changes_nothing_in_a_calendar_is_as_it_was(kind: LetterKind) -> None:
    assert wire(write(kind, invited=False)).get_content_type() == "multipart/alternative"


def test_an_sms_brings_no_file() -> None:
    assert write(channel=Channel.SMS).calendar is None


def test_icalendar_reads_the_meal() -> None:
    outgoing = write(booking=replace(BOOKING, news=NEWS))
    meal = event(outgoing)
    assert calendar(outgoing)["METHOD"] == "REQUEST"
    assert meal["UID"] == "booking-camille@tablee"
    assert meal.start == SITTING.starts_at and meal.end == SITTING.starts_at + timedelta(hours=2)
    assert meal["SUMMARY"] == "Repas : La Tablée de Saône"
    assert meal["LOCATION"] == "La Tablée de Saône, 12 rue des Invités, 69009 Lyon"
    assert meal["ORGANIZER"] == "mailto:saone@example.org" and meal["ORGANIZER"].params["CN"] == "La Tablée de Saône"
    assert meal["ATTENDEE"] == "mailto:camille@example.org" and meal["ATTENDEE"].params["RSVP"] == "FALSE"
    assert meal["DTSTAMP"].dt == NOW and meal["SEQUENCE"] > 0
    assert BOOKING.link in meal["DESCRIPTION"] and "2 personnes" in meal["DESCRIPTION"]
    assert SITTING.menu not in meal["DESCRIPTION"]  # rescued food decides it that morning


def test_vobject_reads_the_meal() -> None:
    read: Any = vobject.readOne(ics(write(booking=replace(BOOKING, party=COOK))).decode())
    meal = read.vevent
    assert read.method.value == "REQUEST"
    assert meal.dtstart.value == datetime(2026, 11, 27, 8, 30, tzinfo=UTC)
    assert meal.summary.value == "Cuisine et repas : La Tablée de Saône"
    assert meal.attendee.params["CN"] == ["Camille Exemple"]
    assert meal.organizer.value == "mailto:saone@example.org"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", [LetterKind.CANCELLED_BY_GUEST, LetterKind.CANCELLED_BY_CANTINE])
def test_a_cancelled_meal_leaves_the_calendar(kind: LetterKind, language: str) -> None:
    outgoing = write(kind, replace(BOOKING, language=language))
    assert calendar(outgoing)["METHOD"] == "CANCEL"
    assert event(outgoing)["STATUS"] == "CANCELLED"
    assert event(outgoing)["UID"] == event(write())["UID"]
    assert event(outgoing)["SEQUENCE"] > event(write())["SEQUENCE"]
    assert event(outgoing)["SUMMARY"].startswith("Annulé : " if language == "fr" else "Cancelled: ")


nasty = st.text(alphabet="ab<>&\"'\r\n\u2028\x00\x85\\%({}é;:,^=😀", max_size=90)


@settings(deadline=None)
@given(name=nasty, cantine=nasty, address=nasty)
def test_nothing_that_people_type_adds_a_line_to_a_calendar(name: str, cantine: str, address: str) -> None:
    sitting = replace(SITTING, cantine=replace(SITTING.cantine, name=cantine, address=address))
    outgoing = write(booking=replace(BOOKING, name=name), sitting=sitting)
    content, meal = ics(outgoing), event(outgoing)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert set(meal.keys()) == set(event(write()).keys())
    assert meal["LOCATION"] == "\n".join(one_line(line) for line in f"{cantine}, {address}".split("\n"))
    read: Any = vobject.readOne(content.decode())
    assert read.vevent.uid.value == "booking-camille@tablee"
