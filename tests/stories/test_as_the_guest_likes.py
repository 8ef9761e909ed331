"""When the cantine reminds, by which way the guest likes, and what that leaves in the guest's calendar."""

from datetime import UTC, datetime, time
from typing import Any

import sqlalchemy as sa
from icalendar import Calendar

from services.booking.domain.contact import Contact
from services.booking.domain.preferences import Preferences
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import book
from services.booking.use_cases.prefer import prefer
from services.capacity.domain.history import Author
from services.capacity.domain.hours import HourBefore
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.choose_reminders import choose_reminders
from services.notifications.bootstrap import make_providers, make_send_due
from services.notifications.settings import Settings
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from tests.stories.agree import differences
from tests.stories.house import House
from tests.stories.residents import CANTINE, lunch, outcome_of, rows, voice

REACHABLE = {"email": "jeanne@example.org", "phone": "+33639980042"}


def post(house: House) -> list[tuple[str, str, str | None]]:
    """The sender sends what is due. Channel, text and calendar of all that the mailbox holds, oldest first."""
    part = house["notifications"]
    assert isinstance(part.settings, Settings)
    sender = make_send_due(part.settings, part.service, make_providers(part.settings, part.service))
    while sender.step():
        pass
    box = part.metadata.tables["mailbox"]
    return [
        (row.channel, row.text, row.calendar) for row in rows(house, "notifications", sa.select(box).order_by(box.c.id))
    ]


def jeanne_books(house: House, sitting: str, *, booked_by: str | None = None, **reached: str) -> str:
    contact = Contact(name="Jeanne Exemple", language="fr", email=reached.get("email"), phone=reached.get("phone"))
    wish = Wish(party=Party(eaters=2), contact=contact, booked_by=booked_by)
    return book(house["booking"].service, voice(house), sitting, wish).id


def like(house: House, booking: str, preferences: Preferences) -> None:
    """By the link in a letter its guest says how they want to be written to."""
    prefer(house["booking"].service, voice(house), booking, preferences, ("fr", ["fr", "en"]), by_letter=True)


def test_confirmed_by_e_mail_reminded_by_sms_when_the_cantine_likes_and_taken_out_of_the_calendar(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = jeanne_books(house, sitting, **REACHABLE)
    house.settle()
    ((channel, _text, invited),) = post(house)
    assert channel == "email" and invited and "METHOD:REQUEST" in invited

    with house["capacity"].service.work() as work:
        choose_reminders(work, CANTINE.slug, HourBefore(days=2, at=time(10, 30)))
    prefer(
        house["booking"].service, voice(house), jeanne, Preferences(by_sms=True), ("fr", ["fr", "en"]), by_letter=True
    )
    house.settle()
    assert len(post(house)) == 1, "a preference is no news"
    house.clock.at = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    house.do_what_is_due()
    channel, text, attached = post(house)[1]
    assert channel == "sms" and "ven. 27 nov." in text and attached is None

    prefer(
        house["booking"].service, voice(house), jeanne, Preferences(quiet=True), ("fr", ["fr", "en"]), by_letter=True
    )
    house.settle()
    with house["capacity"].service.work() as work:
        cancel_sitting(work, sitting, "", Author(name="Camille"))
    house.settle()
    channel, _text, taken_back = post(house)[2]
    assert channel == "email" and invited and taken_back
    events: list[Any] = [Calendar.from_ical(one.encode()).events[0] for one in (invited, taken_back)]
    before, after = events
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"


def test_whom_the_team_booked_for_reads_who_did_in_the_first_sms(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne_books(house, sitting, booked_by="samira", phone="+33639980042")
    house.settle()
    ((channel, text, _calendar),) = post(house)
    assert channel == "sms" and "pour vous par téléphone" in text


def test_while_the_kitchen_is_away_a_guest_hears_that_the_wish_has_come(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = jeanne_books(house, sitting, email="jeanne@example.org")
    house.clock.pass_time(minutes=5)
    house["booking"].timers["ask patience"]()
    house.publish()
    for envelope in house.office.waiting:
        if envelope.receiver == "notifications":
            house.office.deliver(envelope)
    ((_channel, patience, _calendar),) = post(house)
    assert "La réponse prend plus de temps" in patience
    house.settle()  # the kitchen is back
    assert outcome_of(house, jeanne).status is BookingStatus.CONFIRMED
    assert len(post(house)) == 2 and "on vous garde votre place à table" in post(house)[1][1]
    assert differences(house) == []
